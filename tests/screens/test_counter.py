"""The clerk's screen by its keys, on a real file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Tier
from hallq.domain.tickets import TicketState
from hallq.hall import Actor
from hallq.i18n import set_language
from hallq.screens.counter import CounterScreen
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.store import Store
from tests.builders import DATE, HandClock, TryHall, a_config, a_hall
from tests.screens.hands import Text, painted, strike


class Clerk:
    """A clerk at counter 2, who presses one key after the other with time between them."""

    def __init__(self, hall: TryHall, pilot: Pilot[None]) -> None:
        self.hall = hall
        self.pilot = pilot
        self.app = pilot.app

    async def presses(self, *keys: str) -> None:
        """Each key, and what it brings about."""
        for key in keys:
            self.hall.clock.pass_ms(1_000)
            await strike(self.pilot, key)
            await self.settles()

    async def settles(self) -> None:
        """Whatever runs comes to its end; a dialog waits for the clerk."""
        for _ in range(2):  # an answered dialog goes away first, then its deed is done
            await self.pilot.pause()
            if isinstance(self.app.screen, CounterScreen):
                await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def sees(self) -> str:
        """All text on the screen."""
        return painted(self.pilot)

    def is_in(self, state: CounterState) -> bool:
        """Whether counter 2 is doing this."""
        return self.hall.state.counter(2).state is state


@asynccontextmanager
async def at_counter(
    hall: TryHall, counter: int | None = 2, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Clerk]:
    """The screen of counter 2."""
    app = HallApp(hall.hall, Actor("1001", "t1"), role="counter", counter=counter)
    async with app.run_test(size=size) as pilot:
        clerk = Clerk(hall, pilot)
        await clerk.settles()
        yield clerk
        app._follower.stop()
        app._follower.join()


async def test_the_space_bar_takes_an_empty_morning_to_the_first_customer(
    store: Store, clock: HandClock
) -> None:
    hall = a_hall(store, clock, day=False)
    async with at_counter(hall) as clerk:
        assert "not open" in clerk.sees()
        await clerk.presses("space")
        assert hall.state.business_date == DATE
        await clerk.presses("space")
        assert clerk.is_in(CounterState.OPEN)
        assert hall.state.counter(2).clerk == "1001"
        hall.issues("sim_replacement")
        await clerk.presses("space", "space", "space")
        assert clerk.is_in(CounterState.OPEN)
        assert hall.state.counter(2).served == 1


async def test_two_keys_serve_an_ordinary_customer(hall: TryHall) -> None:
    hall.opens(2)
    for _ in range(3):
        hall.issues()
    async with at_counter(hall) as clerk:
        await clerk.presses("space")
        await clerk.presses("space", "n", "space", "n")
        assert hall.state.counter(2).served == 2
        assert clerk.is_in(CounterState.CALLING)


async def test_a_second_press_right_after_the_first_does_nothing(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    async with at_counter(hall) as clerk:
        await clerk.pilot.press("space", "space", "space")
        await clerk.settles()
        assert clerk.is_in(CounterState.CALLING)


async def test_recalls_lead_to_missed_and_a_missed_number_comes_back(hall: TryHall) -> None:
    hall.opens(2)
    ticket = hall.issues()
    async with at_counter(hall) as clerk:
        await clerk.presses("space", "r", "r")
        assert hall.ticket(ticket).recalls == 2
        assert "M: missed" in clerk.sees()
        await clerk.presses("m")
        assert hall.ticket(ticket).state is TicketState.MISSED
        await clerk.presses("c", "enter")
        assert hall.ticket(ticket).state is TicketState.WAITING


async def test_a_call_is_taken_back(hall: TryHall) -> None:
    hall.opens(2)
    ticket = hall.issues()
    async with at_counter(hall) as clerk:
        await clerk.presses("space", "b")
        assert hall.ticket(ticket).state is TicketState.WAITING
        assert "old place" in clerk.sees()


async def test_one_more_service_is_found_by_typing(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues("payment")
    ticket = hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("a", Text("sim"), "enter")
        running = hall.state.running_transaction(ticket)
        assert running is not None
        assert running.service == "sim_replacement"
        assert "✓ Payment and top-up" in clerk.sees()


async def test_hold_with_minutes_and_calling_back(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket = hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("h", "right", "right", "1")
        held = hall.ticket(ticket)
        assert held.hold_reason == "filling_form"
        assert held.hold_until_ms == hall.hall.now_ms() + 5 * 60_000
        await clerk.presses("c", "enter")
        assert clerk.is_in(CounterState.CALLING)


async def test_a_customer_is_sent_to_another_counter_and_comes_back(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket = hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("t", "tab", "5")
        sent = hall.ticket(ticket)
        assert (sent.bound_counter, sent.return_to) == (5, 2)
        assert "B001 goes to counter 5. It is closed" in clerk.sees()
        assert "you keep your number" in clerk.sees()


async def test_escape_leaves_everything_as_it_was(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    before = hall.state
    async with at_counter(hall) as clerk:
        for key in "ath":
            await clerk.presses(key, "escape")
        assert hall.state.position == before.position


async def test_over_the_limit_a_reason_is_asked_for(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket = hall.serves()
    hall.clock.pass_minutes(8.5)
    async with at_counter(hall) as clerk:
        assert "01:30 left" in clerk.sees()
        assert "o" not in _keys(clerk)
        hall.clock.pass_minutes(2)
        _repaint(clerk)
        await clerk.settles()
        assert "Over 10 minutes" in clerk.sees()
        await clerk.presses("o", "1")
        running = hall.state.running_transaction(ticket)
        assert running is not None
        assert running.over_reason == "system_slow"
        await clerk.presses("space")
        assert clerk.is_in(CounterState.OPEN)


async def test_finishing_over_the_limit_without_a_reason_asks_once(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves()
    hall.clock.pass_minutes(11)
    async with at_counter(hall) as clerk:
        await clerk.presses("n")
        assert isinstance(clerk.app.screen, ChooseDialog)
        await clerk.presses("escape")
        assert hall.state.counter(2).served == 1
        assert clerk.is_in(CounterState.CALLING)


async def test_a_forgotten_finish_is_asked_about(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    hall.clock.pass_minutes(31)
    async with at_counter(hall) as clerk:
        assert "still here?" in clerk.sees()
        await clerk.presses("space")
        assert clerk.is_in(CounterState.SERVING)
        assert "still here?" not in clerk.sees()
        await clerk.presses("f")
        assert clerk.is_in(CounterState.OPEN)
        assert hall.state.figures["transactions.unreliable"] == 1
        assert hall.state.figures.get("service.count", 0) == 0


async def test_pause_with_a_reason_resume_and_leave(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("p", "2")
        assert hall.state.counter(2).pause_reason == "meal"
        assert "Meal" in clerk.sees()
        await clerk.presses("space")
        assert clerk.is_in(CounterState.OPEN)
        await clerk.presses("l")
        assert clerk.is_in(CounterState.CLOSED)


async def test_a_number_is_chosen_by_typing_it(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    wanted = hall.issues()
    async with at_counter(hall) as clerk:
        await clerk.presses("c", Text("002"), "enter")
        assert hall.ticket(wanted).state is TicketState.CALLED


async def test_why_is_answered_before_and_after_the_call(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(1)
    hall.issues(tier=Tier.GOLD)
    async with at_counter(hall) as clerk:
        await clerk.presses("question_mark")
        assert "Why V001 would be next" in clerk.sees()
        assert "B001 waits in the standard lane" in clerk.sees()
        await clerk.presses("escape", "space", "question_mark")
        assert "V001 is first in the priority lane" in clerk.sees()


async def test_a_screen_without_a_counter_asks_which(hall: TryHall) -> None:
    async with at_counter(hall, counter=None) as clerk:
        await clerk.pilot.pause()
        assert "Which counter is this?" in clerk.sees()
        await clerk.presses("2", "space")
        assert clerk.is_in(CounterState.OPEN)


async def test_a_counter_that_the_hall_does_not_have_is_asked_for_again(hall: TryHall) -> None:
    async with at_counter(hall, counter=99) as clerk:
        await clerk.presses("escape")
        assert "No counter chosen" in clerk.sees()
        await clerk.presses("space")
        assert isinstance(clerk.app.screen, ChooseDialog)


async def test_a_no_of_the_hall_is_told_and_the_next_press_works(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("space")
        assert "Nobody is waiting for counter 2." in clerk.sees()
        hall.issues()
        await clerk.presses("space")
        assert clerk.is_in(CounterState.CALLING)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50), (200, 60)])
async def test_everything_needed_is_on_every_size(hall: TryHall, size: tuple[int, int]) -> None:
    hall.opens(2)
    for _ in range(60):
        hall.issues("sim_replacement")
    hall.serves()
    hall.clock.pass_minutes(6)
    async with at_counter(hall, size=size) as clerk:
        seen = clerk.sees()
        for words in (
            "06:00",
            "10:00",
            "SIM replacement",
            "old card",
            "A002",
            "A003",
            "A004",
            "Finish",
            "Standard 59",
        ):
            assert words in seen, words


def _keys(clerk: Clerk) -> set[str]:
    screen = clerk.app.screen
    assert isinstance(screen, CounterScreen)
    return {action.keys for action in screen.visible_actions()}


def _repaint(clerk: Clerk) -> None:
    screen = clerk.app.screen
    assert isinstance(screen, CounterScreen)
    screen.refresh_all()


async def test_a_service_that_cannot_be_done_ends_the_visit_and_is_counted(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("x", "escape")
        assert clerk.is_in(CounterState.SERVING)
        await clerk.presses("x", "4")
        assert clerk.is_in(CounterState.OPEN)
    assert hall.state.figures["transactions.not_possible"] == 1
    visit = hall.hall.past.visit(DATE, "B001")
    assert visit is not None
    assert visit.transactions[-1].end_reason == "system_fault"
    assert hall.store.load_state() == hall.state


async def test_where_the_hall_lists_no_reasons_a_yes_is_enough(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(reasons={"not_possible": (), "over_limit": ()}))
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("x")
        assert "Not possible for B001?" in clerk.sees()
        await clerk.presses("escape")
        assert clerk.is_in(CounterState.SERVING)
        await clerk.presses("x", "y")
        assert clerk.is_in(CounterState.OPEN)
        assert hall.state.figures["transactions.not_possible"] == 1
        await clerk.presses("space", "space")
        hall.clock.pass_minutes(11)
        await clerk.presses("space")
        assert clerk.is_in(CounterState.OPEN)


async def test_ctrl_c_says_how_hallq_is_left(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        set_language("zh")
        await clerk.presses("ctrl+c")
        assert "按 Ctrl+Q 退出 hallq" in clerk.sees()
        await clerk.presses("f3", "ctrl+c")
        assert [told.message for told in clerk.app._notifications] == ["按 Ctrl+Q 退出 hallq，营业继续。"]


async def test_on_a_very_small_terminal_number_and_facts_stand_side_by_side(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall, size=(40, 12)) as clerk:
        assert "B001" in clerk.sees()
        assert "Serving" in clerk.sees()


async def test_where_the_hall_asks_for_no_reason_enter_is_enough(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(reasons={"pause": (), "hold": (), "cancel": (), "priority": ()}))
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("h", "enter")
        assert clerk.is_in(CounterState.OPEN)
        assert [t.hold_reason for t in hall.state.in_state(TicketState.HELD)] == ["unstated"]
        await clerk.presses("p")
        assert "No reason" in clerk.sees()
        await clerk.presses("enter")
        assert clerk.is_in(CounterState.PAUSED)


async def test_a_pause_names_no_key_that_does_nothing(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("h", "1")
        assert "B001. C calls one back" in clerk.sees()
        await clerk.presses("p", "1")
        assert "On hold for this counter: B001." in clerk.sees()
        assert "C calls one back" not in clerk.sees()


async def test_who_is_sent_where_nobody_is_may_be_called_by_others(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall, size=(100, 30)) as clerk:
        await clerk.presses("t", "6")
        assert "B001 goes to counter 6. It is closed: until it opens" in clerk.sees()
