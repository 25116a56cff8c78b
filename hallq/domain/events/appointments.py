"""Events of appointments. Who came has a ticket: `TicketIssued` names the appointment."""

from hallq.domain.events.base import Event
from hallq.domain.lanes import Lane, Tier


class AppointmentBooked(Event):
    """A place in a slot was given away."""

    kind = "appointment.booked"
    appointment_id: str
    slot: str
    lane: Lane
    tier: Tier
    service: str
    customer: str | None = None


class AppointmentMoved(Event):
    """The customer comes at another time."""

    kind = "appointment.moved"
    appointment_id: str
    slot: str


class AppointmentCancelled(Event):
    """The customer does not come; the place is free."""

    kind = "appointment.cancelled"
    appointment_id: str
