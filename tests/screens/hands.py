"""Hands at a keyboard. A pilot rests after each key, which for a text is most of a test's time."""

from textual import events
from textual.pilot import Pilot

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
