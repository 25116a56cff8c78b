"""Which ticket? Type the number; what can be meant is listed, with where it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hallq.i18n import _
from hallq.screens.covering import Dialog


@dataclass(frozen=True, slots=True)
class Found:
    """One ticket. `code` is the answer, empty when it can't be chosen; `lines` say where it is."""

    code: str
    label: str
    lines: tuple[str, ...]


class FindTicketDialog(Dialog[str | None]):
    """Answers with the code of the ticket chosen by Enter, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FindTicketDialog Input { width: 66; border: none; height: 1; padding: 0; margin-bottom: 1;
        background: $panel; }
    FindTicketDialog Input:focus { border: none; }
    FindTicketDialog OptionList { width: 66; height: auto; max-height: 7; border: none; padding: 0;
        background: $surface; }
    FindTicketDialog #found-lines { width: 66; min-height: 4; margin-top: 1; }
    FindTicketDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    tickets = query_one(OptionList)
    shown = query_one("#found-lines", Static)
    typed = query_one(Input)

    def __init__(self, title: str, foot: str, look: Callable[[str], Sequence[Found]]) -> None:
        """`look` finds what a typed text can mean; an empty text means all."""
        super().__init__()
        self._title = title
        self._foot = foot
        self._look = look
        self._found: tuple[Found, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, field, list, where the marked one is."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Input(placeholder=_("number, for example A047 or 47"), max_length=12)
            yield OptionList(markup=False)
            yield Static(id="found-lines", markup=False)
            yield Static(self._foot, classes="dialog-foot", markup=False)

    def on_mount(self) -> None:
        """All tickets at first; the keys go to the field."""
        self.typed.focus()
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what can be meant."""
        self._list(event.value)

    def look_again(self) -> None:
        """More is known of what was typed: the mark stays where it is."""
        place = self.tickets.highlighted
        self._list(self.typed.value)
        if place is not None and place < len(self._found):
            self.tickets.highlighted = place

    def _list(self, typed: str) -> None:
        self._found = tuple(self._look(typed))
        self.tickets.clear_options()
        self.tickets.add_options(Option(found.label) for found in self._found)
        self.tickets.highlighted = 0 if self._found else None
        if not self._found:
            self.shown.update(_("No such number.") if typed else _("No tickets now."))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say where the marked one is."""
        if event.option_index < len(self._found):
            self.shown.update("\n".join(self._found[event.option_index].lines))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose with the mouse."""
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Up and down while typing."""
        if step > 0:
            self.tickets.action_cursor_down()
        else:
            self.tickets.action_cursor_up()

    def action_choose(self) -> None:
        """Answer with the marked one, if it can be chosen."""
        place = self.tickets.highlighted
        if place is not None and place < len(self._found) and self._found[place].code:
            self.dismiss(self._found[place].code)
