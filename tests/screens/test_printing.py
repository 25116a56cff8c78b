"""The guide's screen with a printer on a real port: each number comes out, and again by a key."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from hallq.app import HallApp
from hallq.domain.appointments import booking_number
from hallq.domain.devices import PrinterState
from hallq.i18n import set_language
from hallq.store import Store
from hallq.widgets.issued_ticket import PanelText
from tests.builders import ACTOR, HandClock, TryHall, a_config, a_hall
from tests.paper.receipt_printer import ReceiptPrinter, a_printer_that_is_off
from tests.rig.waiting import until
from tests.screens.hands import press, settled
from tests.screens.test_guide import notices, text_of


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    """A printer at the door."""
    with ReceiptPrinter() as listening:
        yield listening


@pytest.fixture
def printing(store: Store, clock: HandClock, printer: ReceiptPrinter) -> TryHall:
    """A hall whose settings name it."""
    return a_hall(store, clock, a_config(printer=printer.rule().model_dump(), voice={"mode": "off"}))


@asynccontextmanager
async def at_the_door(
    hall: TryHall, folder: Path, size: tuple[int, int] = (80, 24), language: str = "en", role: str = "guide"
) -> AsyncIterator[Pilot[None]]:
    """The guide's screen, or another one, with what is attached to the terminal."""
    set_language(language)
    app = HallApp(hall.hall, ACTOR, role=role)
    app.attach(folder / "hall.db")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot
    set_language("en")


def shown(pilot: Pilot[None]) -> str:
    """The printer's line as it is now."""
    screen = pilot.app.screen
    screen.refresh_all()  # type: ignore[attr-defined]
    return str(screen.query_one("#guide-printer", Static).render())


def is_in_state(pilot: Pilot[None], state: PrinterState) -> None:
    app = pilot.app
    assert isinstance(app, HallApp)
    desk = app.printer
    assert desk is not None
    until(lambda: desk.status().state is state, f"{state}")


async def test_a_number_is_printed_when_it_is_given(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "3", "space")
        printer.has_printed(b"A001\n")
        printer.has_printed("补(换)卡".encode("gb18030"))
        is_in_state(pilot, PrinterState.READY)
        assert shown(pilot) == "● Printer: ready"


async def test_the_key_prints_a_copy_that_says_so(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "1", "space")
        printer.has_printed(b"B001\n")
        assert "补打".encode("gb18030") not in printer.printed
        await press(pilot, "l")
        printer.has_printed("补打".encode("gb18030"))
        assert notices(pilot)[-1] == "B001 is printed again, marked as a copy."


async def test_an_earlier_number_is_found_and_printed_again(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    printing.issues()
    printing.issues()
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "f", "1", "enter")
        printer.has_printed(b"B001\n")
        assert b"B002\n" not in printer.printed


async def test_the_key_asks_which_number_where_none_was_given_here(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    printing.issues()
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "l", "enter")
        printer.has_printed(b"B001\n")


async def test_without_paper_numbers_are_given_all_the_same(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    printer.no_paper()
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "1", "space", "2", "space")
        assert len(printing.state.tickets) == 2
        assert "Bill query" in text_of(pilot, PanelText)
        is_in_state(pilot, PrinterState.NO_PAPER)
        assert shown(pilot) == "▲ Printer: no paper · 2 tickets wait for it · tell the number"
        await press(pilot, "l")
        assert notices(pilot)[-1] == "B002 waits for the printer already."
        printer.new_roll()
        printer.has_printed(b"B002\n")
        assert printer.printed.count(b"B001\n") == printer.printed.count(b"B002\n") == 1


async def test_a_slip_that_broke_off_is_told(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    printer.closes_after = 10
    async with at_the_door(printing, tmp_path, language="zh") as pilot:
        await press(pilot, "1", "space")
        while not notices(pilot):
            await pilot.pause()
        assert notices(pilot) == ["B001 可能只打了一半。按 F 输入号码补打一张。"]


async def test_without_a_printer_there_is_no_key_and_no_line(hall: TryHall, tmp_path: Path) -> None:
    async with at_the_door(hall, tmp_path) as pilot:
        await press(pilot, "1", "space", "l")
        assert notices(pilot) == []
        assert not pilot.app.screen.query_one("#guide-printer", Static).has_class("-shown")


async def test_an_appointment_is_printed_when_it_is_agreed_and_again_by_a_key(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    async with at_the_door(printing, tmp_path) as pilot:
        await press(pilot, "3", "t", "3", "y", "down", "space")
        (appointment,) = printing.state.appointments.values()
        number = booking_number(appointment.appointment_id)
        printer.has_printed(f"预约号 {number}".encode("gb18030"))
        is_in_state(pilot, PrinterState.READY)
        await press(pilot, "l")
        printer.has_printed("补打".encode("gb18030"))
        assert notices(pilot)[-1] == f"{number} is printed again, marked as a copy."


async def test_a_printer_that_is_off_holds_no_appointment(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    with a_printer_that_is_off() as off:
        hall = a_hall(store, clock, a_config(printer=off.model_dump(), voice={"mode": "off"}))
        async with at_the_door(hall, tmp_path) as pilot:
            await press(pilot, "3", "t", "3", "y", "down", "space")
            assert len(hall.state.appointments) == 1
            await press(pilot, "l")
            assert "waits for the printer already" in notices(pilot)[-1]


async def test_p_prints_the_page_of_the_day(
    printing: TryHall, printer: ReceiptPrinter, tmp_path: Path
) -> None:
    printing.issues()
    async with at_the_door(printing, tmp_path, role="manager") as pilot:
        await press(pilot, "s")
        assert "P prints it" in str(pilot.app.screen.query_one("#page-foot", Static).render())
        await press(pilot, "p")
        printer.has_printed(b"\x1dV\x01")
        assert "Where the numbers went".encode("gb18030") in printer.printed
        assert notices(pilot)[-1] == "The page is printed."
        await press(pilot, "s")  # the page has closed, and opens again
        assert pilot.app.screen.query("#page-foot")
