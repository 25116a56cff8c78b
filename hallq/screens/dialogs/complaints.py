"""The list of open complaints, to read and to go on with."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
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
    DEFAULT_CSS = "ComplaintsDialog OptionList { width: 74; }"
    LIST_PERCENT = 56

    def __init__(self, title: str, complaints: Sequence[tuple[str, str, str]]) -> None:
        """`complaints`: id, what is due, what it says."""
        question = "" if complaints else _("No complaint is open.")
        super().__init__(title, [Entry(code, head, text) for code, head, text in complaints], question)

    def foot(self) -> str:
        """What can be done."""
        if not self._entries:
            return _("N new complaint · Esc closes")
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
