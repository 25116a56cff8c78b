"""Those who are in the hall and not at a counter, as the manager sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.expected_appointments import agreed_time
from hallq.domain.forecast import Forecast, will_miss
from hallq.domain.lanes import Lane, Pressure, Tier, pressure
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.promises import again_until_ms


class Risk(StrEnum):
    """How the promise to a waiting customer stands."""

    KEPT = "kept"
    """Will be called in time."""
    SOON = "soon"
    """In time so far, with less than the last fifth of the promised wait to go."""
    WILL_MISS = "will-miss"
    """Expected to be called too late."""
    MISSED = "missed"
    """Past the promised time already."""
    CARRIED = "carried"
    """Carried over from a day that is closed: its promise begins with the next one."""
    CALLED_BEFORE = "called-before"
    """Was called once: the promise was settled then. Judged like a first wait once it takes too long."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A waiting ticket. Times in whole minutes; `due_in` is negative past the promise.

    `call_in`: when the call is expected, None while no counter takes anybody. `agreed`: the time of an
    appointment.
    """

    ticket_id: str
    label: str
    lane: Lane
    tier: Tier
    by_hand: bool
    service: str
    waited: int
    due_in: int
    call_in: int | None
    risk: Risk
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class AwayRow:
    """A held or missed ticket. `back_in`: minutes of a timed hold, or of the way back, that are left."""

    ticket_id: str
    label: str
    lane: Lane
    tier: Tier
    service: str
    state: TicketState
    away: int
    back_in: int | None
    reason: str


def waiting_rows(
    state: HallState, config: HallConfig, forecasts: Mapping[str, Forecast], now_ms: int
) -> tuple[WaitingRow, ...]:
    """Those who wait, the least time left first."""
    targets = {lane: config.target_ms(lane) for lane in Lane}
    nudge = config.transaction.nudge_percent
    rows = tuple(
        replace(
            _waiting_row(ticket, targets[ticket.lane], nudge, forecasts[ticket.ticket_id], now_ms),
            agreed=agreed_time(state, ticket),
        )
        for ticket in sorted(state.waiting(), key=by_time_left)
    )
    return rows if state.is_open else tuple(replace(row, waited=0, risk=Risk.CARRIED) for row in rows)


def by_time_left(ticket: Ticket) -> tuple[bool, tuple[int, int, int, str]]:
    """The order of the list: open promises first, then those called before, by their place."""
    return (not ticket.is_first_wait, ticket.due_key)


def _waiting_row(ticket: Ticket, target_ms: int, nudge: int, forecast: Forecast, now_ms: int) -> WaitingRow:
    until_ms = ticket.due_ms if ticket.is_first_wait else again_until_ms(ticket, target_ms)
    left_ms = until_ms - now_ms
    return WaitingRow(
        ticket_id=ticket.ticket_id,
        label=ticket.label,
        lane=ticket.lane,
        tier=ticket.tier,
        by_hand=ticket.priority_reason is not None,
        service=ticket.service,
        waited=max(0, now_ms - ticket.waiting_since_ms) // MINUTE_MS,
        due_in=-(-left_ms // MINUTE_MS),  # what remains is rounded up, what has passed down
        call_in=forecast.middle_ms // MINUTE_MS if forecast.possible else None,
        risk=_risk(ticket, left_ms, target_ms, nudge, forecast, now_ms),
    )


def _risk(ticket: Ticket, left_ms: int, target_ms: int, nudge: int, forecast: Forecast, now_ms: int) -> Risk:
    if left_ms < 0:
        return Risk.MISSED
    if not ticket.is_first_wait:
        late = not forecast.possible or forecast.middle_ms > left_ms
        return Risk.WILL_MISS if late else Risk.CALLED_BEFORE
    if will_miss(ticket, forecast, now_ms):
        return Risk.WILL_MISS
    soon = pressure(target_ms - left_ms, target_ms, nudge) is not Pressure.FINE
    return Risk.SOON if soon else Risk.KEPT


def away_rows(state: HallState, config: HallConfig, now_ms: int) -> tuple[AwayRow, ...]:
    """Those on hold and those who missed their call, the longest away first."""
    away = state.in_state(TicketState.HELD, TicketState.MISSED)
    window_ms = config.missed_window_ms
    return tuple(
        _away_row(ticket, window_ms, now_ms)
        for ticket in sorted(away, key=lambda t: (_since_ms(t), t.ticket_id))
    )


def _since_ms(ticket: Ticket) -> int:
    since_ms = ticket.missed_ms if ticket.state is TicketState.MISSED else ticket.held_ms
    return since_ms or 0


def _away_row(ticket: Ticket, window_ms: int, now_ms: int) -> AwayRow:
    missed = ticket.state is TicketState.MISSED
    until_ms = _since_ms(ticket) + window_ms if missed else ticket.hold_until_ms
    return AwayRow(
        ticket_id=ticket.ticket_id,
        label=ticket.label,
        lane=ticket.lane,
        tier=ticket.tier,
        service=ticket.service,
        state=ticket.state,
        away=(now_ms - _since_ms(ticket)) // MINUTE_MS,
        back_in=None if until_ms is None else max(0, -(-(until_ms - now_ms) // MINUTE_MS)),
        reason="" if missed else ticket.hold_reason or "",
    )
