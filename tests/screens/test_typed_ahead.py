"""Keys of one moment: each is handled after the one before it, by whatever that one brought up."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events, work
from textual.pilot import Pilot

from benchmarks.terminal import Terminal
from hallq import typed_ahead
from hallq.app import HallApp
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Tier
from hallq.domain.tickets import Ticket, TicketState
from hallq.hall import Actor
from hallq.screens.base import HallScreen
from hallq.screens.guide import GuideScreen
from hallq.store import Store
from hallq.typed_ahead import ASKING
from hallq.widgets.masked_number import MaskedNumber
from tests.builders import HandClock, TryHall, a_hall
from tests.screens.hands import app_of, at_once


@asynccontextmanager
async def at(hall: TryHall, role: str | None, counter: int | None = 2) -> AsyncIterator[Pilot[None]]:
    """A terminal with this screen."""
    app = HallApp(hall.hall, Actor("1001", "t1"), role=role, counter=counter)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        yield pilot


async def until_handled(pilot: Pilot[None]) -> None:
    """Every key has gone somewhere, and what it brought about is done."""
    app = app_of(pilot)
    async with asyncio.timeout(60):
        while True:
            await pilot.pause()
            busy = [w for w in app.workers if not w.is_finished and w.group != ASKING]
            if busy:
                await app.workers.wait_for_complete(busy)
            elif not app._typed and app._handed_over_at is None:
                await pilot.pause()
                return


async def types(pilot: Pilot[None], *keys: str | events.Paste) -> None:
    at_once(pilot, *keys)
    await until_handled(pilot)


def by_label(hall: TryHall, label: str) -> Ticket:
    return next(ticket for ticket in hall.state.tickets.values() if ticket.label == label)


# --- at the counter ------------------------------------------------------------------------


async def test_a_digit_typed_with_the_key_of_its_question_chooses(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at(hall, "counter") as pilot:
        await types(pilot, *"h1")
        assert by_label(hall, "B001").state is TicketState.HELD


async def test_a_number_typed_with_the_key_of_its_question_is_called(hall: TryHall) -> None:
    hall.opens(2)
    for _ in range(6):
        hall.issues()
    async with at(hall, "counter") as pilot:
        await types(pilot, *"cB005\r")
        assert by_label(hall, "B005").state is TicketState.CALLED


async def test_a_digit_of_the_transfer_is_not_lost(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at(hall, "counter") as pilot:
        await types(pilot, *"t3")
        assert by_label(hall, "B001").state is TicketState.WAITING
        assert by_label(hall, "B001").bound_counter == 3


async def test_keys_of_a_dialog_do_not_reach_the_screen_under_it(hall: TryHall) -> None:
    """`p` asks, `l` would leave the counter, Esc goes back."""
    hall.opens(2)
    async with at(hall, "counter") as pilot:
        await types(pilot, *"pl\x1b")
        assert hall.state.counter(2).state is CounterState.OPEN
        assert isinstance(pilot.app.screen, HallScreen)


async def test_after_the_answer_the_keys_are_the_screens_again(hall: TryHall) -> None:
    hall.opens(2)
    async with at(hall, "counter") as pilot:
        await types(pilot, *"p\x1bp1")
        assert hall.state.counter(2).state is CounterState.PAUSED


# --- at the guide's and the manager's --------------------------------------------------------


async def test_a_scanner_right_after_the_key_loses_no_digit(hall: TryHall) -> None:
    async with at(hall, "guide") as pilot:
        await types(pilot, *"n0012345678")
        assert pilot.app.screen.query_one(MaskedNumber)._number == "0012345678"


async def test_a_paste_right_after_the_key_goes_to_the_dialog(hall: TryHall) -> None:
    async with at(hall, "guide") as pilot:
        await types(pilot, "n", events.Paste("0012345678"), "9", "\r")
        screen = pilot.app.screen
        assert isinstance(screen, GuideScreen)
        assert screen._draft.number == "00123456789"


async def test_tier_service_and_issue_in_one_burst(hall: TryHall) -> None:
    async with at(hall, "guide") as pilot:
        await types(pilot, *"1t3 ")
        (ticket,) = hall.state.tickets.values()
        assert ticket.tier is list(Tier)[2]


async def test_two_questions_of_one_action_take_the_keys_in_turn(hall: TryHall) -> None:
    hall.issues()
    hall.issues()
    async with at(hall, "guide") as pilot:
        await types(pilot, *"xB002\r1")
        assert [t.label for t in hall.state.tickets.values()] == ["B001"]


async def test_search_and_issue_in_one_burst(hall: TryHall) -> None:
    async with at(hall, "guide") as pilot:
        await types(pilot, *"/sim\r ")
        assert len(hall.state.tickets) == 1


async def test_the_manager_opens_a_counter_for_a_clerk_in_one_burst(hall: TryHall) -> None:
    async with at(hall, "manager") as pilot:
        await types(pilot, *"o4" + "1007\r")
        assert hall.state.counter(4).clerk == "1007"


async def test_from_the_entry_to_work_in_one_burst(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    async with at(hall, None, counter=None) as pilot:
        await types(pilot, *"1007\r1" + "2 ")
        assert pilot.app.current_mode == "guide"
        assert len(hall.state.tickets) == 1


# --- the rule --------------------------------------------------------------------------------


class Slow(HallScreen):
    """Its question takes its time, or never comes."""

    def __init__(self) -> None:
        super().__init__()
        self.asks = asyncio.Event()
        self.seen: list[str] = []

    @work(group=ASKING)
    async def think(self) -> None:
        await self.asks.wait()

    def on_key(self, event: events.Key) -> None:
        self.seen.append(event.key)


async def test_keys_wait_for_an_action_that_asks_and_go_on_as_typed(hall: TryHall) -> None:
    async with at(hall, "guide") as pilot:
        slow = Slow()
        await pilot.app.push_screen(slow)
        slow.think()
        at_once(pilot, *"ab")
        await pilot.pause()
        assert slow.seen == []
        slow.asks.set()
        await until_handled(pilot)
        assert slow.seen == ["a", "b"]


async def test_a_key_that_waited_too_long_is_dropped_and_later_ones_are_not(
    hall: TryHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's old key does something irreversible; and a question that never comes locks nobody out."""
    async with at(hall, "guide") as pilot:
        slow = Slow()
        await pilot.app.push_screen(slow)
        slow.think()
        at_once(pilot, "a")
        await pilot.pause()
        later = time.monotonic() + typed_ahead.PATIENCE_SECONDS + 1
        monkeypatch.setattr("hallq.typed_ahead.monotonic", lambda: later)
        event = events.Key("b", "b")
        event.time = later
        pilot.app.post_message(event)
        await until_handled(pilot)
        assert slow.seen == ["b"]
        slow.asks.set()


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
def test_one_write_of_many_bytes_to_a_real_terminal(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hallq", "init", str(tmp_path)], check=True, capture_output=True)
    settings = tmp_path / "hall.toml"
    text = settings.read_text(encoding="utf-8").replace("sign_in = true", "sign_in = false")
    settings.write_text(text, encoding="utf-8")
    line = [sys.executable, "-m", "hallq", "guide", "--dir", str(tmp_path), "--language", "en"]
    terminal = Terminal(line, columns=100, rows=30)
    try:
        terminal.await_text("Open the day")
        terminal.settle()
        os.write(terminal._fd, b" ")
        terminal.await_text("Tier")
        os.write(terminal._fd, b"n0012345678")
        terminal.await_text("****678")
    finally:
        terminal.close()
