"""Events of single timed services."""

from hallq.domain.events.base import Event, Milliseconds, Whole
from hallq.domain.transactions import Outcome


class TransactionStarted(Event):
    """One service began at a counter."""

    kind = "transaction.started"
    transaction_id: str
    ticket_id: str
    counter: Whole
    clerk: str
    service: str
    limit_ms: Milliseconds


class OverrunExplained(Event):
    """The clerk said why a transaction ran over its limit."""

    kind = "transaction.overrun-explained"
    transaction_id: str
    reason: str


class TransactionEnded(Event):
    """One service ended. `reliable` False keeps its time out of every average.

    `end_reason`: why it was not possible.
    """

    kind = "transaction.ended"
    transaction_id: str
    outcome: Outcome
    reliable: bool = True
    over_reason: str | None = None
    end_reason: str | None = None
