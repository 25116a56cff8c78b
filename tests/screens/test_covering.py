"""What the terminal shows around questions: only what changed is painted, and nothing is forgotten."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual._compositor import CompositorUpdate
from textual.command import CommandPalette

from hallq import app as app_module
from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.hall import Actor
from hallq.i18n import set_language
from hallq.screens.covering import Coverable
from hallq.screens.dialogs.tell import TellDialog
from hallq.widgets.figures_strip import FiguresStrip
from hallq.widgets.top_line import TopLine
from tests.builders import TryHall
from tests.screens.test_counter import Clerk

SIZE = (100, 30)
PATIENCE = 3_000
"""So often is looked, 20 ms apart, before something counts as never painted."""
_PARTS = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[[0-9;?]*[a-zA-Z]|(\n)|([^\x1b\n]+)")


class Glass:
    """A terminal: it shows what was sent to it, and nothing else."""

    def __init__(self) -> None:
        self.painted = 0
        self._at = (0, 0)
        self.is_now(*SIZE)

    def is_now(self, columns: int, rows: int) -> None:
        """Somebody gave the window another size: the terminal is empty."""
        self.cells = [[" "] * columns for _ in range(rows)]

    def take(self, sent: str) -> None:
        """Paint what is sent."""
        for row, column, new_line, text in _PARTS.findall(sent):
            if row:
                self._at = (int(row) - 1, int(column) - 1)
            elif new_line:
                self._at = (self._at[0] + 1, 0)
            else:
                self._write(text)

    def _write(self, text: str) -> None:
        row, column = self._at
        for character in text:
            width = cell_len(character)
            self.cells[row][column : column + width] = [character, *[""] * (width - 1)]
            column += width
            self.painted += width
        self._at = (row, column)

    def shows(self) -> str:
        """All rows."""
        return "\n".join("".join(row) for row in self.cells)


class Watched(HallApp):
    """The app in front of such a terminal."""

    CSS_PATH = str(Path(app_module.__file__).with_name("hallq.tcss"))
    glass: Glass

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate) and screen is self.screen:
            self.glass.take(renderable.render_segments(self.console))
        super()._display(screen, renderable)


@asynccontextmanager
async def behind_glass(hall: TryHall, role: str) -> AsyncIterator[tuple[Clerk, Glass]]:
    """A workplace in a terminal."""
    app = Watched(hall.hall, Actor("1001", "t1"), role=role, counter=2)
    app.glass = Glass()
    async with app.run_test(size=SIZE) as pilot:
        clerk = Clerk(hall, pilot)
        await clerk.settles()
        yield clerk, app.glass
        app._follower.stop()
        app._follower.join()


@pytest.fixture
def crowd(hall: TryHall) -> TryHall:
    hall.opens(2, 3)
    for number in range(12):
        hall.issues(tier=Tier.GOLD if number % 4 == 0 else Tier.NONE)
    hall.serves(3)
    return hall


KEYS = {
    "counter": ["p", "f8", "f5", "question_mark", "c", "f2", "space", "question_mark", "space", "t", "h"],
    "guide": ["f8", "t", "f", "x", "p", "n", "f5"],
    "manager": ["question_mark", "o", "c", "l", "d", "s", "f8"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("role", list(KEYS))
async def test_the_terminal_shows_the_whole_screen_after_every_key(
    crowd: TryHall, role: str, language: str
) -> None:
    set_language(language)
    async with behind_glass(crowd, role) as (clerk, glass):
        assert glass.shows() == clerk.sees()
        for key in KEYS[role]:
            for each in (key, "escape"):
                await clerk.presses(each)
                shown, painted = await _shown_in_the_end(clerk, glass)
                assert shown == painted, each


async def _shown_in_the_end(clerk: Clerk, glass: Glass) -> tuple[str, str]:
    """What the terminal shows and what was painted, at a moment between two seconds of the timers."""
    for _ in range(PATIENCE):
        both = glass.shows(), clerk.sees()
        if both[0] == both[1]:
            break
        await clerk.pilot.pause(0.02)
    return both


async def test_a_question_costs_its_own_rows(crowd: TryHall) -> None:
    """The beat of a second, or a busy moment, may fall into one of the presses, not into all."""
    came, gone = [], []
    async with behind_glass(crowd, "counter") as (clerk, glass):
        await clerk.presses("p", "escape")
        for _ in range(6):
            before, painted = clerk.sees(), glass.painted
            await clerk.presses("p")
            came.append(glass.painted - painted)
            assert "Space" not in clerk.sees().splitlines()[-2]  # its keys rest
            painted = glass.painted
            await clerk.presses("escape")
            gone.append(glass.painted - painted)
            assert clerk.sees() == before
    assert max(min(came), min(gone)) < SIZE[0] * SIZE[1]


async def test_another_program_writes_while_a_question_stands(crowd: TryHall) -> None:
    async with behind_glass(crowd, "counter") as (clerk, glass):
        await clerk.presses("p")
        crowd.does(i.IssueTicket(service="payment"))
        clerk.app.state = crowd.state  # type: ignore[attr-defined]
        await clerk.presses("escape")
        shown, painted = await _shown_in_the_end(clerk, glass)
        assert shown == painted


async def test_one_row_after_another_changes_behind_a_question(crowd: TryHall) -> None:
    async with behind_glass(crowd, "manager") as (clerk, glass):
        screen = clerk.app.screen
        assert isinstance(screen, Coverable)
        top, below = screen.query_one(TopLine).children[0], screen.query_one(FiguresStrip)
        screen.show(TellDialog("Told", "Nothing."))
        await clerk.settles()
        for widget in (top, below):
            glass.is_now(*SIZE)
            widget.refresh()
            assert await _row_comes(clerk, glass, widget.region.y)


async def test_what_changes_while_a_question_comes_up_is_shown(crowd: TryHall) -> None:
    async with behind_glass(crowd, "manager") as (clerk, glass):
        screen = clerk.app.screen
        assert isinstance(screen, Coverable)
        top = screen.query_one(TopLine).children[0]
        glass.is_now(*SIZE)
        screen.show(TellDialog("Told", "Nothing."))
        screen.paint_now(top.refresh())
        assert await _row_comes(clerk, glass, top.region.y)


async def _row_comes(clerk: Clerk, glass: Glass, row: int) -> bool:
    """Whether the terminal shows this row in the end."""
    await clerk.settles()
    for _ in range(PATIENCE):
        shown, painted = glass.shows().splitlines()[row], clerk.sees().splitlines()[row]
        if shown == painted and painted.strip():
            return True
        await clerk.pilot.pause(0.02)
    return False


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_window_changes_its_size_while_a_question_stands(
    crowd: TryHall, size: tuple[int, int]
) -> None:
    async with behind_glass(crowd, "counter") as (clerk, glass):
        await clerk.presses("p")
        glass.is_now(*size)
        await clerk.pilot.resize_terminal(*size)
        await clerk.settles()
        assert "Pause" in clerk.sees()
        assert "Counter 2" in glass.shows()
        await clerk.presses("escape")
        shown, painted = await _shown_in_the_end(clerk, glass)
        assert shown == painted


async def test_the_palette_of_one_workplace_is_not_in_the_way_of_anothers(crowd: TryHall) -> None:
    async with behind_glass(crowd, "guide") as (clerk, _glass):
        await clerk.presses("ctrl+p", "f4", "ctrl+p")
        assert isinstance(clerk.app.screen, CommandPalette)
        await clerk.presses("escape", "f1")
        assert isinstance(clerk.app.screen, CommandPalette)
