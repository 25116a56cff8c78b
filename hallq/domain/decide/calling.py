"""Calling: granted to one counter, then announced; recalled, withdrawn, missed."""

from collections.abc import Sequence

from hallq.domain.counters import CounterState
from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    at_counter,
    decide,
    live_ticket,
    not_in,
    not_open,
    unknown_counter,
)
from hallq.domain.decide.serving import end_running
from hallq.domain.events import (
    CallWithdrawn,
    CounterClosed,
    Event,
    TicketAnnounced,
    TicketGranted,
    TicketMissed,
    TicketRecalled,
    TicketReleased,
)
from hallq.domain.intents import (
    CallNext,
    CallTicket,
    GrantNext,
    GrantTicket,
    HandBack,
    Recall,
    ReleaseTickets,
    ReportMissed,
    WithdrawCall,
)
from hallq.domain.policy import Call, call_by_hand, next_call
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState
from hallq.domain.transactions import Outcome


def _may_not_call(state: HallState, moment: Moment, counter: int) -> Refusal | None:
    return not_in(state, moment, counter, CounterState.OPEN) or unknown_counter(moment, counter)


@decide.register
def _call_next(intent: CallNext, state: HallState, moment: Moment) -> Decision:
    granted = _grant_next(GrantNext(counter=intent.counter), state, moment)
    if isinstance(granted, Refusal):
        return granted
    return _and_announced(granted, intent.counter, state)


@decide.register
def _call_ticket(intent: CallTicket, state: HallState, moment: Moment) -> Decision:
    grant = GrantTicket(counter=intent.counter, ticket_id=intent.ticket_id)
    granted = _grant_ticket(grant, state, moment)
    if isinstance(granted, Refusal):
        return granted
    return _and_announced(granted, intent.counter, state, before=intent.ticket_id)


@decide.register
def _grant_next(intent: GrantNext, state: HallState, moment: Moment) -> Decision:
    if refusal := _may_not_call(state, moment, intent.counter):
        return refusal
    if state.granted_to(intent.counter):
        return []
    call = next_call(state, moment.config, intent.counter, moment.now_ms)
    if call is None:
        return Refusal(Reason.NOBODY_WAITING, {"waiting": len(state.waiting()), "counter": intent.counter})
    return [_granted(call, intent.counter)]


@decide.register
def _grant_ticket(intent: GrantTicket, state: HallState, moment: Moment) -> Decision:
    if refusal := _may_not_call(state, moment, intent.counter):
        return refusal
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if granted := state.granted_to(intent.counter):
        return [] if ticket in granted else Refusal(Reason.GRANTED_FIRST, {"ticket": granted[0].label})
    if ticket.state is not TicketState.WAITING:
        return Refusal(Reason.NOT_WAITING, {"ticket": ticket.label})
    rule = moment.config.counter_by_number[intent.counter]
    if not rule.offers(ticket.service) and ticket.bound_counter != rule.number:
        return Refusal(Reason.NOT_OFFERED_HERE, {"ticket": ticket.label, "service": ticket.service})
    return [
        _granted(call_by_hand(state, moment.config, intent.counter, ticket, moment.now_ms), intent.counter)
    ]


def _granted(call: Call, counter: int) -> TicketGranted:
    return TicketGranted(
        ticket_id=call.ticket.ticket_id,
        counter=counter,
        rule=call.rule,
        facts=call.facts,
        passed_over=call.passed_over,
        set_back=call.set_back,
    )


def _and_announced(granted: Sequence[Event], counter: int, state: HallState, before: str = "") -> Decision:
    """What was granted now, or else before, is announced."""
    new = [event.ticket_id for event in granted if isinstance(event, TicketGranted)]
    ticket_id = new[0] if new else before or state.granted_to(counter)[0].ticket_id
    clerk = state.counter(counter).clerk or ""
    return [*granted, TicketAnnounced(ticket_id=ticket_id, counter=counter, clerk=clerk)]


@decide.register
def _hand_back(intent: HandBack, state: HallState, moment: Moment) -> Decision:
    if any(t.ticket_id == intent.ticket_id for t in state.granted_to(intent.counter)):
        return [CallWithdrawn(ticket_id=intent.ticket_id, counter=intent.counter)]
    return []


@decide.register
def _release(intent: ReleaseTickets, state: HallState, moment: Moment) -> Decision:
    counter = state.counter(intent.counter)
    if refusal := not_open(state):
        return refusal
    events: list[Event] = []
    at_counter_now = state.ticket_at(intent.counter)
    if at_counter_now is not None:
        events += end_running(state, at_counter_now, Outcome.INTERRUPTED, reliable=False)
    for ticket in [*state.granted_to(intent.counter), *([at_counter_now] if at_counter_now else [])]:
        events.append(TicketReleased(ticket_id=ticket.ticket_id, counter=intent.counter))
    return [*events, *([CounterClosed(counter=intent.counter)] if counter.is_staffed else [])]


@decide.register
def _recall(intent: Recall, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return [TicketRecalled(ticket_id=ticket.ticket_id, counter=intent.counter)]


@decide.register
def _withdraw(intent: WithdrawCall, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return [CallWithdrawn(ticket_id=ticket.ticket_id, counter=intent.counter)]


@decide.register
def _missed(intent: ReportMissed, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return [TicketMissed(ticket_id=ticket.ticket_id, counter=intent.counter)]
