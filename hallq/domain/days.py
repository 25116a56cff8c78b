"""The business day: an object that people open and close, never a date that turns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BusinessDay:
    """One day of the hall.

    `clock_offset_ms` turns the hall's clock into the time on the wall: shown time =
    hall time + offset. The hall's clock only ever runs forward; the offset may change.
    """

    date: str
    opened_ms: int
    opened_position: int
    clock_offset_ms: int = 0
    closed_ms: int | None = None
    times_opened: int = 1

    @property
    def is_open(self) -> bool:
        """Whether tickets may be issued and called."""
        return self.closed_ms is None
