"""The guide's day of appointments with real keys: book, check in, move, call off."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from hallq.domain import intents as i
from hallq.domain.appointments import Appointment, AppointmentState, booking_number
from hallq.domain.events import AppointmentBooked
from hallq.domain.lanes import Tier
from hallq.widgets.appointment_list import AppointmentList
from hallq.widgets.issued_ticket import IssuedTicket, PanelText
from hallq.widgets.key_bar import KeyBar
from hallq.widgets.notice_line import NoticeLine
from tests.builders import DATE, TryHall
from tests.screens.hands import Text, press
from tests.screens.test_guide import at_the_door, notices, text_of

AT_TEN = f"{DATE}T10:00"


def books(hall: TryHall, slot: str = AT_TEN, tier: Tier = Tier.GOLD) -> str:
    intent = i.BookAppointment(slot=slot, service="payment", tier=tier)
    return hall.event(intent, AppointmentBooked).appointment_id


def only_one(hall: TryHall) -> Appointment:
    (appointment,) = hall.state.appointments.values()
    return appointment


def said(pilot: Pilot[None], where: str) -> str:
    return str(pilot.app.screen.query_one(where, Static).render())


async def test_what_was_chosen_at_the_desk_is_booked_with_two_keys(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "t", "3", "y")
        assert "To book: SIM replacement · Gold" in said(pilot, "#appointments-for")
        await press(pilot, "down", "space")
        booked = only_one(hall)
        assert (booked.slot, booked.service, booked.tier) == (
            f"{DATE}T10:30",
            "sim_replacement",
            Tier.GOLD,
        )
        assert (
            notices(pilot)[-1] == f"Booked: Sun 11/22 10:30, number {booking_number(booked.appointment_id)}."
        )
        await press(pilot, "escape")
        assert "10:30: 1 to come" in said(pilot, "#guide-expected")
        await press(pilot, "space")
        assert not hall.state.tickets, "the customer is done with: nothing is left at the desk"


async def test_a_customer_is_found_again_by_the_number_that_she_gave(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "t", "3", "n", Text("10000000421"), "enter", "y", "down", "down", "space")
        assert only_one(hall).customer
        await press(pilot, "escape", "n", Text("10000000421"), "enter")
        assert said(pilot, "#guide-expected") == "▲ has an appointment: Sun 11/22 11:00 (Y)"
        await press(pilot, "y")
        assert "❯ 11:00" in text_of(pilot, AppointmentList)


async def test_what_was_not_chosen_is_asked(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "y", "b", "2", "1")
        assert (only_one(hall).slot, only_one(hall).tier) == (AT_TEN, Tier.SUPREME)
        assert only_one(hall).service == hall.hall.config.services[1].code


async def test_a_hasty_space_books_the_lowest_tier_that_has_places(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "y", "down", "down", "b", "2", "space")
        assert only_one(hall).tier is Tier.GOLD


async def test_who_comes_has_the_number_large_at_the_desk(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        books(hall)
        hall.clock.pass_minutes(21)
        await press(pilot, "y")
        assert " in 9 min" in text_of(pilot, AppointmentList)
        await press(pilot, "space")
        assert pilot.app.screen.query_one(IssuedTicket).has_class("-issued", "-priority")
        assert "called at 10:00, by appointment" in text_of(pilot, PanelText)
        await press(pilot, "y", "up", "up", "down", "down")
        assert "✓ here Y001" in text_of(pilot, AppointmentList)


async def test_who_wants_to_book_does_not_check_in_somebody_else(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        expected = books(hall)
        hall.clock.pass_minutes(21)
        await press(pilot, "3", "t", "3", "y", "space")
        (booked,) = (a for a in hall.state.appointments.values() if a.appointment_id != expected)
        assert booked.slot == f"{DATE}T10:30"
        assert hall.state.appointments[expected].state is AppointmentState.BOOKED


async def test_another_time_is_chosen_on_another_day(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        appointment_id = books(hall, f"{DATE}T14:00")
        await press(pilot, "y", *["down"] * 4, "m")
        assert "until now Sun 11/22 14:00" in said(pilot, "#appointments-for")
        assert pilot.app.screen.query_one("#appointments-for").size.height == 2, "the way back is in sight"
        await press(pilot, "escape")
        assert "until now" not in said(pilot, "#appointments-for")
        await press(pilot, "m", "right", "down", "space")
        assert hall.state.appointments[appointment_id].slot == "2026-11-23T09:30"
        assert "❯ 09:30" in text_of(pilot, AppointmentList)
        await press(pilot, "left")
        assert "booked 0" in said(pilot, "#appointments-day")


async def test_too_late_to_move_is_said_and_calling_off_asks_first(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        books(hall)
        await press(pilot, "y", "m")
        assert "until 120 minutes before" in said(pilot, "NoticeLine")
        await press(pilot, "x", "escape")
        assert only_one(hall).state is AppointmentState.BOOKED
        await press(pilot, "x", "enter")
        assert hall.state.appointments == {}
        assert "its place is free" in notices(pilot)[-1]


async def test_the_last_place_that_somebody_else_has_taken_meanwhile(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        books(hall)
        await press(pilot, "1", "t", "3", "y")
        books(hall)  # at another terminal
        await press(pilot, "b")
        told = " ".join([*notices(pilot), said(pilot, "NoticeLine")])
        assert "is full: all 2 places are taken" in told or "full or past" in told
        assert len(hall.state.appointments) == 2


@pytest.mark.parametrize("size", [(50, 16), (80, 24), (200, 60)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_size_shows_the_cursor_and_the_keys(
    hall: TryHall, size: tuple[int, int], language: str
) -> None:
    books(hall, f"{DATE}T16:30")
    async with at_the_door(hall, size, language) as pilot:
        await press(pilot, "y", "end")
        assert "❯ 16:30" in text_of(pilot, AppointmentList)
        assert pilot.app.screen.query_one(KeyBar).size.height <= 2
        assert pilot.app.screen.query_one(NoticeLine).display
