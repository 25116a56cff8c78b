"""What happened, as frozen facts. An event is written once and never changed.

An event holds everything the fold needs, so that the same log gives the same state
under any later `hall.toml`. It never holds a name, phone or card number: `customer`
is an opaque reference, and `clerk` a staff number or short name.
"""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from hallq.domain.lanes import Lane, Tier
from hallq.domain.text import PlainText
from hallq.domain.transactions import Outcome

Milliseconds = Annotated[int, Field(ge=-(2**62), le=2**62)]


class Event(BaseModel):
    """Base of all events. Reading ignores fields of later versions."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    kind: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in the log: its position, its origin and its time.

    `at_ms` is the hall's clock, which never runs backwards. `wall_ms` and
    (`boot_id`, `boot_ms`) are what the device's own clocks said: evidence, not order.
    (`incarnation`, `seq`) names the event for ever; an incarnation is one run of a program.
    """

    position: int
    at_ms: int
    wall_ms: int
    boot_id: str
    boot_ms: int
    terminal: str
    incarnation: str
    seq: int
    actor: str
    event: Event


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A ticket that stood ahead by some order and was not taken, with the reason's code and facts."""

    ticket_id: str
    label: str
    reason: str
    facts: dict[str, int | str] = field(default_factory=dict)


# --- the day ---------------------------------------------------------------------------


class DayOpened(Event):
    """A business day began, or a closed one was opened again."""

    kind = "day.opened"
    business_date: str
    clock_offset_ms: Milliseconds


class DayClosed(Event):
    """The business day ended; `carried` tickets stay alive, all others were settled before."""

    kind = "day.closed"
    business_date: str
    carried: tuple[str, ...] = ()


class ClockAdopted(Event):
    """The shown time follows the computer's clock again. Durations are not touched."""

    kind = "day.clock-adopted"
    clock_offset_ms: Milliseconds


# --- tickets ---------------------------------------------------------------------------


class TicketIssued(Event):
    """A customer took a number."""

    kind = "ticket.issued"
    ticket_id: str
    business_date: str
    series: str
    number: int
    lane: Lane
    tier: Tier
    service: str
    due_ms: Milliseconds
    ahead: int = 0
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
    ahead: int = 0


class TicketGranted(Event):
    """A ticket belongs to one counter, before anybody hears of it. Holds the reason.

    `set_back`: how many late tickets of its lane it goes before (`docs/policy.md`).
    """

    kind = "ticket.granted"
    ticket_id: str
    counter: int
    rule: str
    facts: dict[str, int | str] = {}
    passed_over: tuple[PassedOver, ...] = ()
    set_back: int = 0


class TicketAnnounced(Event):
    """The customer was called: boards and voice follow this, never the grant."""

    kind = "ticket.announced"
    ticket_id: str
    counter: int
    clerk: str


class TicketRecalled(Event):
    """The customer was called once more."""

    kind = "ticket.recalled"
    ticket_id: str
    counter: int


class CallWithdrawn(Event):
    """A call was taken back; the ticket waits at its old place."""

    kind = "ticket.call-withdrawn"
    ticket_id: str
    counter: int


class CustomerArrived(Event):
    """The called customer stands at the counter."""

    kind = "ticket.arrived"
    ticket_id: str
    counter: int


class TicketMissed(Event):
    """Called and not there."""

    kind = "ticket.missed"
    ticket_id: str
    counter: int


class TicketReturned(Event):
    """A missed customer came back in time and waits again at `queue_ms`."""

    kind = "ticket.returned"
    ticket_id: str
    queue_ms: Milliseconds
    due_ms: Milliseconds
    place: str
    ahead: int = 0


class VisitHeld(Event):
    """The customer does something else for a while; the counter is free."""

    kind = "visit.held"
    ticket_id: str
    counter: int
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
    from_counter: int
    service: str
    queue_ms: Milliseconds
    due_ms: Milliseconds
    ahead: int = 0
    to_counter: int | None = None
    to_zone: str | None = None
    return_to: int | None = None
    return_service: str | None = None


class VisitFinished(Event):
    """Everything the customer came for is done."""

    kind = "visit.finished"
    ticket_id: str
    counter: int


class TicketCancelled(Event):
    """The ticket was withdrawn by staff."""

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


# --- transactions ----------------------------------------------------------------------


class TransactionStarted(Event):
    """One service began at a counter."""

    kind = "transaction.started"
    transaction_id: str
    ticket_id: str
    counter: int
    clerk: str
    service: str
    limit_ms: Milliseconds


class OverrunExplained(Event):
    """The clerk said why a transaction ran over its limit."""

    kind = "transaction.overrun-explained"
    transaction_id: str
    reason: str


class TransactionEnded(Event):
    """One service ended. `reliable` False keeps its time out of every average."""

    kind = "transaction.ended"
    transaction_id: str
    outcome: Outcome
    reliable: bool = True
    over_reason: str | None = None


# --- counters --------------------------------------------------------------------------


class CounterOpened(Event):
    """A clerk took a counter."""

    kind = "counter.opened"
    counter: int
    clerk: str


class CounterClosed(Event):
    """The clerk left the counter."""

    kind = "counter.closed"
    counter: int


class CounterPaused(Event):
    """The counter takes nobody for a while, with a reason."""

    kind = "counter.paused"
    counter: int
    reason: PlainText


class CounterResumed(Event):
    """The counter takes customers again."""

    kind = "counter.resumed"
    counter: int


def _all_events(base: type[Event]) -> dict[str, type[Event]]:
    return {event_type.kind: event_type for event_type in base.__subclasses__()}


EVENT_TYPES: dict[str, type[Event]] = _all_events(Event)
"""Every kind of event and its model."""
