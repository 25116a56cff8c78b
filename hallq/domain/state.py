"""The state of a hall: everything alive now, as one frozen value that the fold builds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hallq.domain.appointments import Appointment
from hallq.domain.attendance import Attendance
from hallq.domain.complaints import Complaint
from hallq.domain.counters import Counter
from hallq.domain.days import BusinessDay
from hallq.domain.events import Recorded
from hallq.domain.frozen import replace
from hallq.domain.handover import HandoverNote
from hallq.domain.lanes import Lane
from hallq.domain.ratings import LowRating
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.transactions import Transaction

RECENT_CALLS = 12

Living = Ticket | Transaction | HandoverNote | Appointment | LowRating | Complaint
"""What is alive in a state, and leaves it when it ends."""


@dataclass(frozen=True, slots=True)
class LastMoment:
    """Where the hall's clock stood at the newest event, the device clocks beside it, and which event it was.

    `incarnation` and `seq` name the event for good; its position alone would also fit another file's.
    """

    at_ms: int
    wall_ms: int
    boot_id: str
    boot_ms: int
    incarnation: str = ""
    seq: int = 0
    log_hash: str = ""

    @staticmethod
    def of(recorded: Recorded) -> "LastMoment":
        """The moment of an event."""
        return LastMoment(
            recorded.at_ms,
            recorded.wall_ms,
            recorded.boot_id,
            recorded.boot_ms,
            recorded.incarnation,
            recorded.seq,
            recorded.log_hash,
        )


@dataclass(frozen=True)
class RecentCall:
    """A call as the public board shows it. `void`: the ticket ended unserved, nobody is to come."""

    ticket_id: str
    label: str
    counter: int
    called_ms: int
    calls: int
    void: bool = False


@dataclass(frozen=True, slots=True)
class Rescue:
    """A call that went before late tickets of its lane."""

    position: int
    lane: Lane
    at_ms: int


@dataclass(frozen=True)
class HallState:
    """All live tickets with transactions, the counters, the day and its counts, who is here, open entries
    of the handover log, appointments of today and later, unseen low ratings, open complaints.

    `departed` holds what left the state by the last events and is not yet written down;
    whoever stores projections takes it from there and calls `settled()`.
    """

    position: int = 0
    moment: LastMoment | None = None
    day: BusinessDay | None = None
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    transactions: Mapping[str, Transaction] = field(default_factory=dict)
    counters: Mapping[int, Counter] = field(default_factory=dict)
    series: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)
    recent_calls: tuple[RecentCall, ...] = ()
    rescues: tuple[Rescue, ...] = ()
    attendance: Mapping[str, Attendance] = field(default_factory=dict)
    notes: Mapping[str, HandoverNote] = field(default_factory=dict)
    appointments: Mapping[str, Appointment] = field(default_factory=dict)
    low_ratings: Mapping[str, LowRating] = field(default_factory=dict)
    complaints: Mapping[str, Complaint] = field(default_factory=dict)
    departed: tuple[Living, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a business day is open."""
        return self.day is not None and self.day.is_open

    @property
    def business_date(self) -> str:
        """The date of the present or last day, empty before the first."""
        return self.day.date if self.day else ""

    @property
    def clock_offset_ms(self) -> int:
        """From the hall's clock to the time that the hall shows; 0 before the first day."""
        return self.day.clock_offset_ms if self.day else 0

    def settled(self) -> "HallState":
        """The same state after `departed` was written down."""
        return replace(self, departed=()) if self.departed else self

    def counter(self, number: int) -> Counter:
        """The counter, closed when nobody ever opened it."""
        return self.counters.get(number) or Counter(number)

    def waiting(self) -> list[Ticket]:
        """Tickets that wait to be called, in no order."""
        return [t for t in self.tickets.values() if t.state is TicketState.WAITING]

    def in_line(self, lane: Lane) -> list[Ticket]:
        """Those who wait in a lane, in no order; who comes by appointment stands in none."""
        return [t for t in self.waiting() if t.lane is lane and not t.is_by_appointment]

    def in_state(self, *states: TicketState) -> list[Ticket]:
        """Live tickets in one of `states`, by place in the queue."""
        return sorted((t for t in self.tickets.values() if t.state in states), key=lambda t: t.queue_key)

    def ticket_at(self, number: int) -> Ticket | None:
        """The ticket that a counter has granted, called or in service."""
        ticket_id = self.counter(number).ticket_id
        return self.tickets.get(ticket_id) if ticket_id else None

    def granted_to(self, number: int) -> list[Ticket]:
        """Tickets that a counter was granted and has not announced, earliest promise first."""
        granted = (t for t in self.tickets.values() if t.state is TicketState.GRANTED and t.counter == number)
        return sorted(granted, key=lambda t: t.due_key)

    def left_open_at(self, number: int) -> Transaction | None:
        """A transaction that runs at a counter for a ticket that is no longer there: a contested one."""
        for running in self.transactions.values():
            if running.counter == number and running.ended_ms is None:
                ticket = self.ticket_at(number)
                if ticket is None or ticket.ticket_id != running.ticket_id:
                    return running
        return None

    def running_transaction(self, ticket_id: str) -> Transaction | None:
        """The transaction of a visit that has not ended."""
        for transaction in self.transactions.values():
            if transaction.ticket_id == ticket_id and transaction.ended_ms is None:
                return transaction
        return None

    def transactions_of(self, ticket_id: str) -> list[Transaction]:
        """All transactions of a live visit, in the order they began."""
        of_visit = [t for t in self.transactions.values() if t.ticket_id == ticket_id]
        return sorted(of_visit, key=lambda t: (t.started_ms, t.transaction_id))
