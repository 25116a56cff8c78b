"""The handover log and the roll call: lists to read, with one thing to do on each line."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog

NEW = "new"
"""The answer that asks for a new entry."""


class HandoverDialog(ListDialog[str]):
    """Answers with the entry to settle, `NEW`, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n,N", f"dismiss('{NEW}')", show=False, priority=True)]
    DEFAULT_CSS = "HandoverDialog OptionList { width: 70; }"

    def __init__(self, title: str, notes: Sequence[tuple[str, str, str]]) -> None:
        """`notes`: id, what it is about, its text."""
        question = "" if notes else _("Nothing is handed over.")
        super().__init__(title, [Entry(note_id, head, text) for note_id, head, text in notes], question)

    def foot(self) -> str:
        """What can be done."""
        if not self._entries:
            return _("N new entry · Esc closes")
        return _("N new entry · Enter: this one is settled · Esc closes")

    def answer(self, code: str) -> str:
        """The entry."""
        return code

    def _options(self) -> list[Option]:
        # No colour of its own: the line under the cursor has a ground on which none but the text's is safe.
        lines = ((e.code, Content.assemble((e.label, "bold"), f"\n  {e.note}")) for e in self._shown)
        return [Option(line, id=code) for code, line in lines]


class RollDialog(ListDialog[str]):
    """Answers with the chosen person's id."""

    def foot(self) -> str:
        """What can be done."""
        return _("Enter: not expected today, or expected again · Esc closes")

    def answer(self, code: str) -> str:
        """The person."""
        return code

    def _digit_of(self, place: int, entry: Entry) -> int:
        """Staff numbers are digits themselves."""
        return 0
