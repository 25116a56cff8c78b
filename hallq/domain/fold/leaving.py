"""Fold of a ticket that leaves the straight way: missed, held, sent on, given up."""

from hallq.domain import figure_names as names
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
from hallq.domain.fold.dispatch import apply_event, count, end, free, put_ticket
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.tickets import TicketState


@apply_event.register
def _missed(event: TicketMissed, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    missed = replace(
        ticket, state=TicketState.MISSED, missed_ms=recorded.at_ms, missed_times=ticket.missed_times + 1
    )
    count(draft, {names.MISSED: 1})
    free(draft, event.counter, event.ticket_id, recorded.at_ms)
    put_ticket(draft, missed)


@apply_event.register
def _returned(event: TicketReturned, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        queue_ms=event.queue_ms,
        waiting_since_ms=recorded.at_ms,
        due_ms=event.due_ms,
        ahead=event.ahead,
    )
    count(draft, {names.RETURNED: 1})
    put_ticket(draft, waiting)


@apply_event.register
def _held(event: VisitHeld, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    held = replace(
        ticket,
        state=TicketState.HELD,
        held_ms=recorded.at_ms,
        hold_until_ms=event.until_ms,
        hold_reason=event.reason,
        bound_counter=event.counter,
    )
    free(draft, event.counter, event.ticket_id, recorded.at_ms)
    put_ticket(draft, held)


@apply_event.register
def _hold_ended(event: HoldEnded, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    waiting = replace(ticket, state=TicketState.WAITING, waiting_since_ms=recorded.at_ms, hold_until_ms=None)
    put_ticket(draft, waiting)


@apply_event.register
def _transferred(event: VisitTransferred, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
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
    count(draft, {names.TRANSFERRED: 1})
    free(draft, event.from_counter, event.ticket_id, recorded.at_ms, served=1)
    put_ticket(draft, waiting)


@apply_event.register
def _cancelled(event: TicketCancelled, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is not None:
        end(draft, ticket, TicketState.CANCELLED, recorded.at_ms, event.reason)


@apply_event.register
def _left(event: CustomerLeft, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is not None:
        end(draft, ticket, TicketState.LEFT, recorded.at_ms, None)


@apply_event.register
def _expired(event: TicketExpired, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is not None:
        count(draft, {names.expired(event.cause): 1})
        end(draft, ticket, TicketState.EXPIRED, recorded.at_ms, event.cause)
