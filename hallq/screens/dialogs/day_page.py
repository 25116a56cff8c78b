"""The page of a day: to read, and to leaf through the days."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog
from hallq.widgets.cells import left, right
from hallq.wording.day_page import Table

GAP = 2
ROOM = 68
"""Cells of a line: what a terminal of 80 has left beside frame and scroll bar."""


class Leaf(StrEnum):
    """Which day the reader wants next."""

    EARLIER = "earlier"
    LATER = "later"


class DayPageDialog(Dialog[Leaf | None]):
    """Answers with the direction to leaf on, or None to go back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,enter,q,s,S", "dismiss(None)", show=False, priority=True),
        Binding("left", "leaf('earlier')", show=False, priority=True),
        Binding("right", "leaf('later')", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    DayPageDialog .dialog > Static { width: 68; text-wrap: nowrap; }
    DayPageDialog #page-foot { dock: bottom; color: $quiet; background: $surface; }
    """

    scroll = query_one(VerticalScroll)

    def __init__(self, title: str, tables: Sequence[Table], *, earlier: bool, later: bool) -> None:
        """Show `tables`; `earlier` and `later`: whether there is a day on that side."""
        super().__init__()
        self._title = title
        self._tables = tuple(tables)
        self._sides = {Leaf.EARLIER: earlier, Leaf.LATER: later}

    def compose(self) -> ComposeResult:
        """Title, tables, how to go on."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(Content("\n").join(line for table in self._tables for line in _lines(table)))
            yield Static(self._foot(), id="page-foot", markup=False)

    def on_mount(self) -> None:
        """The arrows up and down scroll."""
        self.scroll.focus()

    def _foot(self) -> str:
        words = [_("↑ ↓ scroll")]
        if self._sides[Leaf.EARLIER]:
            words.append(_("← the day before"))
        if self._sides[Leaf.LATER]:
            words.append(_("→ the day after"))
        return " · ".join([*words, _("Esc closes")])

    def action_leaf(self, side: str) -> None:
        """To the day before or after, where there is one."""
        leaf = Leaf(side)
        if self._sides[leaf]:
            self.dismiss(leaf)


def _lines(table: Table) -> list[Content]:
    every = [*([table.head] if table.head else []), *table.rows]
    widths = [max(cell_len(row[place]) for row in every) for place in range(len(every[0]))]
    texts = [place for place in table.texts if place < len(widths)]
    widest = max(texts, key=lambda place: widths[place])
    widths[widest] -= max(0, sum(widths) + GAP * (len(widths) - 1) - ROOM)
    lines = [Content.styled(table.title, "bold")] if table.title else []
    for row in every:
        cells = [
            left(cell, width) if place in table.texts else right(cell, width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        style = "bold $quiet" if row is table.head else ""
        lines.append(Content.styled((" " * GAP).join(cells), style))
    return [*lines, Content("")]
