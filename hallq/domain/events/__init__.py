"""What happened, as frozen facts. An event is written once and never changed.

An event holds everything the fold needs, so that the same log gives the same state
under any later `hall.toml`. It never holds a name, phone or card number: `customer`
is an opaque reference, and `clerk` a staff number or short name.
"""

from hallq.domain.events.appointments import AppointmentBooked, AppointmentCancelled, AppointmentMoved
from hallq.domain.events.base import Event, Milliseconds, Recorded
from hallq.domain.events.calling import (
    CallWithdrawn,
    CustomerArrived,
    PassedOver,
    TicketAnnounced,
    TicketGranted,
    TicketMissed,
    TicketRecalled,
    TicketReleased,
    TicketReturned,
)
from hallq.domain.events.counters import (
    CounterClosed,
    CounterLanesChanged,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterTakenOver,
)
from hallq.domain.events.day import ClockAdopted, DayClosed, DayOpened
from hallq.domain.events.feedback import (
    ComplaintAnswered,
    ComplaintFollowedUp,
    ComplaintSettled,
    ComplaintTaken,
    NumberLookedAt,
    RatingSeen,
    VisitRated,
)
from hallq.domain.events.issuing import CustomerDiverted, PriorityGiven, TicketIssued
from hallq.domain.events.shift import NoteSettled, NotesRead, NoteWritten, PresenceChanged, PresenceLost
from hallq.domain.events.staff import StaffChanged
from hallq.domain.events.transactions import OverrunExplained, TransactionEnded, TransactionStarted
from hallq.domain.events.vip import DirectoryNoted
from hallq.domain.events.visits import (
    CustomerLeft,
    HoldEnded,
    TicketCancelled,
    TicketExpired,
    VisitFinished,
    VisitHeld,
    VisitTransferred,
)

__all__ = [
    "EVENT_TYPES",
    "AppointmentBooked",
    "AppointmentCancelled",
    "AppointmentMoved",
    "CallWithdrawn",
    "ClockAdopted",
    "ComplaintAnswered",
    "ComplaintFollowedUp",
    "ComplaintSettled",
    "ComplaintTaken",
    "CounterClosed",
    "CounterLanesChanged",
    "CounterOpened",
    "CounterPaused",
    "CounterResumed",
    "CounterTakenOver",
    "CustomerArrived",
    "CustomerDiverted",
    "CustomerLeft",
    "DayClosed",
    "DayOpened",
    "DirectoryNoted",
    "Event",
    "HoldEnded",
    "Milliseconds",
    "NoteSettled",
    "NoteWritten",
    "NotesRead",
    "NumberLookedAt",
    "OverrunExplained",
    "PassedOver",
    "PresenceChanged",
    "PresenceLost",
    "PriorityGiven",
    "RatingSeen",
    "Recorded",
    "StaffChanged",
    "TicketAnnounced",
    "TicketCancelled",
    "TicketExpired",
    "TicketGranted",
    "TicketIssued",
    "TicketMissed",
    "TicketRecalled",
    "TicketReleased",
    "TicketReturned",
    "TransactionEnded",
    "TransactionStarted",
    "VisitFinished",
    "VisitHeld",
    "VisitRated",
    "VisitTransferred",
]

EVENT_TYPES: dict[str, type[Event]] = {kind.kind: kind for kind in Event.__subclasses__()}
"""Every kind of event and its model."""
