"""Events of a call: granted to one counter, announced, and what came of it."""

from dataclasses import dataclass, field

from pydantic import Field

from hallq.domain.events.base import Event, Milliseconds, Whole


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A ticket that stood ahead by some order and was not taken, with the reason's code and facts."""

    ticket_id: str
    label: str
    reason: str
    facts: dict[str, Whole | str] = field(default_factory=dict)


class TicketGranted(Event):
    """A ticket belongs to one counter, before anybody hears of it. Holds the reason.

    `set_back`: how many late tickets of its lane it goes before (`docs/policy.md`).
    """

    kind = "ticket.granted"
    ticket_id: str
    counter: Whole
    rule: str
    facts: dict[str, Whole | str] = Field(default_factory=dict)
    passed_over: tuple[PassedOver, ...] = ()
    set_back: Whole = 0


class TicketAnnounced(Event):
    """The customer was called: boards and voice follow this, never the grant."""

    kind = "ticket.announced"
    ticket_id: str
    counter: Whole
    clerk: str


class TicketRecalled(Event):
    """The customer was called once more."""

    kind = "ticket.recalled"
    ticket_id: str
    counter: Whole


class CallWithdrawn(Event):
    """A call was taken back; the ticket waits at its old place."""

    kind = "ticket.call-withdrawn"
    ticket_id: str
    counter: Whole


class TicketReleased(Event):
    """A person freed the ticket of a silent counter after looking; it waits at its old place, marked."""

    kind = "ticket.released"
    ticket_id: str
    counter: Whole


class CustomerArrived(Event):
    """The called customer stands at the counter."""

    kind = "ticket.arrived"
    ticket_id: str
    counter: Whole


class TicketMissed(Event):
    """Called and not there."""

    kind = "ticket.missed"
    ticket_id: str
    counter: Whole


class TicketReturned(Event):
    """A missed customer came back in time and waits again at `queue_ms`."""

    kind = "ticket.returned"
    ticket_id: str
    queue_ms: Milliseconds
    due_ms: Milliseconds
    place: str
    ahead: Whole = 0
