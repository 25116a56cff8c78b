"""Fold of what took place and no longer fits: it moves nobody, but its time stays on the books."""

from hallq.domain import figure_names as names
from hallq.domain.events import OverrunExplained, Recorded, TransactionEnded, TransactionStarted
from hallq.domain.fold.dispatch import apply_event, count, put_ticket
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace

_BOOKED = (TransactionStarted, TransactionEnded, OverrunExplained)


def book(draft: Draft, recorded: Recorded) -> None:
    """Count the event, mark its ticket, and write its transaction down."""
    event = recorded.event
    count(draft, {names.CONTESTED: 1})
    ticket = draft.tickets.get(getattr(event, "ticket_id", ""))
    if ticket is not None and not ticket.contested:
        put_ticket(draft, replace(ticket, contested=True))
    if isinstance(event, _BOOKED):
        apply_event(event, draft, recorded)
    if isinstance(event, TransactionStarted):
        begun = draft.transactions[event.transaction_id]
        draft.transactions[event.transaction_id] = replace(begun, contested=True)
