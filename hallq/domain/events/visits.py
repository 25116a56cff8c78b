"""Events of a visit at the counter and of its end."""

from hallq.domain.events.base import Event, Milliseconds, Whole


class VisitHeld(Event):
    """The customer does something else for a while; the counter is free."""

    kind = "visit.held"
    ticket_id: str
    counter: Whole
    reason: str
    until_ms: Milliseconds | None = None


class HoldEnded(Event):
    """The held customer waits again, for the same counter first."""

    kind = "visit.hold-ended"
    ticket_id: str


class VisitTransferred(Event):
    """The visit goes on elsewhere: another service, zone or counter."""

    kind = "visit.transferred"
    ticket_id: str
    from_counter: Whole
    service: str
    queue_ms: Milliseconds
    due_ms: Milliseconds
    ahead: Whole = 0
    to_counter: Whole | None = None
    to_zone: str | None = None
    return_to: Whole | None = None
    return_service: str | None = None


class VisitFinished(Event):
    """Everything the customer came for is done."""

    kind = "visit.finished"
    ticket_id: str
    counter: Whole


class TicketCancelled(Event):
    """The ticket was ended by staff."""

    kind = "ticket.cancelled"
    ticket_id: str
    reason: str


class CustomerLeft(Event):
    """The customer is known to have gone away before being served."""

    kind = "ticket.left"
    ticket_id: str


class TicketExpired(Event):
    """The ticket ended by rule: its window passed, or its day closed."""

    kind = "ticket.expired"
    ticket_id: str
    cause: str
