"""Calling: granted to one counter, then announced; recalled, withdrawn, missed."""

from hallq.domain.counters import CounterState
from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    at_counter,
    decide,
    live_ticket,
    not_in,
    unknown_counter,
)
from hallq.domain.events import (
    CallWithdrawn,
    TicketAnnounced,
    TicketGranted,
    TicketMissed,
    TicketRecalled,
)
from hallq.domain.intents import CallNext, CallTicket, Recall, ReportMissed, WithdrawCall
from hallq.domain.policy import Call, call_by_hand, next_call
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState


def _may_not_call(state: HallState, moment: Moment, counter: int) -> Refusal | None:
    return not_in(state, moment, counter, CounterState.OPEN) or unknown_counter(moment, counter)


@decide.register
def _call_next(intent: CallNext, state: HallState, moment: Moment) -> Decision:
    if refusal := _may_not_call(state, moment, intent.counter):
        return refusal
    call = next_call(state, moment.config, intent.counter, moment.now_ms)
    if call is None:
        return Refusal(Reason.NOBODY_WAITING, {"waiting": len(state.waiting()), "counter": intent.counter})
    return _granted_and_announced(call, intent.counter, state)


@decide.register
def _call_ticket(intent: CallTicket, state: HallState, moment: Moment) -> Decision:
    if refusal := _may_not_call(state, moment, intent.counter):
        return refusal
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.WAITING:
        return Refusal(Reason.NOT_WAITING, {"ticket": ticket.label})
    rule = moment.config.counter_by_number[intent.counter]
    if not rule.offers(ticket.service) and ticket.bound_counter != rule.number:
        return Refusal(Reason.NOT_OFFERED_HERE, {"ticket": ticket.label, "service": ticket.service})
    call = call_by_hand(state, moment.config, intent.counter, ticket, moment.now_ms)
    return _granted_and_announced(call, intent.counter, state)


def _granted_and_announced(call: Call, counter: int, state: HallState) -> Decision:
    granted = TicketGranted(
        ticket_id=call.ticket.ticket_id,
        counter=counter,
        rule=call.rule,
        facts=call.facts,
        passed_over=call.passed_over,
        set_back=call.set_back,
    )
    clerk = state.counter(counter).clerk or ""
    return [granted, TicketAnnounced(ticket_id=call.ticket.ticket_id, counter=counter, clerk=clerk)]


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
