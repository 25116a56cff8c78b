"""Very large letters and digits, as big as the room for them allows."""

import re
from functools import lru_cache

from pyfiglet import Figlet
from textual.widgets import Static

SIZES = (("ansi_regular", 3), ("ansi_regular", 2), ("ansi_regular", 1), ("small", 1), ("mini", 1))
"""pyfiglet's fonts and how often each cell is drawn, largest first.

Solid blocks read best across a room. What fits in none stands as it is.
"""

WIDEST_DIGITS = "047"
"""One of them is the widest in each of these fonts; drawn once for all numbers of a lane."""


@lru_cache(maxsize=512)
def drawn(text: str, font: str, scale: int = 1) -> tuple[str, ...]:
    """The lines of `text` in a font, without empty lines above and below."""
    lines = Figlet(font=font, width=1000).renderText(text).split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return ()
    kept = [line.rstrip() for line in lines[filled[0] : filled[-1] + 1]]
    width = max(len(line) for line in kept)
    scaled = ["".join(cell * scale for cell in line.ljust(width)) for line in kept]
    return tuple(line for line in scaled for _ in range(scale))


def largest(text: str, width: int, height: int) -> tuple[str, ...]:
    """`text` as large as fits into `width` by `height` cells.

    It would fit with other digits, too: a number with narrow ones is no larger than the next.
    """
    alike = [text, *(re.sub("[0-9]", digit, text) for digit in WIDEST_DIGITS)]
    for font, scale in SIZES:
        lines = drawn(text, font, scale)
        if lines and len(lines) <= height and all(len(drawn(t, font, scale)[0]) <= width for t in alike):
            return lines
    return (text[:width],)


class BigText(Static):
    """Shows a short text as large as its own size allows."""

    DEFAULT_CSS = """
    BigText { width: auto; height: auto; text-style: bold; text-wrap: nowrap; }
    """

    def __init__(
        self, text: str = "", *, max_width: int = 60, max_height: int = 8, id: str | None = None
    ) -> None:
        """Draw within `max_width` by `max_height` cells."""
        super().__init__(markup=False, id=id)
        self._text = text
        self._room = (max_width, max_height)

    def on_mount(self) -> None:
        """Draw what was given."""
        self._draw()

    def show(self, text: str, max_width: int | None = None, max_height: int | None = None) -> None:
        """Draw `text`, in another room if given."""
        room = (max_width or self._room[0], max_height or self._room[1])
        if (text, room) != (self._text, self._room):
            self._text, self._room = text, room
            self._draw()

    def _draw(self) -> None:
        self.update("\n".join(largest(self._text, *self._room)) if self._text else "")
