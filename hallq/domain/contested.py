"""Whether an event that took place elsewhere still fits the state: if not, it is contested.

The hub asks before it places what a terminal did while nobody could tell it better. An event
that was decided on this very state always fits.
"""

from collections.abc import Callable, Collection

from hallq.domain import events as e
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState
from hallq.domain.tickets import TRANSITIONS, Ticket, TicketState

_S = TicketState
_C = CounterState

_AT_COUNTER: dict[type[e.Event], tuple[TicketState, ...]] = {
    e.TicketAnnounced: (_S.GRANTED,),
    e.TicketRecalled: (_S.CALLED,),
    e.CallWithdrawn: (_S.GRANTED, _S.CALLED),
    e.TicketReleased: (_S.GRANTED, _S.CALLED, _S.SERVING),
    e.CustomerArrived: (_S.CALLED,),
    e.TicketMissed: (_S.CALLED,),
    e.TransactionStarted: (_S.SERVING,),
    e.VisitFinished: (_S.SERVING,),
    e.VisitHeld: (_S.SERVING,),
    e.VisitTransferred: (_S.SERVING,),
}
"""What a ticket must be doing at the event's own counter."""

_ANYWHERE: dict[type[e.Event], TicketState] = {
    e.TicketCancelled: _S.CANCELLED,
    e.CustomerLeft: _S.LEFT,
    e.TicketExpired: _S.EXPIRED,
}
"""What a ticket becomes, wherever it is, if it may."""

_OF_COUNTER: dict[type[e.Event], tuple[CounterState, ...]] = {
    e.CounterOpened: (_C.CLOSED,),
    e.CounterTakenOver: (_C.OPEN, _C.CALLING, _C.SERVING, _C.PAUSED),
    e.CounterClosed: (_C.OPEN, _C.PAUSED),
    e.CounterPaused: (_C.OPEN,),
    e.CounterResumed: (_C.PAUSED,),
    e.TicketAnnounced: (_C.OPEN,),
}
"""What the event's own counter must be doing."""


def fits(event: e.Event, state: HallState, *devices: str) -> bool:
    """Whether `event` may follow in `state`; `devices`: all names of the file that wrote it."""
    kind = type(event)
    number = _counter_of(event)
    if number is not None and not _is_its_own(state, number, devices):
        return False
    if isinstance(event, e.CounterOpened) and _is_open_already(event, state):
        return True
    if kind in _OF_COUNTER and number is not None and state.counter(number).state not in _OF_COUNTER[kind]:
        return False
    if isinstance(event, e.TransactionStarted) and state.running_transaction(event.ticket_id) is not None:
        return False  # a copy of the terminal began it, too
    if kind in _AT_COUNTER:
        ticket = _ticket_of(event, state)
        return ticket is not None and ticket.state in _AT_COUNTER[kind] and ticket.counter == number
    if kind in _ANYWHERE:
        ticket = _ticket_of(event, state)
        return ticket is not None and _ANYWHERE[kind] in TRANSITIONS[ticket.state]
    check = _OTHERS.get(kind)
    return check is None or check(event, state)


def owner_of_counter(event: e.Event, state: HallState) -> str:
    """The device that opened the event's own counter; empty for an event of no counter."""
    number = _counter_of(event)
    return "" if number is None else state.counter(number).device


def _is_open_already(event: e.CounterOpened, state: HallState) -> bool:
    """Opened by the same clerk once more, because the first answer was lost: no contest."""
    counter = state.counter(event.counter)
    return counter.state is CounterState.OPEN and counter.clerk == event.clerk


def _counter_of(event: e.Event) -> int | None:
    number = getattr(event, "from_counter", None) or getattr(event, "counter", None)
    return number if isinstance(number, int) else None


def _is_its_own(state: HallState, number: int, devices: Collection[str]) -> bool:
    counter = state.counter(number)
    return not counter.is_staffed or counter.device in devices


def _ticket_of(event: e.Event, state: HallState) -> Ticket | None:
    return state.tickets.get(getattr(event, "ticket_id", ""))


def _in_state(wanted: TicketState) -> Callable[[e.Event, HallState], bool]:
    def check(event: e.Event, state: HallState) -> bool:
        ticket = _ticket_of(event, state)
        return ticket is not None and ticket.state is wanted

    return check


def _issue_fits(event: e.Event, state: HallState) -> bool:
    """Numbers of a series only grow: a lower one was given before, if only to somebody who is gone."""
    assert isinstance(event, e.TicketIssued)
    last = state.series.get(event.business_date, {}).get(event.series, 0)
    return event.ticket_id not in state.tickets and event.number > last


def _grant_fits(event: e.Event, state: HallState) -> bool:
    assert isinstance(event, e.TicketGranted)
    ticket = state.tickets.get(event.ticket_id)
    calls_now = state.counter(event.counter).state is CounterState.OPEN
    return ticket is not None and ticket.state is TicketState.WAITING and calls_now


def _priority_fits(event: e.Event, state: HallState) -> bool:
    ticket = _ticket_of(event, state)
    return ticket is not None and ticket.state is TicketState.WAITING and ticket.lane is Lane.STANDARD


def _transaction_runs(event: e.Event, state: HallState) -> bool:
    running = state.transactions.get(getattr(event, "transaction_id", ""))
    return running is not None and running.ended_ms is None


def _day_opens(event: e.Event, state: HallState) -> bool:
    """Opened twice on the same date by two who could not know of each other is no contest."""
    assert isinstance(event, e.DayOpened)
    is_new = not state.is_open and event.business_date not in state.series
    return is_new or state.business_date == event.business_date


def _day_is_open(event: e.Event, state: HallState) -> bool:
    return state.is_open


def _is_expected(event: e.Event, state: HallState) -> bool:
    appointment = state.appointments.get(getattr(event, "appointment_id", ""))
    return appointment is not None and appointment.is_open


def _is_not_rated(event: e.Event, state: HallState) -> bool:
    """Two screens may take a rating of one visit while they are apart: the first counts."""
    assert isinstance(event, e.VisitRated)
    counter = state.counter(event.at_counter)
    return counter.left_ticket != event.ticket_id or counter.left_score is None


def _complaint_fits(event: e.Event, state: HallState) -> bool:
    assert isinstance(event, e.ComplaintTaken)
    last = state.series.get(event.business_date, {}).get(event.series, 0)
    return event.complaint_id not in state.complaints and event.number > last


def _complaint_is_open(event: e.Event, state: HallState) -> bool:
    return getattr(event, "complaint_id", "") in state.complaints


_OTHERS: dict[type[e.Event], Callable[[e.Event, HallState], bool]] = {
    e.TicketIssued: _issue_fits,
    e.TicketGranted: _grant_fits,
    e.PriorityGiven: _priority_fits,
    e.TicketReturned: _in_state(_S.MISSED),
    e.HoldEnded: _in_state(_S.HELD),
    e.TransactionEnded: _transaction_runs,
    e.OverrunExplained: _transaction_runs,
    e.DayOpened: _day_opens,
    e.DayClosed: _day_is_open,
    e.ClockAdopted: _day_is_open,
    e.AppointmentMoved: _is_expected,
    e.AppointmentCancelled: _is_expected,
    e.VisitRated: _is_not_rated,
    e.ComplaintTaken: _complaint_fits,
    e.ComplaintAnswered: _complaint_is_open,
    e.ComplaintSettled: _complaint_is_open,
    e.ComplaintFollowedUp: _complaint_is_open,
}
