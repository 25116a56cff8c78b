"""Fold of a ticket that leaves the straight way: missed, held, sent on, given up."""

from hallq.domain.events import (
    CustomerLeft,
    HoldEnded,
    Recorded,
    TicketCancelled,
    TicketExpired,
    TicketMissed,
    TicketReturned,
    VisitHeld,
    VisitTransferred,
)
from hallq.domain.fold.dispatch import apply_event, count, ended, freed, with_ticket
from hallq.domain.frozen import replace
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState


@apply_event.register
def _missed(event: TicketMissed, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    missed = replace(
        ticket, state=TicketState.MISSED, missed_ms=recorded.at_ms, missed_times=ticket.missed_times + 1
    )
    state = freed(count(state, {"calls.missed": 1}), event.counter, event.ticket_id, recorded.at_ms)
    return with_ticket(state, missed)


@apply_event.register
def _returned(event: TicketReturned, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        queue_ms=event.queue_ms,
        waiting_since_ms=recorded.at_ms,
        due_ms=event.due_ms,
        ahead=event.ahead,
    )
    return with_ticket(count(state, {"calls.returned": 1}), waiting)


@apply_event.register
def _held(event: VisitHeld, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    held = replace(
        ticket,
        state=TicketState.HELD,
        held_ms=recorded.at_ms,
        hold_until_ms=event.until_ms,
        hold_reason=event.reason,
        bound_counter=event.counter,
    )
    return with_ticket(freed(state, event.counter, event.ticket_id, recorded.at_ms), held)


@apply_event.register
def _hold_ended(event: HoldEnded, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    waiting = replace(ticket, state=TicketState.WAITING, waiting_since_ms=recorded.at_ms, hold_until_ms=None)
    return with_ticket(state, waiting)


@apply_event.register
def _transferred(event: VisitTransferred, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        service=event.service,
        queue_ms=event.queue_ms,
        waiting_since_ms=recorded.at_ms,
        due_ms=event.due_ms,
        ahead=event.ahead,
        bound_counter=event.to_counter,
        bound_zone=event.to_zone,
        return_to=event.return_to,
        return_service=event.return_service,
    )
    state = freed(
        count(state, {"visits.transferred": 1}), event.from_counter, event.ticket_id, recorded.at_ms, served=1
    )
    return with_ticket(state, waiting)


@apply_event.register
def _cancelled(event: TicketCancelled, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    return ended(state, ticket, TicketState.CANCELLED, recorded.at_ms, event.reason) if ticket else state


@apply_event.register
def _left(event: CustomerLeft, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    return ended(state, ticket, TicketState.LEFT, recorded.at_ms, None) if ticket else state


@apply_event.register
def _expired(event: TicketExpired, state: HallState, recorded: Recorded) -> HallState:
    ticket = state.tickets.get(event.ticket_id)
    if ticket is None:
        return state
    counted = count(state, {f"expired.{event.cause}": 1})
    return ended(counted, ticket, TicketState.EXPIRED, recorded.at_ms, event.cause)
