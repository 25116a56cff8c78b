"""The first screen with real keys: a name, a workplace, and on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from hallq.app import HallApp
from hallq.hall import Actor
from hallq.i18n import set_language
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.entry import EntryScreen
from hallq.store import Store
from hallq.widgets.role_list import RoleList
from tests.builders import HandClock, TryHall, a_hall
from tests.screens.hands import Text, app_of, press

SIZES = [(80, 24), (100, 30), (160, 50), (200, 60), (50, 16)]


@asynccontextmanager
async def at_the_entry(hall: TryHall, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    """The first screen on this hall."""
    set_language("en")
    app = HallApp(hall.hall, Actor("login", "t1"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
    set_language("en")


def shown(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).render())


@pytest.mark.parametrize(("digit", "role"), [("1", "guide"), ("4", "manager")])
async def test_a_name_and_a_digit_lead_to_the_workplace(hall: TryHall, digit: str, role: str) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, Text("1007"), "enter", digit)
        assert app_of(pilot).actor == Actor("1007", "t1")
        assert pilot.app.current_mode == role
        await pilot.app.workers.wait_for_complete()


async def test_the_keys_of_the_workplaces_work_here_too(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, "f4")
        assert pilot.app.current_mode == "entry"
        assert app_of(pilot).notices[-1].sentence == "Type your staff number or short name first."
        await press(pilot, Text("1007"), "f4")
        assert app_of(pilot).actor == Actor("1007", "t1")
        assert pilot.app.current_mode == "manager"
        await pilot.app.workers.wait_for_complete()


async def test_arrows_choose_too(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, "w", "l", "enter", "down", "down", "enter")
        assert pilot.app.current_mode == "board"


async def test_the_board_needs_no_name_and_all_others_do(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, "enter", "1")
        assert pilot.app.current_mode == "entry"
        assert "staff number" in app_of(pilot).notices[-1].sentence
        await press(pilot, "enter", "3")
        assert pilot.app.current_mode == "board"
        assert app_of(pilot).actor.name == "login"


async def test_a_clerk_chooses_a_counter(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, Text("1007"), "enter", "2")
        assert isinstance(pilot.app.screen, ChooseDialog)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, EntryScreen)
        await press(pilot, "2", "5")
        assert app_of(pilot).counter_number == 5
        assert pilot.app.current_mode == "counter"


async def test_a_clerk_who_has_a_counter_goes_there(hall: TryHall) -> None:
    hall.opens(3)
    async with at_the_entry(hall) as pilot:
        await press(pilot, Text("clerk-3"), "enter", "2")
        assert app_of(pilot).counter_number == 3
        assert pilot.app.current_mode == "counter"


async def test_a_digit_in_the_name_is_a_digit_of_the_name(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, "1", "enter", "up")
        await press(pilot, "2", "enter", "1")
        assert app_of(pilot).actor.name == "12"
        await pilot.app.workers.wait_for_complete()


async def test_the_hall_says_how_it_is(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    async with at_the_entry(hall) as pilot:
        status = shown(pilot, "#entry-status")
        assert "Standard 1 waiting" in status
        assert "1 counter open" in status
        await press(pilot, "f7")
        assert "标准 等候 1 人" in shown(pilot, "#entry-status")
        assert "English" in shown(pilot, "#entry-hint")


async def test_a_day_that_is_not_open_is_said(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, day=False)
    async with at_the_entry(hall) as pilot:
        assert "not open" in shown(pilot, "#entry-status")


async def test_escape_quits_in_an_open_hall_after_a_yes(hall: TryHall) -> None:
    async with at_the_entry(hall) as pilot:
        await press(pilot, "1", "escape")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, EntryScreen)
        await press(pilot, "escape", "y")
        assert not pilot.app.is_running or pilot.app.return_code == 0


@pytest.mark.parametrize("size", SIZES)
async def test_everything_stands_at_every_size(hall: TryHall, size: tuple[int, int]) -> None:
    async with at_the_entry(hall, size) as pilot:
        roles = pilot.app.screen.query_one(RoleList)
        assert "4  Manager" in roles.render().plain
        assert roles.region.bottom <= size[1]
