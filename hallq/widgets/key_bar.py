"""The key bar: the keys that work now, the likely next one first and brightest."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from hallq.i18n import _
from hallq.keys import Action, actions_of, key_name

MOST_LINES = 2
LEAST_GAP = 3
"""So many cells part the way to all keys from the keys of now."""


class Key(NamedTuple):
    """A key and what it does, as the bar has them."""

    name: str
    label: str
    is_likely: bool = False

    def words(self, *, close: bool) -> Content:
        """Both, with the blanks that part them from the next."""
        if self.is_likely:
            name = Content.styled(f" {self.name} ", "bold $background on $accent")
        else:
            name = Content.styled(f" {self.name}" if close else f" {self.name} ", "bold $accent")
        return Content.assemble(name, (f" {self.label} " if close else f" {self.label}  ", "$foreground"))


class KeyBar(Static):
    """One line, two on narrow screens; what does not fit is left to the help screen."""

    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; min-height: 1; background: $panel; padding: 0 1; }
    """

    _bar: Content | None = None

    def paint(self, actions: Sequence[Action], likely: str) -> None:
        """Show the actions; `likely` is what the space bar does now."""
        keys = [
            Key(_(key_name(a.keys)), likely if a.keys == "space" else _(a.label), a.keys == "space")
            for a in actions
            if a.keys != "space" or likely
        ]
        bar = laid_out(keys, max(20, self.content_size.width or self.app.size.width - 2))
        if self._bar is None or not bar.is_same(self._bar):
            # A new layout of the whole screen is worth it only when a line comes or goes.
            lines_differ = self._bar is None or bar.plain.count("\n") != self._bar.plain.count("\n")
            self.update(bar, layout=lines_differ)
            self._bar = bar

    def rest(self) -> bool:
        """Show no keys, in as many lines: those of a dialog count now. Whether that is news."""
        if self._bar is None or not self._bar.plain.strip():
            return False
        self._bar = Content("\n" * self._bar.plain.count("\n"))
        self.update(self._bar, layout=False)
        return True


def laid_out(keys: Sequence[Key], width: int) -> Content:
    """Set wide where that takes no further line, else close; the way to all keys where room is left."""
    wide, close = _lines_of(keys, width, close=False), _lines_of(keys, width, close=True)
    lines = close if len(close) < len(wide) or len(wide) > MOST_LINES else wide
    kept = [Content.assemble(*line).rstrip() for line in lines[:MOST_LINES]]
    end = _way_to_all_keys()
    room = width - end.cell_length - kept[-1].cell_length
    return Content.assemble(Content("\n").join(kept), *((" " * room, end) if room >= LEAST_GAP else ()))


def _way_to_all_keys() -> Content:
    action = next(action for action in actions_of("all") if action.name == "help")
    return Key(_(key_name(action.keys)), _(action.label)).words(close=True).rstrip()


def _lines_of(keys: Sequence[Key], width: int, *, close: bool) -> list[list[Content]]:
    """The keys in lines of at most so many cells; never a key cut in half."""
    lines: list[list[Content]] = [[]]
    used = 0
    for words in (key.words(close=close) for key in keys):
        if used + words.rstrip().cell_length > width and lines[-1]:
            lines.append([])
            used = 0
        lines[-1].append(words)
        used += words.cell_length
    return lines
