"""Clocks for halls without people: one that jumps, one that runs faster, one that does both.

A simulated clock is one start of one computer: its name is drawn once, so that every
time measured within a run is trusted, and none across two runs.
"""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Protocol

from hallq.clock import Reading

LONGEST_NAP_SECONDS = 0.5
"""A waiting clock looks up at least this often."""


class PacedClock(Protocol):
    """A clock that a simulation can wait on. All times are milliseconds as a wall clock shows them."""

    def read(self) -> Reading:
        """What the clocks say now."""

    def now_ms(self) -> int:
        """The simulated time."""

    def wait_until(self, at_ms: int, stop: threading.Event) -> bool:
        """Come back at `at_ms`; False when stopped before."""


class VirtualClock:
    """Time that stands still until told, and then jumps: a day in seconds."""

    def __init__(self, start_ms: int) -> None:
        """`start_ms`: the wall clock's time at the beginning."""
        self._now_ms = start_ms
        self._start_ms = start_ms
        self._boot_id = _fresh_boot_id()

    def read(self) -> Reading:
        """What the clocks say now."""
        return Reading(self._now_ms, self._boot_id, self._now_ms - self._start_ms)

    def now_ms(self) -> int:
        """The simulated time."""
        return self._now_ms

    def wait_until(self, at_ms: int, stop: threading.Event) -> bool:
        """Jump there, never back; False when stopped."""
        self._now_ms = max(self._now_ms, at_ms)
        return not stop.is_set()


class ScaledClock:
    """Time that runs `speed` times as fast as the computer's monotonic clock."""

    def __init__(
        self,
        start_ms: int,
        speed: float,
        *,
        boot_id: str | None = None,
        passed_ms: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`passed_ms`: how long the simulated computer has been running already."""
        self._start_ms = start_ms
        self._passed_ms = passed_ms
        self._speed = speed
        self._monotonic = monotonic
        self._began = monotonic()
        self._boot_id = boot_id or _fresh_boot_id()

    def _since_ms(self) -> int:
        return int((self._monotonic() - self._began) * 1000 * self._speed)

    def read(self) -> Reading:
        """What the clocks say now."""
        since_ms = self._since_ms()
        return Reading(self._start_ms + since_ms, self._boot_id, self._passed_ms + since_ms)

    def now_ms(self) -> int:
        """The simulated time."""
        return self._start_ms + self._since_ms()

    def wait_until(self, at_ms: int, stop: threading.Event) -> bool:
        """Really wait; False when stopped before."""
        while not stop.is_set():
            seconds = (at_ms - self.now_ms()) / 1000 / self._speed
            if seconds <= 0:
                return True
            stop.wait(min(seconds, LONGEST_NAP_SECONDS))
        return False


class DemoClock:
    """A clock that jumps through the hall's morning, and runs from `go_live` on."""

    def __init__(
        self, start_ms: int, speed: float, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`speed`: how fast it runs once it runs, measured by `monotonic` (seconds)."""
        self._speed = speed
        self._monotonic = monotonic
        self._clock: VirtualClock | ScaledClock = VirtualClock(start_ms)

    @property
    def speed(self) -> float:
        """Simulated seconds in one real second."""
        return self._speed

    def go_live(self) -> None:
        """From now on time runs by itself."""
        self.skip_to(self.now_ms())

    def skip_to(self, at_ms: int) -> None:
        """Jump over a time in which nothing happens, and run on from there."""
        reading = self._clock.read()
        at_ms = max(at_ms, reading.wall_ms)
        passed_ms = reading.boot_ms + at_ms - reading.wall_ms
        self._clock = ScaledClock(
            at_ms, self._speed, boot_id=reading.boot_id, passed_ms=passed_ms, monotonic=self._monotonic
        )

    def read(self) -> Reading:
        """What the clocks say now."""
        return self._clock.read()

    def now_ms(self) -> int:
        """The simulated time."""
        return self._clock.now_ms()

    def wait_until(self, at_ms: int, stop: threading.Event) -> bool:
        """Jump or wait, as the time of day is; False when stopped before."""
        return self._clock.wait_until(at_ms, stop)


def _fresh_boot_id() -> str:
    return f"simulated-{secrets.token_hex(8)}"
