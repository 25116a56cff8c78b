"""Opening and closing the business day, the shown clock, and the hall's own housekeeping."""

from hallq.domain.counters import CounterState
from hallq.domain.decide.dispatch import Decision, Moment, decide, not_open
from hallq.domain.events import (
    ClockAdopted,
    CounterClosed,
    DayClosed,
    DayOpened,
    Event,
    HoldEnded,
    TicketExpired,
)
from hallq.domain.intents import AdoptClock, CloseDay, KeepHouse, OpenDay
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import AT_COUNTER, Ticket, TicketState


@decide.register
def _open_day(intent: OpenDay, state: HallState, moment: Moment) -> Decision:
    if state.is_open:
        return Refusal(Reason.DAY_ALREADY_OPEN, {"date": state.business_date})
    worked_before = intent.business_date in state.series
    if worked_before and intent.business_date != state.business_date:
        # Its counts are closed; numbers must never start again on a date they ran on.
        return Refusal(Reason.DAY_ALREADY_WORKED, {"date": intent.business_date, "last": state.business_date})
    offset_ms = moment.wall_ms - moment.now_ms
    targets_ms = {lane: moment.config.target_ms(lane) for lane in Lane}
    return [DayOpened(business_date=intent.business_date, clock_offset_ms=offset_ms, targets_ms=targets_ms)]


@decide.register
def _close_day(intent: CloseDay, state: HallState, moment: Moment) -> Decision:
    if refusal := not_open(state):
        return refusal
    carried = _carried(intent, state)
    if not carried <= state.tickets.keys():
        return Refusal(Reason.UNKNOWN_TICKET)
    busy = state.in_state(*AT_COUNTER)
    if busy:
        return Refusal(Reason.DAY_STILL_SERVING, {"tickets": ", ".join(t.label for t in busy)})
    live = sorted(state.tickets.values(), key=lambda t: t.queue_key)
    kept = tuple(t.ticket_id for t in live if t.ticket_id in carried)
    expired = [t for t in live if t.ticket_id not in carried]
    staffed = [c for c in state.counters.values() if c.state is not CounterState.CLOSED]
    return [
        *(TicketExpired(ticket_id=t.ticket_id, cause="day-closed") for t in expired),
        *(CounterClosed(counter=c.number) for c in sorted(staffed, key=lambda c: c.number)),
        DayClosed(business_date=state.business_date, carried=kept),
    ]


def _carried(intent: CloseDay, state: HallState) -> set[str]:
    """The tickets that are to live on."""
    if isinstance(intent.carry, str):
        return set(state.tickets) if intent.carry == "all" else set()
    return set(intent.carry)


@decide.register
def _adopt_clock(intent: AdoptClock, state: HallState, moment: Moment) -> Decision:
    if refusal := not_open(state):
        return refusal
    return [ClockAdopted(clock_offset_ms=moment.wall_ms - moment.now_ms)]


@decide.register
def _keep_house(intent: KeepHouse, state: HallState, moment: Moment) -> Decision:
    if not state.is_open:
        return []
    events = (_what_time_brings(ticket, moment) for ticket in state.tickets.values())
    return [event for event in events if event is not None]


def _what_time_brings(ticket: Ticket, moment: Moment) -> Event | None:
    if ticket.state is TicketState.HELD and ticket.hold_until_ms is not None:
        back = moment.now_ms >= ticket.hold_until_ms
        return HoldEnded(ticket_id=ticket.ticket_id) if back else None
    if ticket.state is TicketState.MISSED and moment.now_ms > window_ends_ms(ticket, moment):
        return TicketExpired(ticket_id=ticket.ticket_id, cause="missed-window")
    return None


def window_ends_ms(ticket: Ticket, moment: Moment) -> int:
    """Until when a missed customer may come back."""
    return (ticket.missed_ms or 0) + moment.config.missed_window_ms
