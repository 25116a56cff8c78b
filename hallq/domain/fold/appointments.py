"""Fold of appointments: booked, moved, cancelled, kept; over when a later day opens."""

from hallq.domain import figure_names as names
from hallq.domain.appointments import Appointment, AppointmentState, date_of
from hallq.domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    Recorded,
    TicketIssued,
)
from hallq.domain.fold.dispatch import apply_event, count
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace

_S = AppointmentState


def _put(draft: Draft, appointment: Appointment) -> None:
    draft.appointments = {**draft.appointments, appointment.appointment_id: appointment}


@apply_event.register
def _booked(event: AppointmentBooked, draft: Draft, recorded: Recorded) -> None:
    if event.appointment_id in draft.appointments:
        return
    booked = Appointment(
        event.appointment_id,
        event.slot,
        event.lane,
        event.tier,
        event.service,
        _S.BOOKED,
        recorded.at_ms,
        event.customer,
    )
    count(draft, {names.APPOINTMENTS_BOOKED: 1})
    _put(draft, booked)


@apply_event.register
def _moved(event: AppointmentMoved, draft: Draft, recorded: Recorded) -> None:
    appointment = draft.appointments.get(event.appointment_id)
    if appointment is not None and appointment.is_open:
        count(draft, {names.APPOINTMENTS_MOVED: 1})
        _put(draft, replace(appointment, slot=event.slot))


@apply_event.register
def _cancelled(event: AppointmentCancelled, draft: Draft, recorded: Recorded) -> None:
    appointment = draft.appointments.get(event.appointment_id)
    if appointment is None or not appointment.is_open:
        return
    count(draft, {names.APPOINTMENTS_CANCELLED: 1})
    draft.appointments = {i: a for i, a in draft.appointments.items() if a is not appointment}
    draft.departed.append(replace(appointment, state=_S.CANCELLED, ended_ms=recorded.at_ms))


def checked_in(event: TicketIssued, draft: Draft) -> int | None:
    """The agreed time of who came in time and is the first to come for it; None for everybody else."""
    appointment = draft.appointments.get(event.appointment_id or "")
    if appointment is None or not appointment.is_open or appointment.slot != event.slot:
        return None  # cancelled, moved or checked in elsewhere meanwhile: an ordinary ticket
    is_late = event.agreed_ms is None
    state = _S.LATE if is_late else _S.ARRIVED
    count(draft, {names.APPOINTMENTS_LATE if is_late else names.APPOINTMENTS_ARRIVED: 1})
    _put(draft, replace(appointment, state=state, ticket_id=event.ticket_id))
    return event.agreed_ms


def let_go_before(draft: Draft, business_date: str, at_ms: int) -> None:
    """Another day opens: what was agreed for earlier ones is over."""
    over = [a for a in draft.appointments.values() if date_of(a.slot) < business_date]
    if over:
        kept = {i: a for i, a in draft.appointments.items() if date_of(a.slot) >= business_date}
        draft.appointments = kept
        draft.departed += [
            replace(a, state=_S.ABSENT if a.is_open else a.state, ended_ms=at_ms) for a in over
        ]


def absent(draft: Draft) -> int:
    """How many were expected by now and did not come: the day ends."""
    today = draft.business_date
    return sum(1 for a in draft.appointments.values() if a.is_open and date_of(a.slot) <= today)
