"""Appointments of a hall with many terminals: the hub gives the places away, who comes is let in anywhere."""

from hallq.domain import intents as i
from hallq.domain.appointments import AppointmentState
from hallq.domain.events import AppointmentBooked, TicketIssued
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Reason
from hallq.store.verify import verify_store
from tests.builders import DATE
from tests.sync.lives import Terminal, Town, agree

AT_TEN = i.BookAppointment(slot=f"{DATE}T10:00", service="payment", tier=Tier.GOLD)


def _open(town: Town) -> tuple[Terminal, Terminal]:
    one, other = town.terminal("guide"), town.terminal("second")
    one.does(i.OpenDay(business_date=DATE))
    other.syncs()
    return one, other


def _checks_in(terminal: Terminal, appointment_id: str) -> str:
    return terminal.event(i.CheckIn(appointment_id=appointment_id), TicketIssued).ticket_id


def test_two_guides_who_book_the_last_place_do_not_both_get_it(town: Town) -> None:
    one, other = _open(town)
    one.does(AT_TEN)
    other.does(AT_TEN)  # nobody has heard of the other one yet
    assert one.refuses_at(AT_TEN) is Reason.SLOT_FULL
    agree(one, other)
    assert len(one.state.appointments) == 2


def test_a_booking_whose_answer_was_lost_is_made_once(town: Town) -> None:
    one, other = _open(town)
    one.line.faults = ["answer"]
    assert one.unanswered(AT_TEN)
    agree(one, other)
    assert len(other.state.appointments) == 1


def test_cut_off_nothing_is_agreed_but_who_comes_is_let_in(town: Town) -> None:
    one, other = _open(town)
    appointment_id = one.event(AT_TEN, AppointmentBooked).appointment_id
    other.syncs()
    other.cut()
    assert other.refuses_at(AT_TEN) is Reason.NEEDS_HUB
    moved = i.MoveAppointment(appointment_id=appointment_id, slot=f"{DATE}T11:00")
    assert other.refuses_at(moved) is Reason.NEEDS_HUB
    town.clock.pass_minutes(25)
    ticket_id = _checks_in(other, appointment_id)
    assert other.state.tickets[ticket_id].label == "Y2-001"
    other.opens(2)
    assert other.calls(2) == ticket_id, "it was never sent: this terminal's own"
    other.healed()
    agree(one, other)
    assert one.state.appointments[appointment_id].state is AppointmentState.ARRIVED


def test_who_was_let_in_twice_goes_first_once(town: Town) -> None:
    one, other = _open(town)
    appointment_id = one.event(AT_TEN, AppointmentBooked).appointment_id
    other.syncs()
    town.clock.pass_minutes(25)
    other.cut()
    first, second = _checks_in(one, appointment_id), _checks_in(other, appointment_id)
    agree(one)
    other.healed()
    agree(one, other)
    tickets = one.state.tickets
    assert [tickets[first].is_by_appointment, tickets[second].is_by_appointment] == [True, False]
    target_ms = one.hall.config.target_ms(tickets[second].lane)
    assert tickets[second].due_ms - tickets[second].issued_ms == target_ms
    assert one.state.figures.get("contested", 0) == 0
    assert verify_store(one.store).agrees
    assert verify_store(other.store).agrees


def test_who_was_called_off_meanwhile_is_an_ordinary_customer(town: Town) -> None:
    one, other = _open(town)
    appointment_id = one.event(AT_TEN, AppointmentBooked).appointment_id
    other.syncs()
    other.cut()
    one.does(i.CancelAppointment(appointment_id=appointment_id))
    town.clock.pass_minutes(25)
    ticket_id = _checks_in(other, appointment_id)
    assert other.state.tickets[ticket_id].is_by_appointment
    other.healed()
    agree(one, other)
    assert not one.state.tickets[ticket_id].is_by_appointment


def test_an_appointment_is_kept_in_advance_for_no_counter(town: Town) -> None:
    one, other = _open(town)
    appointment_id = one.event(AT_TEN, AppointmentBooked).appointment_id
    one.opens(1)
    other.opens(2)
    for _ in range(6):
        one.issues()
    town.clock.pass_minutes(25)
    ticket_id = _checks_in(one, appointment_id)
    agree(one, other)
    town.clock.pass_minutes(5)
    other.cut()
    assert one.calls(1) == ticket_id
