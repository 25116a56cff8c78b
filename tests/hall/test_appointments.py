"""Appointments from booking to call: who gets a place, who goes first, and what the lanes keep."""

import pytest

from hallq.domain import intents as i
from hallq.domain.appointments import AppointmentState
from hallq.domain.events import AppointmentBooked, TicketIssued
from hallq.domain.figures import Share
from hallq.domain.forecast import call_forecasts, lane_forecast
from hallq.domain.lanes import Lane, Tier
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.domain.views.board import board_view
from hallq.domain.views.counter import counter_view
from hallq.domain.views.day_page import APPOINTMENT_COUNTS, day_page
from hallq.domain.views.guide import issued_view
from hallq.domain.views.why import why_of_ticket
from hallq.hall import Hall
from hallq.i18n import set_language
from hallq.store.verify import verify_store
from hallq.wording.calls import why_sentences
from hallq.wording.counter import wait_words
from hallq.wording.day_page import APPOINTMENTS
from hallq.wording.guide import standing_words
from tests.builders import DATE, TryHall, a_config, a_hall

TOMORROW = "2026-11-23"
AT_TEN = f"{DATE}T10:00"
"""Half an hour after the hall of these tests opens."""


def books(hall: TryHall, slot: str = AT_TEN, tier: Tier = Tier.GOLD, service: str = "payment") -> str:
    """An appointment is booked; its id."""
    intent = i.BookAppointment(slot=slot, service=service, tier=tier)
    return hall.event(intent, AppointmentBooked).appointment_id


def checks_in(hall: TryHall, appointment_id: str) -> str:
    """The customer comes; the ticket's id."""
    return hall.event(i.CheckIn(appointment_id=appointment_id), TicketIssued).ticket_id


def test_who_has_an_appointment_is_called_at_its_time_before_those_who_wait(hall: TryHall) -> None:
    appointment_id = books(hall)
    hall.opens(2)
    earlier = [hall.issues(tier=Tier.DIAMOND), hall.issues()]
    hall.clock.pass_minutes(21)
    ticket_id = checks_in(hall, appointment_id)
    assert hall.ticket(ticket_id).label == "Y001"
    assert hall.serves() == earlier[0], "before its time it goes before nobody"
    hall.clock.pass_minutes(9)
    hall.finishes()
    assert hall.serves() == ticket_id
    assert hall.state.figures["call.by-appointment"] == 1
    assert hall.state.figures["lane.appointment.called_within"] == 1
    assert "lane.priority.called" in hall.state.figures  # the diamond customer's
    hall.finishes()
    assert hall.serves() == earlier[1]


def test_who_is_early_is_called_instead_of_standing_idle(hall: TryHall) -> None:
    appointment_id = books(hall)
    hall.opens(1, 2)
    hall.clock.pass_minutes(22)
    early = checks_in(hall, appointment_id)
    standard = hall.issues()
    assert hall.serves(1) == standard, "the VIP counter helps the others rather than calling ahead of time"
    assert hall.serves(2) == early
    assert hall.ticket(early).wait_ms == 0
    hall.clock.pass_minutes(4)
    hall.finishes(2)
    assert hall.state.figures["lane.appointment.called_within"] == 1


@pytest.mark.parametrize(
    ("minutes", "label", "by_appointment"), [(30, "Y001", True), (40, "Y001", True), (41, "V001", False)]
)
def test_who_is_late_by_more_than_the_grace_takes_an_ordinary_number(
    hall: TryHall, minutes: int, label: str, by_appointment: bool
) -> None:
    appointment_id = books(hall)
    hall.clock.pass_minutes(minutes)
    ticket = hall.ticket(checks_in(hall, appointment_id))
    assert (ticket.label, ticket.is_by_appointment, ticket.lane) == (label, by_appointment, Lane.PRIORITY)
    assert ticket.due_ms - ticket.issued_ms == (1 if by_appointment else 5) * 60_000
    state = AppointmentState.ARRIVED if by_appointment else AppointmentState.LATE
    assert hall.state.appointments[appointment_id].state is state
    assert hall.refuses(i.CheckIn(appointment_id=appointment_id)) is Reason.NOT_BOOKED


def test_who_comes_too_early_is_told_so(hall: TryHall) -> None:
    appointment_id = books(hall)
    hall.clock.pass_minutes(19)
    assert hall.refuses(i.CheckIn(appointment_id=appointment_id)) is Reason.TOO_EARLY
    hall.clock.pass_minutes(1)
    checks_in(hall, appointment_id)


def test_a_slot_has_so_many_places_for_each_lane(hall: TryHall) -> None:
    first = books(hall)
    books(hall)
    full = i.BookAppointment(slot=AT_TEN, service="payment", tier=Tier.DIAMOND)
    assert hall.refuses(full) is Reason.SLOT_FULL
    standard = i.BookAppointment(slot=AT_TEN, service="payment", tier=Tier.NONE)
    assert hall.refuses(standard) is Reason.NO_SUCH_SLOT
    hall.does(i.CancelAppointment(appointment_id=first))
    hall.does(full)
    assert hall.refuses(i.CancelAppointment(appointment_id=first)) is Reason.NOT_BOOKED


@pytest.mark.parametrize(
    ("slot", "reason"),
    [
        (f"{DATE}T09:30", Reason.SLOT_OVER),
        (f"{DATE}T10:15", Reason.NO_SUCH_SLOT),
        ("2026-11-21T10:00", Reason.NO_SUCH_SLOT),
        ("2026-12-07T10:00", Reason.NO_SUCH_SLOT),
        ("soon", Reason.NO_SUCH_SLOT),
    ],
)
def test_only_slots_of_today_and_the_next_days_can_be_booked(
    hall: TryHall, slot: str, reason: Reason
) -> None:
    assert hall.refuses(i.BookAppointment(slot=slot, service="payment", tier=Tier.GOLD)) is reason


def test_another_time_is_agreed_two_hours_ahead(hall: TryHall) -> None:
    soon, later = books(hall), books(hall, f"{DATE}T11:30")
    move = i.MoveAppointment(appointment_id=soon, slot=f"{TOMORROW}T10:00")
    assert hall.refuses(move) is Reason.MOVE_TOO_LATE
    hall.does(i.MoveAppointment(appointment_id=later, slot=f"{TOMORROW}T10:00"))
    assert hall.state.appointments[later].slot == f"{TOMORROW}T10:00"
    books(hall, f"{TOMORROW}T10:00")
    third = books(hall, f"{TOMORROW}T11:00")
    assert hall.refuses(i.MoveAppointment(appointment_id=third, slot=f"{TOMORROW}T10:00")) is Reason.SLOT_FULL


def test_an_appointment_for_a_later_day_is_there_on_that_day_and_over_after_it(hall: TryHall) -> None:
    kept, missed = books(hall, f"{TOMORROW}T10:00"), books(hall, f"{TOMORROW}T10:30")
    today = books(hall)
    hall.does(i.CloseDay())
    assert hall.state.figures["appointments.absent"] == 1
    hall.does(i.OpenDay(business_date=DATE))
    assert hall.state.figures["appointments.absent"] == 0, "who comes after a reopening has come"
    hall.does(i.CloseDay())
    hall.clock.pass_minutes(24 * 60)
    hall.does(i.OpenDay(business_date=TOMORROW))
    assert set(hall.state.appointments) == {kept, missed}
    hall.clock.pass_minutes(25)
    assert hall.ticket(checks_in(hall, kept)).label == "Y001"
    hall.does(i.CloseDay(carry="all"))
    hall.clock.pass_minutes(24 * 60)
    hall.does(i.OpenDay(business_date="2026-11-24"))
    assert hall.state.appointments == {}
    (carried,) = hall.state.tickets.values()
    assert not carried.is_by_appointment, "its time was another day's"
    verdict = verify_store(hall.store)
    assert (verdict.agrees, verdict.compared["appointments"]) == (True, 3), verdict.differences
    again = Hall(hall.store, hall.hall.config, clock=hall.clock)
    assert again.state == hall.state
    with hall.store.reading() as connection:
        rows = connection.execute("SELECT appointment_id, state FROM appointment").fetchall()
    assert dict(rows) == {today: "absent", kept: "arrived", missed: "absent"}


def test_an_appointment_that_was_missed_comes_back_as_anybody_else(hall: TryHall) -> None:
    appointment_id = books(hall)
    hall.opens(2)
    hall.clock.pass_minutes(30)
    ticket_id = checks_in(hall, appointment_id)
    hall.calls()
    hall.does(i.ReportMissed(counter=2))
    others = [hall.issues(tier=Tier.GOLD) for _ in range(3)]
    hall.does(i.ReturnMissed(ticket_id=ticket_id))
    assert hall.ticket(ticket_id).state is TicketState.WAITING
    assert hall.serves() == others[0]


def test_a_call_taken_back_leaves_the_appointment_first(hall: TryHall) -> None:
    appointment_id = books(hall)
    hall.opens(2)
    hall.clock.pass_minutes(20)
    ticket_id = checks_in(hall, appointment_id)
    assert hall.calls() == ticket_id  # nobody else is here
    hall.does(i.WithdrawCall(counter=2))
    assert "lane.appointment.called" not in {n for n, count in hall.state.figures.items() if count}
    hall.issues(tier=Tier.SUPREME)
    hall.clock.pass_minutes(10)
    assert hall.calls() == ticket_id
    assert hall.ticket(ticket_id).wait_ms == 0


def test_priority_by_hand_is_nothing_for_who_is_first_anyway(hall: TryHall) -> None:
    config = a_config(appointments={"slots": [{"at": "10:00:00", "standard": 1}]})
    own = a_hall(hall.store, hall.clock, config)
    appointment_id = books(own, tier=Tier.NONE)
    own.clock.pass_minutes(25)
    ticket_id = checks_in(own, appointment_id)
    assert own.ticket(ticket_id).lane is Lane.STANDARD
    raised = i.GivePriority(ticket_id=ticket_id, reason="elderly")
    assert own.refuses(raised) is Reason.ALREADY_PRIORITY


def test_what_became_of_appointments_is_on_the_page_of_the_day(hall: TryHall) -> None:
    hall.opens(2)
    kept, late = books(hall), books(hall)
    books(hall, f"{DATE}T10:30")
    hall.does(i.CancelAppointment(appointment_id=books(hall, f"{DATE}T11:00")))
    hall.clock.pass_minutes(30)
    checks_in(hall, kept)
    hall.serves()
    hall.finishes()
    hall.clock.pass_minutes(15)
    checks_in(hall, late)
    hall.serves()
    hall.finishes()
    hall.does(i.CloseDay())
    past = hall.hall.past.day(DATE)
    assert past is not None
    page = day_page(hall.state, hall.hall.config, hall.hall.now_ms(), past)
    assert page.appointments == {
        "appointments.arrived": 1,
        "appointments.late": 1,
        "appointments.absent": 1,
        "appointments.booked": 4,
        "appointments.cancelled": 1,
    }
    assert page.at_once == Share(1, 1)
    assert page.balance.came == page.balance.accounted == 2
    assert set(APPOINTMENTS) == set(APPOINTMENT_COUNTS)
    (priority,) = [lane for lane in page.lanes if lane.lane is Lane.PRIORITY]
    assert (priority.numbers, priority.called) == (2, 1), "who comes by appointment is no call of the lane"


def test_everybody_sees_the_agreed_time(hall: TryHall) -> None:
    set_language("en")
    hall.opens(2)
    appointment_id = books(hall)
    hall.clock.pass_minutes(24)
    standard = hall.issues()
    hall.clock.pass_minutes(1)
    ticket_id = checks_in(hall, appointment_id)
    state, config, now_ms = hall.state, hall.hall.config, hall.hall.now_ms()
    assert board_view(state, config, now_ms).by_appointment == 1
    assert [lane.waiting for lane in board_view(state, config, now_ms).lanes] == [0, 1]
    issued = issued_view(state, config, hall.ticket(ticket_id), now_ms)
    assert standing_words(issued) == ("called at 10:00, by appointment",)
    assert list(call_forecasts(state, config, now_ms)) == [standard, ticket_id]
    assert call_forecasts(state, config, now_ms)[ticket_id].low_ms == 5 * 60_000
    hall.clock.pass_minutes(5)
    assert list(call_forecasts(state, config, hall.hall.now_ms())) == [ticket_id, standard]
    hall.serves()
    card = counter_view(hall.state, config, 2, hall.hall.now_ms()).card
    assert card is not None
    assert wait_words(card) == "by appointment at 10:00, waited 0 min"
    why = why_of_ticket(hall.ticket(ticket_id))
    assert why is not None
    assert why_sentences(config, why) == (
        "Y001 has an appointment for 10:00: who comes at the agreed time is called before the queue.",
        ("B001 waited 6 min; the one called had an appointment for this time.",),
    )


def test_the_forecast_counts_who_is_expected_before_a_number_taken_now(hall: TryHall) -> None:
    hall.opens(2)
    for _ in range(4):
        hall.issues()
    hall.serves()

    def wait() -> int:
        return lane_forecast(hall.state, hall.hall.config, Lane.STANDARD, hall.hall.now_ms()).middle_ms

    before = wait()
    books(hall)
    books(hall, f"{DATE}T14:00")
    assert wait() == before, "half an hour ahead it is not in the way yet"
    hall.clock.pass_minutes(25)
    assert wait() > before
    hall.clock.pass_minutes(16)
    assert wait() == before, "past the grace time nobody is waited for"
