"""Hands at a keyboard. A pilot rests after each key, which for a text is most of a test's time."""

import asyncio

from textual import events
from textual.app import App
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.typed_ahead import ASKING, TypedAhead

NAMES = {
    " ": "space",
    "\r": "enter",
    "\n": "ctrl+j",
    "\x1b": "escape",
    "/": "slash",
    "?": "question_mark",
    "-": "minus",
}


class Text(str):
    """Letters that are no keys of their own."""


def at_once(pilot: Pilot[None], *keys: str | events.Paste) -> None:
    """All keys in one moment, as a scanner or a hurried hand gives them."""
    for key in keys:
        if isinstance(key, events.Paste):
            pilot.app.post_message(key)
        else:
            pilot.app.post_message(events.Key(NAMES.get(key, key), key))


async def strike(pilot: Pilot[None], key: str) -> None:
    """One key, or a text in one go."""
    if isinstance(key, Text):
        at_once(pilot, *key)
        await pilot.pause()
    else:
        await pilot.press(key)


async def settled(pilot: Pilot[None]) -> None:
    """Every key has gone somewhere, and what was asked is answered, or it is the person's turn."""
    await pilot.pause(0)
    async with asyncio.timeout(60):
        while _has_keys(pilot.app) or any(
            not w.is_finished and (w.group == "hall" or (w.group == ASKING and w.node is pilot.app.screen))
            for w in pilot.app.workers
        ):
            await pilot.pause(0.005)
    await pilot.pause()


def _has_keys(app: App[None]) -> bool:
    return isinstance(app, TypedAhead) and (bool(app._typed) or app._handed_over_at is not None)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Each key, and what it brings about."""
    for key in keys:
        await strike(pilot, key)
        await settled(pilot)


def painted(pilot: Pilot[None]) -> str:
    """Everything that is on the terminal."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def app_of(pilot: Pilot[None]) -> HallApp:
    """The app, as tests of hallq's own know it."""
    app = pilot.app
    assert isinstance(app, HallApp)
    return app
