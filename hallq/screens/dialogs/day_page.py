"""The page of a day: to read, and to leaf through the days."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog
from hallq.widgets.tables import lines
from hallq.wording.day_cells import Table


class Leaf(StrEnum):
    """Which day the reader wants next."""

    EARLIER = "earlier"
    LATER = "later"
    PRINT = "print"
    """The same day, on paper."""


class DayPageDialog(Dialog[Leaf | None]):
    """Answers with the direction to leaf on, or None to go back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,enter,q,s,S", "dismiss(None)", show=False, priority=True),
        Binding("p,P", "leaf('print')", show=False, priority=True),
        Binding("left", "leaf('earlier')", show=False, priority=True),
        Binding("right", "leaf('later')", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    DayPageDialog .dialog > Static { width: 68; text-wrap: nowrap; }
    DayPageDialog #page-foot { dock: bottom; color: $quiet; background: $surface; }
    """

    scroll = query_one(VerticalScroll)

    def __init__(
        self, title: str, tables: Sequence[Table], *, earlier: bool, later: bool, prints: bool = False
    ) -> None:
        """Show `tables`; `earlier` and `later`: whether there is a day on that side; `prints`: on paper."""
        super().__init__()
        self._title = title
        self._tables = tuple(tables)
        self._sides = {Leaf.EARLIER: earlier, Leaf.LATER: later, Leaf.PRINT: prints}

    def compose(self) -> ComposeResult:
        """Title, tables, how to go on."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(Content("\n").join(line for table in self._tables for line in lines(table)))
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
        if self._sides[Leaf.PRINT]:
            words.append(_("P prints it"))
        return " · ".join([*words, _("Esc closes")])

    def action_leaf(self, side: str) -> None:
        """To the day before or after, or to paper, where there is one."""
        leaf = Leaf(side)
        if self._sides[leaf]:
            self.dismiss(leaf)
