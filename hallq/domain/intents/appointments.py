"""Appointments at the guide's desk."""

from hallq.domain.intents.base import Intent
from hallq.domain.lanes import Tier
from hallq.domain.text import PlainText


class BookAppointment(Intent):
    """Agree on a time. `customer` is an opaque reference; the tier says whose place in the slot it takes."""

    slot: PlainText
    service: PlainText
    tier: Tier
    customer: PlainText | None = None


class MoveAppointment(Intent):
    """Agree on another time."""

    appointment_id: PlainText
    slot: PlainText


class CancelAppointment(Intent):
    """The customer does not come."""

    appointment_id: PlainText


class CheckIn(Intent):
    """The customer came for an appointment: give the number."""

    appointment_id: PlainText
