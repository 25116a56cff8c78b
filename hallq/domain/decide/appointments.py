"""Appointments: agreed, put off, called off, kept."""

from hallq.domain.appointments import NO_WAIT_MS, Appointment, AppointmentState, date_of
from hallq.domain.config import MINUTE_MS
from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    ahead_in_lane,
    decide,
    not_open,
    unknown_service,
)
from hallq.domain.decide.issuing import next_number, own_series
from hallq.domain.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, TicketIssued
from hallq.domain.intents import BookAppointment, CancelAppointment, CheckIn, MoveAppointment
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.slots import wall_ms
from hallq.domain.spoken_waits import told_wait
from hallq.domain.state import HallState


@decide.register
def _book(intent: BookAppointment, state: HallState, moment: Moment) -> Decision:
    lane = moment.config.lane_of(intent.tier)
    refusal = not_open(state) or unknown_service(moment, intent.service)
    if refusal := refusal or _no_place(state, moment, intent.slot, lane):
        return refusal
    return [
        AppointmentBooked(
            appointment_id=moment.new_id(),
            slot=intent.slot,
            lane=lane,
            tier=intent.tier,
            service=intent.service,
            customer=intent.customer,
        )
    ]


def _no_place(state: HallState, moment: Moment, slot: str, lane: Lane) -> Refusal | None:
    """Why nobody of this lane can be booked there; the day is open."""
    rule, today = moment.config.appointments, state.business_date
    facts: dict[str, int | str] = {"slot": slot, "lane": lane}
    there = rule.on(date_of(slot)).get(slot)
    places = there.places(lane) if there else 0
    if not places or not today <= date_of(slot) <= rule.last_date(today):
        return Refusal(Reason.NO_SUCH_SLOT, facts)
    if _agreed_ms(slot, state, moment) <= moment.now_ms:
        return Refusal(Reason.SLOT_OVER, facts)
    taken = sum(1 for a in state.appointments.values() if a.slot == slot and a.lane is lane)
    return Refusal(Reason.SLOT_FULL, facts | {"places": places}) if taken >= places else None


def _agreed_ms(slot: str, state: HallState, moment: Moment) -> int:
    """A slot on the hall's clock, as the open day shows the time."""
    return wall_ms(slot, moment.config.zone_info) - state.clock_offset_ms


def _expected(state: HallState, appointment_id: str) -> Appointment | Refusal:
    """The appointment, if the day is open and its customer has not come yet."""
    if refusal := not_open(state):
        return refusal
    appointment = state.appointments.get(appointment_id)
    if appointment is None or not appointment.is_open:
        known = appointment.state if appointment else AppointmentState.CANCELLED
        return Refusal(Reason.NOT_BOOKED, {"state": known})
    return appointment


@decide.register
def _move(intent: MoveAppointment, state: HallState, moment: Moment) -> Decision:
    appointment = _expected(state, intent.appointment_id)
    if isinstance(appointment, Refusal):
        return appointment
    if appointment.slot == intent.slot:
        return []
    minutes = moment.config.appointments.change_minutes
    left_ms = _agreed_ms(appointment.slot, state, moment) - moment.now_ms
    if left_ms < minutes * MINUTE_MS:
        return Refusal(Reason.MOVE_TOO_LATE, {"slot": appointment.slot, "minutes": round(minutes)})
    refusal = _no_place(state, moment, intent.slot, appointment.lane)
    return refusal or [AppointmentMoved(appointment_id=appointment.appointment_id, slot=intent.slot)]


@decide.register
def _cancel(intent: CancelAppointment, state: HallState, moment: Moment) -> Decision:
    appointment = _expected(state, intent.appointment_id)
    if isinstance(appointment, Refusal):
        return appointment
    return [AppointmentCancelled(appointment_id=appointment.appointment_id)]


@decide.register
def _check_in(intent: CheckIn, state: HallState, moment: Moment) -> Decision:
    appointment = _expected(state, intent.appointment_id)
    if isinstance(appointment, Refusal):
        return appointment
    if refusal := unknown_service(moment, appointment.service):
        return refusal
    rule, now_ms = moment.config.appointments, moment.now_ms
    agreed_ms = _agreed_ms(appointment.slot, state, moment)
    if now_ms < agreed_ms - rule.early_minutes * MINUTE_MS:
        return Refusal(Reason.TOO_EARLY, {"slot": appointment.slot, "minutes": round(rule.early_minutes)})
    if now_ms > agreed_ms + rule.grace_minutes * MINUTE_MS:
        return [_issued(appointment, state, moment, None)]
    return [_issued(appointment, state, moment, agreed_ms)]


def _issued(
    appointment: Appointment, state: HallState, moment: Moment, agreed_ms: int | None
) -> TicketIssued:
    """The number of who came: in time with the agreed time, late as everybody of the lane."""
    config, lane = moment.config, appointment.lane
    low = high = None
    lane_due_ms = moment.now_ms + config.target_ms(lane)
    if agreed_ms is None:
        low, high = told_wait(state, config, lane, appointment.service, moment.now_ms)
        letter, due_ms = config.series_of(lane, appointment.service), lane_due_ms
    else:
        letter, due_ms = config.appointments.series, max(agreed_ms, moment.now_ms) + NO_WAIT_MS
    series = own_series(letter, moment.digit)
    return TicketIssued(
        ticket_id=moment.new_id(),
        business_date=state.business_date,
        series=series,
        number=next_number(state, series, moment),
        lane=lane,
        tier=appointment.tier,
        service=appointment.service,
        due_ms=due_ms,
        ahead=ahead_in_lane(state, lane, due_ms) if agreed_ms is None else 0,
        customer=appointment.customer,
        appointment_id=appointment.appointment_id,
        slot=appointment.slot,
        agreed_ms=agreed_ms,
        lane_due_ms=None if agreed_ms is None else lane_due_ms,
        told_low_minutes=low,
        told_high_minutes=high,
    )
