"""The manager's screen with real keys: what the first line proposes, acts on numbers, the day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane, Tier
from hallq.domain.tickets import TicketState
from hallq.i18n import _, set_language
from hallq.screens.dialogs.day_page import DayPageDialog
from hallq.screens.dialogs.steps import StepsDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.dialogs.why import WhyDialog
from hallq.screens.manager import ManagerScreen
from hallq.store import Store
from hallq.widgets.counter_cards import CounterCards
from hallq.widgets.figures_strip import FiguresStrip
from hallq.widgets.half_hours import HalfHours
from hallq.widgets.headline import Headline
from hallq.widgets.painted import Painted
from hallq.widgets.waiting_table import WaitingTable
from tests.builders import ACTOR, HOUR_MS, HandClock, TryHall, a_config, a_hall
from tests.screens.hands import painted, press, settled
from tests.staff.people import CLERK, OTHER_CLERK, employ

SIZES = [(80, 24), (100, 30), (160, 50), (200, 60)]


@asynccontextmanager
async def at_work(
    hall: TryHall, size: tuple[int, int] = (100, 30), language: str = "en"
) -> AsyncIterator[Pilot[None]]:
    """The manager's screen on this hall."""
    set_language(language)
    app = HallApp(hall.hall, ACTOR, role="manager")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
    set_language("en")


def screen_of(pilot: Pilot[None]) -> ManagerScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ManagerScreen)
    return screen


def headline(pilot: Pilot[None]) -> str:
    return screen_of(pilot).query_one(Headline).render().plain


async def test_space_opens_the_day(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, day=False)
    async with at_work(hall) as pilot:
        assert "The business day is not open" in headline(pilot)
        await press(pilot, "space")
        assert hall.state.is_open


async def test_space_opens_the_counter_that_helps(hall: TryHall) -> None:
    hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "space", "1", "0", "0", "7", "enter")
        assert hall.state.counter(2).clerk == "1007"


async def test_o_asks_for_a_counter_and_a_clerk(hall: TryHall) -> None:
    hall.opens(1)
    async with at_work(hall) as pilot:
        await press(pilot, "o", "3", "7", "enter")
        assert hall.state.counter(3).clerk == "7"


async def test_o_offers_the_clerks_of_the_staff_list_and_nobody_else(hall: TryHall) -> None:
    employ(hall.hall)
    hall.does(i.OpenCounter(counter=1, clerk=CLERK.number))
    async with at_work(hall) as pilot:
        await press(pilot, "o", "3", "9", "enter")
        assert not hall.state.counter(3).is_staffed
        await press(pilot, "backspace", "enter")
        assert hall.state.counter(3).clerk == OTHER_CLERK.number


async def test_escape_leaves_everything_as_it_was(hall: TryHall) -> None:
    async with at_work(hall) as pilot:
        await press(pilot, "o", "1", "9", "escape")
        assert all(not counter.is_staffed for counter in hall.state.counters.values())


async def test_priority_by_hand_with_a_reason(hall: TryHall) -> None:
    ticket_id = hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "p", "1")
        assert hall.ticket(ticket_id).lane is Lane.PRIORITY
        assert hall.ticket(ticket_id).priority_reason == "elderly"
        assert "give_priority" not in screen_of(pilot).allowed()


async def test_cancel_with_a_reason_and_report_left(hall: TryHall) -> None:
    hall.issues()
    hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "c", "1")
        assert len(hall.state.tickets) == 1
        await press(pilot, "l", "escape")
        assert len(hall.state.tickets) == 1
        await press(pilot, "l", "y")
        assert not hall.state.tickets


async def test_a_missed_customer_comes_back(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    async with at_work(hall) as pilot:
        assert "returned" in screen_of(pilot).allowed()
        await press(pilot, "r")
        assert hall.ticket(ticket_id).state is TicketState.WAITING


async def test_the_cursor_stays_on_its_number_when_others_come_first(hall: TryHall) -> None:
    hall.issues()
    chosen = hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "down")
        table = screen_of(pilot).query_one(WaitingTable)
        assert table.chosen_id == chosen
        hall.issues(tier=Tier.DIAMOND)
        screen_of(pilot).refresh_all()
        assert table.chosen_id == chosen


async def test_the_cursor_moves_on_when_its_number_has_gone(hall: TryHall) -> None:
    first = hall.issues()
    second = hall.issues()
    async with at_work(hall) as pilot:
        table = screen_of(pilot).query_one(WaitingTable)
        assert table.chosen_id == first
        hall.does(i.ReportLeft(ticket_id=first))
        screen_of(pilot).refresh_all()
        assert table.chosen_id == second


async def test_why_says_what_is_before_a_waiting_number(hall: TryHall) -> None:
    hall.issues(tier=Tier.GOLD)
    hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "end", "question_mark")
        assert isinstance(pilot.app.screen, TellDialog)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ManagerScreen)


async def test_why_of_a_counter_tells_the_kept_reason(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    async with at_work(hall) as pilot:
        screen_of(pilot).query_one(CounterCards).focus()
        await press(pilot, "down", "question_mark")
        assert isinstance(pilot.app.screen, WhyDialog)


async def test_closing_asks_what_becomes_of_those_who_wait(hall: TryHall) -> None:
    hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, StepsDialog)
        await press(pilot, "1")
        assert not hall.state.is_open
        assert len(hall.state.tickets) == 1


async def test_closing_an_empty_hall_asks_once(hall: TryHall) -> None:
    async with at_work(hall) as pilot:
        await press(pilot, "d", "y")
        assert not hall.state.is_open


async def test_k_takes_the_computers_time(hall: TryHall) -> None:
    hall.clock.set_wall(hall.clock.wall_ms - HOUR_MS)
    async with at_work(hall) as pilot:
        assert "adopt_clock" in screen_of(pilot).allowed()
        await press(pilot, "k")
        assert "adopt_clock" not in screen_of(pilot).allowed()


async def test_what_another_terminal_does_appears_by_itself(hall: TryHall) -> None:
    async with at_work(hall) as pilot:
        hall.opens(2)
        app = pilot.app
        assert isinstance(app, HallApp)
        app.state = hall.state
        await pilot.pause()
        view = screen_of(pilot).view
        assert view
        assert next(card for card in view.cards if card.number == 2).state is CounterState.OPEN


async def test_the_trend_goes_first_and_the_headline_never(hall: TryHall) -> None:
    for size, has_trend in (((80, 24), False), ((160, 50), True)):
        async with at_work(hall, size) as pilot:
            screen = screen_of(pilot)
            assert screen.query_one(HalfHours).display is has_trend
            assert screen.query_one(Headline).content_size.height >= 3


async def test_on_a_very_small_terminal_the_first_sentence_is_whole(hall: TryHall) -> None:
    hall.issues("device_return", Tier.GOLD)
    hall.issues("device_return", Tier.GOLD)
    hall.clock.pass_minutes(25)
    async with at_work(hall, (40, 12)) as pilot:
        lines = screen_of(pilot).query_one(Headline).lines(38, 3)
        words = " ".join(line.plain.strip() for line in lines)
        assert words.endswith("(O)")
        assert "…" not in words


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_than_its_room(hall: TryHall, size: tuple[int, int], language: str) -> None:
    hall.does(i.OpenCounter(counter=3, clerk="a clerk with a very long name of forty c"))
    hall.opens(1, 2)
    for number in range(60):
        hall.issues("device_return", Tier.GOLD if number % 7 == 0 else Tier.NONE)
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="fetching_documents"))
    hall.calls(1)
    hall.does(i.ReportMissed(counter=1))
    hall.serves(3)
    hall.clock.pass_minutes(25)
    async with at_work(hall, size, language) as pilot:
        for widget in pilot.app.screen.query(Painted):
            width, height = widget.content_size
            lines = list(widget.lines(width, height))
            assert len(lines) <= max(height, 0) or isinstance(widget, Headline), widget
            assert all(line.cell_length <= width for line in lines), widget


def page_text(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app.screen, DayPageDialog)
    return "\n".join(str(static.render()) for static in pilot.app.screen.query(Static))


async def test_s_shows_the_page_of_the_day_and_leafs_to_earlier_days(hall: TryHall) -> None:
    hall.issues()
    hall.does(i.CloseDay(carry="none"))
    hall.clock.pass_ms(24 * HOUR_MS)
    hall.does(i.OpenDay(business_date="2026-11-23"))
    async with at_work(hall) as pilot:
        await pilot.press("s")
        await settled(pilot)
        assert "Mon 11/23" in page_text(pilot)
        await pilot.press("left")
        await pilot.pause()
        await settled(pilot)
        assert "Sun 11/22" in page_text(pilot)
        assert "expired: day closed" in page_text(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ManagerScreen)


async def test_closing_the_day_shows_its_page(hall: TryHall) -> None:
    hall.issues()
    async with at_work(hall) as pilot:
        await press(pilot, "d")
        assert "waiting (1): B001" in str(
            pilot.app.screen.query_one("VerticalScroll > Static", Static).render()
        )
        await press(pilot, "1")
        await settled(pilot)
        assert not hall.state.is_open
        assert "carried over to the next day" in page_text(pilot)


async def test_a_day_with_somebody_at_a_counter_is_not_closed_and_says_who(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves(2)
    async with at_work(hall) as pilot:
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, TellDialog)
        told = "\n".join(str(static.render()) for static in pilot.app.screen.query(Static))
        assert "B001 at counter 2" in told
        assert "waiting (1): B002" in told
        await press(pilot, "escape")
        assert hall.state.is_open


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_changed_settings_are_told_in_the_top_line(hall: TryHall, language: str) -> None:
    hall.hall.settings_changed = True
    async with at_work(hall, (80, 24), language) as pilot:
        told = str(pilot.app.screen.query_one("#top-link", Static).render())
        assert told == _("▲ settings changed: restart here")
        assert cell_len(told) <= 80 // 3 + 6


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_no_word_about_the_day_or_a_number_on_hold_is_cut_at_80_columns(
    hall: TryHall, language: str
) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    async with at_work(hall, (80, 24), language) as pilot:
        for kind in (FiguresStrip, WaitingTable):
            told = pilot.app.screen.query_one(kind).render()
            assert isinstance(told, Content)
            assert "…" not in told.plain
        assert _("on hold") in told.plain


@pytest.fixture
def large(store: Store, clock: HandClock) -> TryHall:
    """A hall of twenty counters."""
    counters = [{"number": number, "zone": "standard"} for number in range(1, 21)]
    return a_hall(store, clock, a_config(counters=counters))


async def test_m_lists_what_the_first_lines_have_no_room_for(large: TryHall) -> None:
    hall = large
    for number in range(1, 17):
        hall.does(i.OpenCounter(counter=number, clerk=f"c{number}"))
        hall.does(i.PauseCounter(counter=number, reason="meal"))
    hall.clock.pass_minutes(50)
    async with at_work(hall, (80, 24)) as pilot:
        assert "more (M)" in headline(pilot)
        counters = screen_of(pilot).cards.render().plain
        assert "more (Tab, ↑ ↓)" in counters
        assert "closed: 17 18 19 20" in counters
        await press(pilot, "m")
        told = "\n".join(str(static.render()) for static in pilot.app.screen.query(Static))
        assert all(f"Counter {number} has paused for 50 minutes" in told for number in range(1, 17))
        assert "Counter 9 has paused" not in painted(pilot)  # longer than the screen, and how to go on
        assert "↑ ↓ scroll · Esc closes" in painted(pilot)


async def test_where_there_are_more_than_nine_counters_their_numbers_are_typed(large: TryHall) -> None:
    async with at_work(large, (80, 24)) as pilot:
        await press(pilot, "o", "1", "2", "enter", *"1003", "enter")
        assert large.state.counter(12).clerk == "1003"
