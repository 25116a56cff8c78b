"""The services of a visit by their keys: not possible and on with another, one slip, the first clerk."""

import asyncio
from pathlib import Path

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.transactions import Outcome
from hallq.paper.desk import Loss
from hallq.paper.slip import Slip
from hallq.store import Store
from tests.builders import HandClock, TryHall, a_config, a_hall
from tests.paper.receipt_printer import ReceiptPrinter, a_printer_that_is_off
from tests.screens.hands import Text
from tests.screens.test_counter import at_counter
from tests.screens.test_heard import comes


async def test_not_possible_and_on_with_another_service(hall: TryHall) -> None:
    hall.opens(2)
    ticket = hall.issues("sim_replacement")
    hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("x", "tab")
        assert "■ The visit goes on with another service (Tab)" in clerk.sees()
        await clerk.presses("1", Text("device"), "enter")
        assert clerk.is_in(CounterState.SERVING)
        first, second = hall.state.transactions_of(ticket)
        assert (first.outcome, first.end_reason) == (Outcome.NOT_POSSIBLE, "documents_missing")
        assert (second.service, second.outcome) == ("device_return", None)
        assert "▶ Device return, exchange, warranty 00:00 ─" in clerk.sees()
        assert "⊘ SIM replacement" in clerk.sees()
        assert "not possible (Documents missing)" in clerk.sees()
        await clerk.presses("x", "tab", "2", *"bill query", "enter")
        assert "not possible (Not the account holder)" in clerk.sees()  # beside the short name


async def test_a_service_over_its_limit_is_asked_about_before_the_next_and_blocks_nothing(
    hall: TryHall,
) -> None:
    hall.opens(2)
    ticket = hall.issues()
    hall.serves()
    hall.clock.pass_minutes(11)
    async with at_counter(hall) as clerk:
        await clerk.presses("a", Text("points"), "enter")
        assert "What took longer?" in clerk.sees()
        await clerk.presses("escape")
        first, second = hall.state.transactions_of(ticket)
        assert (first.outcome, first.over_reason, second.service) == (Outcome.DONE, None, "points")


async def test_the_slip_of_a_visit_is_saved_where_there_is_no_printer(hall: TryHall, tmp_path: Path) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    async with at_counter(hall) as clerk:
        assert isinstance(clerk.app, HallApp)
        clerk.app.attach(tmp_path / "hall.db")
        await clerk.presses("v")
        path = tmp_path / "slips" / "2026-11-22" / "B001.txt"
        assert "办理中" in path.read_text(encoding="utf-8")
        await clerk.presses("space", "v")
        assert "the slip of B001 is saved in" in clerk.sees()
        assert "已办结" in path.read_text(encoding="utf-8")


async def test_a_visit_that_was_sent_on_has_its_slip_and_a_printer_that_is_off_is_told(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    with a_printer_that_is_off() as rule:
        hall = a_hall(store, clock, a_config(printer=rule.model_dump()))
        hall.opens(2)
        hall.issues()
        hall.serves()
        async with at_counter(hall) as clerk:
            assert isinstance(clerk.app, HallApp)
            clerk.app.attach(tmp_path / "hall.db")
            await clerk.presses("t", "enter", "v")
            told = "The slip of B001 waits. Printer: off or not connected"
            await comes(clerk.pilot, lambda: told in clerk.sees())


async def test_a_hall_that_wants_it_has_a_slip_of_every_visit(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    hall = a_hall(store, clock, a_config(printer={"visit_slip": "always"}))
    hall.opens(2)
    hall.issues()
    hall.serves()
    async with at_counter(hall) as clerk:
        assert isinstance(clerk.app, HallApp)
        clerk.app.attach(tmp_path / "hall.db")
        await clerk.presses("space")
    assert [path.name for path in (tmp_path / "slips").rglob("*.txt")] == ["B001.txt"]


async def test_the_slip_of_a_visit_comes_out_of_the_printer_or_is_told_with_its_own_key(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    with ReceiptPrinter() as printer:
        hall = a_hall(store, clock, a_config(printer=printer.rule().model_dump()))
        hall.opens(2)
        hall.issues()
        hall.serves()
        async with at_counter(hall) as clerk:
            app = clerk.app
            assert isinstance(app, HallApp)
            app.attach(tmp_path / "hall.db")
            await clerk.presses("space", "v")
            printer.has_printed("业务办理清单".encode("gb18030"))
            await asyncio.to_thread(app._slip_lost, Slip("t1/visit", "B001", "zh", ()), Loss.NOT_TAKEN)
            await clerk.settles()
            assert "The slip of B001 was not printed. V prints it" in app.notices[-1].sentence


async def test_back_to_the_first_clerk_in_two_keys(hall: TryHall) -> None:
    hall.opens(2, 5)
    ticket = hall.issues()
    hall.serves(5)
    hall.does(i.TransferVisit(counter=5, to_counter=2))
    hall.serves(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("t")
        assert "first clerk" in clerk.sees()
        await clerk.presses("enter")
    assert hall.ticket(ticket).bound_counter == 5


async def test_a_service_says_its_own_words_at_the_end(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues("sim_replacement")
    hall.issues()
    hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("space")
        assert "The new card works now" in clerk.sees()
        await clerk.presses("space", "space", "x", "1")
        assert "it was not possible today" in clerk.sees()
