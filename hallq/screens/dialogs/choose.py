"""Choose one of a list: a digit, a letter typed to narrow it, or arrows and Enter."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hallq.i18n import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `note` stands behind the label, quieter."""

    code: str
    label: str
    note: str = ""


class ChooseDialog(ModalScreen[str | None]):
    """Answers with the chosen entry's code, or None after Esc."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "dismiss(None)", show=False),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(1, 10)),
    ]
    DEFAULT_CSS = """
    ChooseDialog OptionList { height: auto; max-height: 16; width: auto; min-width: 36; border: none;
        background: $surface; padding: 0; }
    ChooseDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, title: str, entries: Sequence[Entry], question: str = "") -> None:
        """Ask `title`, with an explaining `question` under it."""
        super().__init__()
        self._title = title
        self._question = question
        self._entries = list(entries)

    def compose(self) -> ComposeResult:
        """Title, list, and how to choose."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            if self._question:
                yield Static(self._question, markup=False)
            yield OptionList(
                *(Option(self._line(place, e), id=e.code) for place, e in enumerate(self._entries, 1)),
                markup=False,
            )
            yield Static(_("digit or Enter chooses · Esc goes back"), classes="dialog-foot", markup=False)

    @staticmethod
    def _line(place: int, entry: Entry) -> str:
        digit = str(place) if place <= 9 else " "
        return f"{digit}  {entry.label}" + (f"   {entry.note}" if entry.note else "")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one(OptionList).focus()

    def action_digit(self, digit: int) -> None:
        """Choose by place."""
        if 1 <= digit <= len(self._entries):
            self.dismiss(self._entries[digit - 1].code)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by Enter or mouse."""
        self.dismiss(event.option.id)
