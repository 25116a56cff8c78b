"""The public board: numbers, counters and waits, and nothing about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.forecast import lane_forecast
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState, RecentCall
from hallq.domain.tickets import TicketState
from hallq.domain.wall import on_wall
from hallq.domain.words import Words

CallKey = tuple[str, int]
"""A call: whose, and how often that one was called by then. A recall is another call."""

_AWAY_AGAIN = (TicketState.WAITING, TicketState.HELD, TicketState.MISSED)
"""Called once, but not to come now."""


class BoardPhase(StrEnum):
    """What the hall is to somebody who comes in."""

    NOT_OPEN = "not-open"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class BoardCall:
    """One call. `fresh`: made a few seconds ago."""

    key: CallKey
    label: str
    counter: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class BoardLane:
    """How many wait in a lane, and how long a new customer would, in minutes.

    `low` and `high` are None while no counter takes anybody.
    """

    lane: Lane
    waiting: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board as it is painted. `calls`: the newest first. `shown_ms`: the time on the wall.

    `by_appointment`: so many wait for their agreed time.
    """

    phase: BoardPhase
    hall: Words
    opens: time
    closes: time
    date: str
    shown_ms: int
    calls: tuple[BoardCall, ...] = ()
    lanes: tuple[BoardLane, ...] = ()
    by_appointment: int = 0


def board_view(
    state: HallState, config: HallConfig, now_ms: int, fresh: frozenset[CallKey] = frozenset()
) -> BoardView:
    """The board at `now_ms`; `fresh` are the calls to be shown as new."""
    shown_ms = (now_ms + state.clock_offset_ms) // MINUTE_MS * MINUTE_MS
    phase = _phase(state, config, shown_ms)
    is_open = phase is BoardPhase.OPEN
    return BoardView(
        phase=phase,
        hall=config.hall.name,
        opens=config.hall.opens,
        closes=config.hall.closes,
        date=state.business_date if is_open else "",
        shown_ms=shown_ms,
        calls=_calls(state, fresh) if is_open else (),
        by_appointment=sum(1 for t in state.waiting() if t.is_by_appointment) if is_open else 0,
        lanes=tuple(_lane(state, config, lane, now_ms) for lane in Lane) if is_open else (),
    )


def _phase(state: HallState, config: HallConfig, shown_ms: int) -> BoardPhase:
    if state.is_open:
        return BoardPhase.OPEN
    here = on_wall(shown_ms, config.zone_info)
    worked_today = state.business_date == here.date().isoformat()
    over = worked_today or here.time() >= config.hall.closes
    return BoardPhase.CLOSED if over else BoardPhase.NOT_OPEN


def _calls(state: HallState, fresh: frozenset[CallKey]) -> tuple[BoardCall, ...]:
    return tuple(
        BoardCall(call_key(call), call.label, call.counter, call_key(call) in fresh)
        for call in standing_calls(state)
    )


def call_key(call: RecentCall) -> CallKey:
    """What tells this call from a recall."""
    return (call.ticket_id, call.calls)


def standing_calls(state: HallState) -> list[RecentCall]:
    """The last calls, newest first, without those taken back, missed, sent on or ended unserved."""
    tickets = state.tickets
    return [
        call
        for call in state.recent_calls
        if not call.void
        and (call.ticket_id not in tickets or tickets[call.ticket_id].state not in _AWAY_AGAIN)
    ]


def _lane(state: HallState, config: HallConfig, lane: Lane, now_ms: int) -> BoardLane:
    waiting = len(state.in_line(lane))
    forecast = lane_forecast(state, config, lane, now_ms)
    low, high = forecast.range_minutes or (None, None)
    return BoardLane(lane, waiting, low, high)


@dataclass(frozen=True, slots=True)
class Newness:
    """Which calls are new to this board: when each was first seen, in the board's own seconds.

    The board's seconds and not the hall's: a hall that runs faster than life, or whose
    clock was set, still flashes as long as an eye needs.
    """

    first_seen: Mapping[CallKey, int]

    def after(self, state: HallState, second: int) -> "Newness":
        """The same with the calls of `state`, those unknown so far seen in `second`."""
        keys = [call_key(call) for call in standing_calls(state)]
        return Newness({key: self.first_seen.get(key, second) for key in keys})

    def fresh(self, second: int, flash_seconds: int) -> frozenset[CallKey]:
        """The calls first seen less than `flash_seconds` before."""
        return frozenset(key for key, seen in self.first_seen.items() if second - seen < flash_seconds)

    @classmethod
    def at_start(cls, state: HallState, now_ms: int, flash_seconds: int) -> "Newness":
        """A board just switched on: what was called long ago is not new."""
        cut_ms = now_ms - flash_seconds * 1000
        keys = {call_key(c): c.called_ms for c in standing_calls(state)}
        return cls({key: 0 if called_ms > cut_ms else -flash_seconds for key, called_ms in keys.items()})
