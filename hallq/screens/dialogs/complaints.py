"""The list of open complaints, to read and to go on with."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static
from textual.widgets.option_list import Option

from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog
from hallq.widgets.cells import left

NOTE_CELLS = 62
NEW = "new"
"""The answer that asks for another complaint to be written down."""


class ComplaintsDialog(ListDialog[str]):
    """Answers with the complaint to open, `NEW`, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n,N", f"dismiss('{NEW}')", show=False, priority=True)]
    DEFAULT_CSS = "ComplaintsDialog OptionList { width: 74; max-height: 56vh; }"

    def __init__(self, title: str, complaints: Sequence[tuple[str, str, str]]) -> None:
        """`complaints`: id, what is due, what it says."""
        question = "" if complaints else _("No complaint is open.")
        super().__init__(title, [Entry(code, head, text) for code, head, text in complaints], question)

    def foot(self) -> str:
        """What can be done."""
        return _("Enter opens it · N new complaint · Esc closes")

    def answer(self, code: str) -> str:
        """The complaint."""
        return code

    def _options(self) -> list[Option]:
        lines = (
            (e.code, Content.assemble((e.label, "bold"), f"\n  {left(e.note, NOTE_CELLS).rstrip()}"))
            for e in self._shown
        )
        return [Option(line, id=code) for code, line in lines]


class OneComplaintDialog(ListDialog[str]):
    """Everything about one complaint, which may be long, and the steps that can follow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll_text(1)", show=False, priority=True),
        Binding("pageup", "scroll_text(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    OneComplaintDialog > .dialog { width: 78; max-width: 100%; }
    OneComplaintDialog VerticalScroll { height: auto; max-height: 38vh; margin-bottom: 1; }
    OneComplaintDialog VerticalScroll > Static { width: 100%; }
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
