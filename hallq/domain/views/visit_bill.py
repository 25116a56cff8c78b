"""What was done in a visit, one service after the other: what its slip lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from hallq.domain.events import Event, TransactionEnded
from hallq.domain.frozen import replace
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Outcome, Transaction


@dataclass(frozen=True, slots=True)
class VisitBill:
    """A visit and its transactions in their order. A part that a hold broke off goes on in a later one."""

    ticket: Ticket
    transactions: tuple[Transaction, ...]

    @property
    def shown(self) -> tuple[Transaction, ...]:
        """What the customer came for: a part that was broken off and taken up again counts once."""
        last = self.transactions[-1:]
        return (*(t for t in self.transactions[:-1] if t.outcome is not Outcome.INTERRUPTED), *last)

    def after(self, events: Iterable[Event]) -> "VisitBill":
        """The same bill with the ends that these events brought."""
        ends = {e.transaction_id: e for e in events if isinstance(e, TransactionEnded)}
        return VisitBill(self.ticket, tuple(_ended(t, ends.get(t.transaction_id)) for t in self.transactions))


def visit_bill(state: HallState, counter: int) -> VisitBill | None:
    """The visit at a counter so far; None while nobody is served there."""
    ticket = state.ticket_at(counter)
    transactions = state.transactions_of(ticket.ticket_id) if ticket else ()
    return VisitBill(ticket, tuple(transactions)) if ticket and transactions else None


def _ended(transaction: Transaction, end: TransactionEnded | None) -> Transaction:
    return replace(transaction, outcome=end.outcome, end_reason=end.end_reason) if end else transaction
