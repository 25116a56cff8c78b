"""Events at the door: numbers given, customers diverted, priority by hand."""

from pydantic import Field

from hallq.domain.events.base import Event, Milliseconds, Minutes, Whole, is_none
from hallq.domain.lanes import Lane, Tier


class TicketIssued(Event):
    """A customer took a number.

    `appointment_id` and `slot`: of whom was expected. `agreed_ms`: the agreed time, for who came in time;
    `lane_due_ms`: when somebody else has come for it, or it was called off meanwhile.
    `told_`: the range of waits that the customer was told, where one could be told.
    """

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
    appointment_id: str | None = Field(default=None, exclude_if=is_none)
    slot: str | None = Field(default=None, exclude_if=is_none)
    agreed_ms: Milliseconds | None = Field(default=None, exclude_if=is_none)
    lane_due_ms: Milliseconds | None = Field(default=None, exclude_if=is_none)
    told_low_minutes: Minutes | None = Field(default=None, exclude_if=is_none)
    told_high_minutes: Minutes | None = Field(default=None, exclude_if=is_none)


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
