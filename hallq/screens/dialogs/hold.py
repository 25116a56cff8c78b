"""Hold: why, and back in how many minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog

MINUTES: tuple[int | None, ...] = (None, 3, 5, 8, 10, 15)
"""None: until the customer is called back."""


@dataclass(frozen=True, slots=True)
class HoldAnswer:
    """The reason's code, and the minutes until the customer waits again by itself."""

    reason: str
    minutes: int | None


class HoldDialog(ListDialog[HoldAnswer]):
    """Left and right set the minutes, choosing the reason answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "minutes(1)", show=False, priority=True),
        Binding("left,shift+tab", "minutes(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    HoldDialog #hold-minutes { margin-bottom: 1; width: auto; }
    """

    minutes_line = query_one("#hold-minutes", Static)

    def __init__(self, title: str, reasons: Sequence[Entry]) -> None:
        """Ask for one of `reasons`."""
        super().__init__(title, reasons)
        self._place = 0

    def compose_extra(self) -> ComposeResult:
        """The minutes in one line."""
        yield Static(self._minutes_words(), id="hold-minutes", markup=False)

    def foot(self) -> str:
        """How to choose."""
        return _("← → minutes · digit chooses the reason · Esc goes back")

    def answer(self, code: str) -> HoldAnswer:
        """The reason with the minutes set."""
        return HoldAnswer(code, MINUTES[self._place])

    def action_minutes(self, step: int) -> None:
        """The next or the last of the minutes."""
        self._place = (self._place + step) % len(MINUTES)
        self.minutes_line.update(self._minutes_words())

    def _minutes_words(self) -> Content:
        parts: list[tuple[str, str]] = [(_("Back in") + "  ", "$quiet")]
        for place, minutes in enumerate(MINUTES):
            words = _("until called") if minutes is None else _("{minutes} min").format(minutes=minutes)
            chosen = place == self._place
            parts.append((f" {words} ", "bold $background on $accent" if chosen else "$foreground"))
        return Content.assemble(*parts)
