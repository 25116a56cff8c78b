"""An appointment: a place in a slot that was agreed ahead. It lives from booking until its day is past.

A slot is named by its date and its time on the hall's wall, `2026-11-22T10:30`: the hall's clock of a
later day is not known yet. A customer who comes gets a ticket, and from then on the ticket counts.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.lanes import Lane, Tier

NO_WAIT_MS = 60_000
"""Called at once: within the minute that was agreed."""


class AppointmentState(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    LATE = "late"
    """Came after the grace time: an ordinary ticket."""
    CANCELLED = "cancelled"
    ABSENT = "absent"


@dataclass(frozen=True)
class Appointment:
    """One place in a slot. `customer`: an opaque reference; `ticket_id`: the ticket of who came.

    `booked_ms`, `ended_ms`: on the hall's clock. It ends when it is cancelled, or when a later day opens.
    """

    appointment_id: str
    slot: str
    lane: Lane
    tier: Tier
    service: str
    state: AppointmentState
    booked_ms: int
    customer: str | None = None
    ticket_id: str | None = None
    ended_ms: int | None = None

    @property
    def business_date(self) -> str:
        """The date of the slot."""
        return date_of(self.slot)

    @property
    def is_open(self) -> bool:
        """Whether the customer is still expected."""
        return self.state is AppointmentState.BOOKED


def booking_number(appointment_id: str) -> str:
    """Six digits by which people name an appointment. Made from its id: a move changes nothing."""
    digest = hashlib.sha256(appointment_id.encode()).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"


def date_of(slot: str) -> str:
    """The date in a slot's name."""
    return slot[:10]


def time_of(slot: str) -> str:
    """The time of day in a slot's name."""
    return slot[11:]
