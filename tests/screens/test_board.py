"""The public board in a terminal: it repaints by itself and shows nothing about anybody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.i18n import set_language
from hallq.screens.board import BoardScreen
from hallq.widgets.board_frame import BoardWelcome, LaneWaits
from hallq.widgets.call_line import FRESH, CallLines
from hallq.widgets.key_bar import KeyBar
from hallq.widgets.painted import Painted
from hallq.widgets.top_line import TopLine
from tests.builders import ACTOR, TryHall

SIZES = [(80, 24), (100, 30), (160, 50), (200, 60), (40, 12)]


@asynccontextmanager
async def on_board(hall: TryHall, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    """The board on this hall."""
    set_language("en")
    app = HallApp(hall.hall, ACTOR, role="board")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def text_of(pilot: Pilot[None], kind: type[Painted]) -> str:
    return pilot.app.screen.query_one(kind).render().plain


async def repainted(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, BoardScreen)
    screen.refresh_all()
    await pilot.pause()


async def test_a_new_call_appears_inverted_without_a_key(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    async with on_board(hall) as pilot:
        assert not pilot.app.screen.query_one(CallLines).display
        hall.calls(2)
        await repainted(pilot)
        calls = pilot.app.screen.query_one(CallLines)
        assert calls.display
        assert any(str(span.style) == FRESH for span in calls.render().spans)


async def test_a_call_of_long_ago_is_not_inverted(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    hall.clock.pass_minutes(1)
    async with on_board(hall) as pilot:
        spans = pilot.app.screen.query_one(CallLines).render().spans
        assert not any(str(span.style) == FRESH for span in spans)


@pytest.mark.parametrize("size", SIZES)
async def test_the_latest_call_is_the_largest_at_every_size(hall: TryHall, size: tuple[int, int]) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.issues()
    hall.calls(2)
    hall.calls(3)
    async with on_board(hall, size) as pilot:
        widget = pilot.app.screen.query_one(CallLines)
        width, height = widget.content_size
        lines = widget.lines(width, height)
        assert len(lines) <= height
        assert all(line.cell_length <= width for line in lines)
        blank = next((place for place, line in enumerate(lines) if not line.plain.strip()), len(lines))
        assert blank * 2 >= len([line for line in lines if line.plain.strip()])


async def test_the_board_shows_no_customer_no_staff_and_no_keys(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues(tier=Tier.DIAMOND, customer="customer-ref")
    hall.calls(2)
    async with on_board(hall, (200, 60)) as pilot:
        screen = pilot.app.screen
        assert not screen.query_one(TopLine).display
        assert not screen.query_one(KeyBar).display
        shown = "".join(widget.render().plain for widget in screen.query(Painted))
        for private in ("customer-ref", "Diamond", "钻石", ACTOR.name, "clerk-2"):
            assert private not in shown


async def test_both_languages_stand_on_the_board(hall: TryHall) -> None:
    async with on_board(hall, (160, 50)) as pilot:
        waits = text_of(pilot, LaneWaits)
        assert "Priority" in waits
        assert "优先" in waits
        assert "no calls now" in waits


async def test_a_hall_that_is_not_open_says_when_it_opens(hall: TryHall) -> None:
    hall.does(i.CloseDay())
    hall.clock.pass_minutes(20 * 60)
    async with on_board(hall) as pilot:
        welcome = text_of(pilot, BoardWelcome)
        assert "08:30" in welcome
        assert "尚未开始营业" in welcome
        assert "Not open yet" in welcome


async def test_the_role_keys_still_work(hall: TryHall) -> None:
    async with on_board(hall) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert pilot.app.current_mode == "manager"


async def test_a_hall_of_a_long_name_keeps_its_lines(hall: TryHall) -> None:
    name = {"zh": "很长很长的营业厅名字" * 8, "en": "A very long name of a hall " * 8}
    config = hall.hall.config.model_copy(
        update={
            "hall": hall.hall.config.hall.model_copy(
                update={"name": type(hall.hall.config.hall.name)(**name)}
            )
        }
    )
    hall.hall.config = config
    async with on_board(hall, (80, 24)) as pilot:
        for widget in pilot.app.screen.query(Painted):
            width, height = widget.content_size
            assert all(line.cell_length <= width for line in widget.lines(width, height))
