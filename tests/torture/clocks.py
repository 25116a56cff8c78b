"""A computer's clock that is wrong, and wrong in another way later."""

import dataclasses

from hallq.clock import Reading, SystemClock


class WrongClock:
    """This machine's clocks with the wall clock `off_ms` ahead; it may be set anew at any time.

    Each terminal is taken to be a computer of its own: its starts have names of their own.
    """

    def __init__(self, machine: str, off_ms: int = 0) -> None:
        """`machine`: tells its starts from those of others."""
        self.off_ms = off_ms
        self._machine = machine
        self._true = SystemClock()

    def read(self) -> Reading:
        """What this computer says."""
        reading = self._true.read()
        boot_id = f"{self._machine}-{reading.boot_id}"[:64]
        return dataclasses.replace(reading, wall_ms=reading.wall_ms + self.off_ms, boot_id=boot_id)
