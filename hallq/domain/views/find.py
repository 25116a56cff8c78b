"""Where is this number? What was typed, and every ticket that it can mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hallq.domain.complaints import SERIES as COMPLAINTS
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.forecast import Forecast, call_forecasts
from hallq.domain.lanes import Lane, Tier
from hallq.domain.past_day import PastVisit
from hallq.domain.state import HallState
from hallq.domain.tickets import AT_COUNTER, TRANSITIONS, Ticket, TicketState, series_and_number, ticket_label
from hallq.domain.transactions import Outcome
from hallq.domain.views.guide import IssuedView, issued_view
from hallq.domain.views.why import why_of_ticket


class Trace(StrEnum):
    """What is known of a number."""

    HERE = "here"
    GONE = "gone"
    NEVER_ISSUED = "never-issued"


@dataclass(frozen=True, slots=True)
class PresentView:
    """What is true of a live ticket now. `_at_ms`: times on the hall's wall; minutes are whole ones.

    `until_at_ms`: the end of a timed hold, or of the way back. `counter`: where it is, or the one
    it waits for. `left_ms`: to the promise, only while it was never called. `reason`: of the hold.
    """

    state: TicketState
    since_at_ms: int
    minutes: int
    counter: int | None = None
    clerk: str = ""
    until_at_ms: int | None = None
    reason: str = ""
    left_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LastCallView:
    """The last call as it was made. `at_ms`: on the hall's wall; `waited`: minutes by then."""

    at_ms: int
    counter: int
    rule: str
    waited: int


@dataclass(frozen=True, slots=True)
class EndedView:
    """How a visit ended. `at_ms`: on the hall's wall; `reason`: a code of the settings or of the rule.

    `counter` and `clerk`: who served last. `not_possible`: the service that could not be done.
    """

    service: str
    tier: Tier
    lane: Lane
    state: TicketState
    at_ms: int
    reason: str
    counter: int | None = None
    clerk: str = ""
    not_possible: str = ""


@dataclass(frozen=True, slots=True)
class FoundView:
    """One number; `ticket`, `present`, `last_call` and `ended` as far as there is such a thing."""

    label: str
    trace: Trace
    ticket: IssuedView | None = None
    present: PresentView | None = None
    last_call: LastCallView | None = None
    ended: EndedView | None = None


def find(
    state: HallState,
    config: HallConfig,
    now_ms: int,
    typed: str,
    ended: Mapping[str, PastVisit | None] = MappingProxyType({}),
) -> tuple[FoundView, ...]:
    """Every number that `typed` can mean: `a47` one, `47` one of each series. None for no number.

    `ended`: visits of this day that ended, by label, as far as they were looked up.
    """
    parsed = series_and_number(typed)
    if parsed is None:
        return ()
    series, number = parsed
    here = [t for t in state.tickets.values() if t.number == number and series in ("", t.series)]
    found = _all_here(state, config, now_ms, sorted(here, key=lambda t: (t.label, t.issued_ms)))
    given = state.series.get(state.business_date, {})  # to complaints, too
    issued = {s: last for s, last in given.items() if not s.startswith(COMPLAINTS)}
    gone = [s for s, last in sorted(issued.items()) if series in ("", s) and 0 < number <= last]
    known = {view.label for view in found}
    found += [
        FoundView(label, Trace.GONE, ended=_ended(state, ended.get(label)))
        for label in (ticket_label(s, number) for s in gone)
        if label not in known
    ]
    return tuple(found) or (FoundView(ticket_label(series, number), Trace.NEVER_ISSUED),)


def newest(state: HallState, config: HallConfig, now_ms: int, count: int) -> tuple[FoundView, ...]:
    """The last numbers that were given out and are in the hall still."""
    here = sorted(state.tickets.values(), key=lambda t: (t.issued_ms, t.ticket_id), reverse=True)[:count]
    return tuple(_all_here(state, config, now_ms, here))


def _all_here(
    state: HallState, config: HallConfig, now_ms: int, tickets: Sequence[Ticket]
) -> list[FoundView]:
    """Live tickets, by one forecast for all: it takes a while where hundreds wait."""
    forecasts = call_forecasts(state, config, now_ms) if tickets else {}
    return [_here(state, config, now_ms, ticket, forecasts) for ticket in tickets]


def _ended(state: HallState, visit: PastVisit | None) -> EndedView | None:
    if visit is None or visit.ticket.ended_ms is None:
        return None
    ticket, last = visit.ticket, visit.transactions[-1] if visit.transactions else None
    failed = last is not None and last.outcome is Outcome.NOT_POSSIBLE
    return EndedView(
        service=ticket.service,
        tier=ticket.tier,
        lane=ticket.lane,
        state=ticket.state,
        at_ms=visit.ticket.ended_ms + state.clock_offset_ms,
        reason=(last.end_reason if last and failed else ticket.end_reason) or "",
        counter=last.counter if last else None,
        clerk=last.clerk if last else "",
        not_possible=last.service if last and failed else "",
    )


def _here(
    state: HallState, config: HallConfig, now_ms: int, ticket: Ticket, forecasts: Mapping[str, Forecast]
) -> FoundView:
    offset_ms = state.clock_offset_ms
    return FoundView(
        ticket.label,
        Trace.HERE,
        issued_view(state, config, ticket, now_ms, forecasts),
        _present(ticket, config, now_ms, offset_ms),
        _last_call(ticket, offset_ms),
    )


def _present(ticket: Ticket, config: HallConfig, now_ms: int, offset_ms: int) -> PresentView:
    since_ms, until_ms = _span(ticket, config)
    waits = ticket.state is TicketState.WAITING
    at_counter = ticket.state in AT_COUNTER
    return PresentView(
        state=ticket.state,
        since_at_ms=since_ms + offset_ms,
        minutes=max(0, now_ms - since_ms) // MINUTE_MS,
        counter=ticket.counter if at_counter else ticket.bound_counter,
        clerk=(ticket.clerk or "") if at_counter else "",
        until_at_ms=None if until_ms is None else until_ms + offset_ms,
        reason=(ticket.hold_reason or "") if ticket.state is TicketState.HELD else "",
        left_ms=ticket.due_ms - now_ms if waits and ticket.is_first_wait else None,
    )


def _span(ticket: Ticket, config: HallConfig) -> tuple[int, int | None]:
    """(since when the state lasts, until when it may last), on the hall's clock."""
    match ticket.state:
        case TicketState.HELD:
            return ticket.held_ms or 0, ticket.hold_until_ms
        case TicketState.MISSED:
            missed_ms = ticket.missed_ms or 0
            return missed_ms, missed_ms + config.missed_window_ms
        case TicketState.CALLED:
            return ticket.called_ms or 0, None
        case TicketState.SERVING:
            return ticket.arrived_ms or 0, None
    return ticket.waiting_since_ms, None


def _last_call(ticket: Ticket, offset_ms: int) -> LastCallView | None:
    why = why_of_ticket(ticket)
    if why is None or ticket.called_ms is None:
        return None
    waited = int(why.facts.get("waited_s", 0)) // 60
    return LastCallView(ticket.called_ms + offset_ms, ticket.counter or 0, why.rule, waited)


@dataclass(frozen=True, slots=True)
class MissedView:
    """A missed customer who may still come back, for so many whole minutes."""

    ticket_id: str
    label: str
    service: str
    minutes_left: int


def missed(state: HallState, config: HallConfig, now_ms: int) -> tuple[MissedView, ...]:
    """Those who may come back, the one with the least time first."""
    window_ms = config.missed_window_ms
    views = [
        MissedView(t.ticket_id, t.label, t.service, ((t.missed_ms or 0) + window_ms - now_ms) // MINUTE_MS)
        for t in state.in_state(TicketState.MISSED)
    ]
    return tuple(sorted((v for v in views if v.minutes_left >= 0), key=lambda v: (v.minutes_left, v.label)))


def cancellable(state: HallState) -> tuple[Ticket, ...]:
    """The tickets that may be cancelled, the newest first."""
    may = [t for t in state.tickets.values() if TicketState.CANCELLED in TRANSITIONS[t.state]]
    return tuple(sorted(may, key=lambda t: (-t.issued_ms, t.label)))
