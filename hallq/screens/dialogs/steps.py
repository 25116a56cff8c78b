"""A text that may be longer than the screen, and the steps that can follow."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog


class StepsDialog(ListDialog[str]):
    """Answers with the step, or None after Esc; PgDn and PgUp scroll the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll_text(1)", show=False, priority=True),
        Binding("pageup", "scroll_text(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    StepsDialog > .dialog { width: 78; max-width: 100%; }
    StepsDialog VerticalScroll { height: auto; max-height: 42vh; margin-bottom: 1; }
    StepsDialog VerticalScroll > Static { width: 100%; }
    """

    text_box = query_one(VerticalScroll)

    def __init__(self, title: str, text: str, steps: Sequence[Entry]) -> None:
        """Show `text` over the steps."""
        super().__init__(title, steps)
        self._text = text

    def compose_extra(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(can_focus=False):
            yield Static(self._text, markup=False)

    def foot(self) -> str:
        """How to choose and to read on."""
        return _("digit or Enter chooses · PgDn reads on · Esc goes back")

    def answer(self, code: str) -> str:
        """The step."""
        return code

    def action_scroll_text(self, step: int) -> None:
        """Read on, or back."""
        if step > 0:
            self.text_box.scroll_page_down(animate=False)
        else:
            self.text_box.scroll_page_up(animate=False)
