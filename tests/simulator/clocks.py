"""True time, and what the clocks of each machine make of it."""

from dataclasses import dataclass

from hallq.clock import Reading
from tests.builders import MORNING_MS


@dataclass
class Time:
    """True time, which nobody in the hall can read."""

    now_ms: int = MORNING_MS

    def passes(self, span_ms: int) -> None:
        """For everybody."""
        self.now_ms += span_ms


@dataclass
class Machine:
    """The clocks of one machine: a wall clock that may be wrong, and one that counts from its start."""

    time: Time
    name: str
    off_ms: int = 0
    starts: int = 1
    started_ms: int = 0

    def __post_init__(self) -> None:
        """It was switched on a while ago."""
        self.started_ms = self.started_ms or self.time.now_ms - 60_000

    def read(self) -> Reading:
        """What the clocks say now."""
        now_ms = self.time.now_ms
        return Reading(now_ms + self.off_ms, f"{self.name}-{self.starts}", now_ms - self.started_ms)

    def jump(self, span_ms: int) -> None:
        """Somebody sets the wall clock."""
        self.off_ms += span_ms

    def restart(self) -> None:
        """The machine starts again."""
        self.starts += 1
        self.started_ms = self.time.now_ms
