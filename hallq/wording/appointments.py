"""Appointments in words."""

from hallq.domain.appointments import AppointmentState, date_of
from hallq.i18n import N_
from hallq.wording import times

STATES: dict[AppointmentState, str] = {
    AppointmentState.BOOKED: N_("expected"),
    AppointmentState.ARRIVED: N_("here"),
    AppointmentState.LATE: N_("came late"),
    AppointmentState.CANCELLED: N_("called off"),
    AppointmentState.ABSENT: N_("did not come"),
}


def slot_words(slot: str) -> str:
    """A slot's day and time; the text itself where it names none."""
    try:
        return f"{times.day(date_of(slot))} {slot[11:]}"
    except ValueError:
        return slot
