"""Every text of every screen can be read in every theme: 4.5 to 1 against its ground, also under a cursor."""

from pathlib import Path

import pytest
from textual.color import Color
from textual.screen import Screen

from hallq.app import HallApp
from hallq.hall import Actor
from hallq.i18n import set_language
from tests.scenes import busy_hall

THEMES = ("hall-light", "hall-dark", "high-contrast", "board-night")
READABLE = 4.5
LINES = set("▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕─━│┃╭╮╰╯╸╺")
"""What is drawn, not read."""

LOOKS: dict[str, tuple[str, ...]] = {
    "counter": ("", "t", "escape", "question_mark"),
    "guide": ("1", "t", "escape", "f"),
    "manager": ("", "o", "escape", "question_mark"),
    "board": ("",),
}
"""The keys of a role, one after the other; after each one is looked."""


@pytest.mark.parametrize("role", LOOKS)
async def test_texts_stand_out_from_their_ground(tmp_path: Path, role: str) -> None:
    set_language("en")
    hall = busy_hall(tmp_path)
    app = HallApp(hall.hall, Actor("1003", "t1"), role=role, counter=3)
    faint: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        for key in LOOKS[role]:
            await pilot.press(*filter(None, [key]))
            for theme in THEMES:
                app.theme = theme
                await pilot.pause()
                app.screen.refresh(layout=True)
                await pilot.pause()
                faint += [f"{theme} {key}: {words}" for words in _faint(app.screen)]
    assert faint == []


def _faint(screen: Screen[object]) -> list[str]:
    found = []
    for strip in screen._compositor.render_strips():
        for segment in strip:
            text, style = segment.text.strip(), segment.style
            if set(text) <= LINES or style is None or style.color is None or style.bgcolor is None:
                continue
            colours = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            if _contrast(*colours) < READABLE:
                found.append(f"{text!r} {colours[0].hex} on {colours[1].hex}")
    return found


def _contrast(one: Color, other: Color) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
