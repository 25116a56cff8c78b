"""The counter: a place of service and what it is doing."""

from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.lanes import LaneChoice


class CounterState(StrEnum):
    """What a counter is doing."""

    CLOSED = "closed"
    OPEN = "open"
    CALLING = "calling"
    SERVING = "serving"
    PAUSED = "paused"


_C = CounterState

TRANSITIONS: dict[CounterState, frozenset[CounterState]] = {
    _C.CLOSED: frozenset({_C.OPEN}),
    _C.OPEN: frozenset({_C.CLOSED, _C.CALLING, _C.PAUSED}),
    _C.CALLING: frozenset({_C.OPEN, _C.SERVING}),
    _C.SERVING: frozenset({_C.OPEN}),
    _C.PAUSED: frozenset({_C.OPEN, _C.CLOSED}),
}
"""Which state may follow which; the fold is tested against it."""


@dataclass(frozen=True)
class Counter:
    """One counter as it stands now. `since_ms`: when its present state began.

    `device`: the terminal that it was opened at; empty in a hall without a hub. `lanes`: what a manager
    chose for this day instead of the settings. `left_…`: the last visit that ended here, whose it was,
    and how it was rated.
    """

    number: int
    state: CounterState = CounterState.CLOSED
    since_ms: int = 0
    clerk: str | None = None
    ticket_id: str | None = None
    pause_reason: str | None = None
    served: int = 0
    device: str = ""
    lanes: LaneChoice | None = None
    left_ticket: str | None = None
    left_label: str | None = None
    left_clerk: str | None = None
    left_ms: int | None = None
    left_score: int | None = None

    @property
    def is_staffed(self) -> bool:
        """Whether a clerk is signed in, also during a pause."""
        return self.state is not CounterState.CLOSED
