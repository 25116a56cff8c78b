"""Frozen pictures of the four screens: both languages, two sizes, one moment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.hall import Actor
from hallq.i18n import set_language
from tests.builders import TryHall
from tests.scenes import a_day_of_appointments, busy_hall, empty_morning, shift_begins, worst_rush
from tests.screens.hands import settled

Compare = Callable[..., bool]
SIZES = {"counter": (100, 30), "guide": (100, 30), "board": (120, 36), "manager": (160, 50)}


def _app(hall: TryHall, role: str, language: str) -> App[None]:
    set_language(language)
    app = HallApp(hall.hall, Actor("1003", "t1"), role=role, counter=3)
    app.animation_level = "none"  # a new call stands still: no picture depends on its second
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["counter", "guide", "board", "manager"])
@pytest.mark.parametrize("size", ["small", "large"])
def test_a_busy_hall(snap_compare: Compare, tmp_path: Path, role: str, language: str, size: str) -> None:
    """Each workplace some two hours after opening."""
    cells = (80, 24) if size == "small" else SIZES[role]
    assert snap_compare(_app(busy_hall(tmp_path), role, language), terminal_size=cells)


@pytest.mark.parametrize("role", ["counter", "guide", "board", "manager"])
def test_the_empty_morning(snap_compare: Compare, tmp_path: Path, role: str) -> None:
    """Before the day is open each screen says what to press."""
    assert snap_compare(_app(empty_morning(tmp_path), role, "zh"), terminal_size=(80, 24))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["a", "h"])
def test_the_shift_begins(snap_compare: Compare, tmp_path: Path, key: str, language: str) -> None:
    """The roll call and the handover log over the manager's screen."""

    async def opens(pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await settled(pilot)

    app = _app(shift_begins(tmp_path), "manager", language)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opens)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_staff_list(snap_compare: Compare, tmp_path: Path, language: str) -> None:
    """As an admin sees it."""
    app = _app(shift_begins(tmp_path), "staff", language)
    assert snap_compare(app, terminal_size=(80, 24))


@pytest.mark.parametrize("role", ["counter", "manager"])
def test_the_worst_rush(snap_compare: Compare, tmp_path: Path, role: str) -> None:
    """Sixty wait, all late: the first line still says what to do."""
    assert snap_compare(_app(worst_rush(tmp_path), role, "en"), terminal_size=(80, 24))


@pytest.mark.parametrize(("language", "cells"), [("zh", (80, 24)), ("en", (80, 24)), ("en", (120, 36))])
def test_a_day_of_appointments(
    snap_compare: Compare, tmp_path: Path, language: str, cells: tuple[int, int]
) -> None:
    """From the guide's desk with one key."""
    app = _app(a_day_of_appointments(tmp_path), "guide", language)
    assert snap_compare(app, terminal_size=cells, press=["y"])


@pytest.mark.parametrize("role", ["guide", "board"])
def test_appointments_beside_the_queue(snap_compare: Compare, tmp_path: Path, role: str) -> None:
    """Who is expected and who is here, for the guide; why a Y number goes first, for everybody."""
    app = _app(a_day_of_appointments(tmp_path), role, "zh")
    assert snap_compare(app, terminal_size=(80, 24))
