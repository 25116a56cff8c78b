"""A computer's clock that is wrong, and wrong in another way later."""

import dataclasses

from hallq.clock import Reading, SystemClock


class WrongClock:
    """This machine's clocks with the wall clock `off_ms` ahead; it may be set anew at any time."""

    def __init__(self, off_ms: int = 0) -> None:
        """0: a clock that is right."""
        self.off_ms = off_ms
        self._true = SystemClock()

    def read(self) -> Reading:
        """What this computer says."""
        reading = self._true.read()
        return dataclasses.replace(reading, wall_ms=reading.wall_ms + self.off_ms)
