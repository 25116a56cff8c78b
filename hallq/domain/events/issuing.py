"""Events at the door: numbers given, customers diverted, priority by hand."""

from hallq.domain.events.base import Event, Milliseconds, Whole
from hallq.domain.lanes import Lane, Tier


class TicketIssued(Event):
    """A customer took a number."""

    kind = "ticket.issued"
    ticket_id: str
    business_date: str
    series: str
    number: Whole
    lane: Lane
    tier: Tier
    service: str
    due_ms: Milliseconds
    ahead: Whole = 0
    customer: str | None = None
    priority_reason: str | None = None


class CustomerDiverted(Event):
    """A customer was shown to self-service instead of getting a ticket."""

    kind = "customer.diverted"
    service: str


class PriorityGiven(Event):
    """A waiting ticket moved to the priority lane by hand, with a reason that is kept."""

    kind = "ticket.priority-given"
    ticket_id: str
    reason: str
    due_ms: Milliseconds
    ahead: Whole = 0
