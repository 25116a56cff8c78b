"""Choose one of a list: a digit, arrows and Enter, or, in long lists, typing to narrow them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hallq.i18n import _
from hallq.screens.covering import Dialog

Answer = TypeVar("Answer")


GAP = 2
"""Cells between the names and their notes."""
BESIDE_LINES = 4
"""Cells of a list beside its lines: a blank at each side, the scroll bar."""
LINE_CELLS = 63
"""So long a line is whole on 80 columns, a scroll bar beside it; longer ones lose the column of the notes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `note` stands behind the label, less strong; `keywords` are searched too.

    `digit`: the key that chooses it, where the thing itself has a number; else its place does.
    """

    code: str
    label: str
    note: str = ""
    keywords: str = ""
    digit: int = 0

    def matches(self, typed: str) -> bool:
        """Whether every typed word occurs in the entry."""
        text = f"{self.label} {self.note} {self.keywords} {self.code}".casefold()
        return all(word in text for word in typed.casefold().split())


@dataclass(frozen=True, slots=True)
class Search:
    """Letters narrow the list. `find`: what was typed to the codes that it means, best first."""

    find: Callable[[str], Sequence[str]] = field(default=lambda _: ())
    digits_choose: bool = True

    def narrowed(self, entries: Sequence[Entry], typed: str) -> list[Entry]:
        """The entries found, then those in whose text the words occur; all for nothing typed."""
        if not typed.strip():
            return list(entries)
        by_code = {entry.code: entry for entry in entries}
        found = [by_code[code] for code in self.find(typed) if code in by_code]
        return [*found, *(entry for entry in entries if entry.matches(typed) and entry not in found)]


class SearchInput(Input):
    """Takes letters, and digits only where they don't choose."""

    def __init__(self, placeholder: str, *, digits_choose: bool) -> None:
        """An empty line."""
        super().__init__(placeholder=placeholder)
        self._digits_choose = digits_choose

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A key that is not for typing is left to the dialog."""
        if self._digits_choose and key.isdigit():
            return False
        return super().check_consume_key(key, character)


class ListDialog(Dialog[Answer | None], Generic[Answer]):
    """A list to choose from; what a chosen code means is the answer of the kind of dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        *(Binding(str(digit), f"digit({digit})", show=False, priority=True) for digit in range(1, 10)),
    ]
    DEFAULT_CSS = """
    ListDialog OptionList { height: auto; width: auto; min-width: 36; max-width: 100%; border: none;
        background: $surface; padding: 0; }
    ListDialog OptionList:focus { border: none; }
    ListDialog Input { border: none; height: 1; padding: 0; margin-bottom: 1; background: $panel; }
    ListDialog Input:focus { border: none; }
    ListDialog .dialog-question { margin-bottom: 1; }
    ListDialog .dialog-foot { color: $quiet; margin-top: 1; width: auto; max-width: 100%; }
    """

    LIST_PERCENT: ClassVar[int] = 38
    """So much of the screen's height a longer list takes; in whole lines, or the box would be too high."""

    entry_list = query_one(OptionList)

    def __init__(
        self, title: str, entries: Sequence[Entry], question: str = "", *, search: Search | None = None
    ) -> None:
        """Ask `title`, with an explaining `question` under it; `search` for long lists."""
        super().__init__()
        self._title = title
        self._question = question
        self._entries = list(entries)
        self._shown = list(entries)
        self._search = search

    def compose(self) -> ComposeResult:
        """Title, question, search, list, and how to choose."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            if self._question:
                yield Static(self._question, classes="dialog-question", markup=False)
            if self._search is not None:
                yield SearchInput(_("type to search"), digits_choose=self._digits_choose)
            yield from self.compose_extra()
            yield self._list()
            yield Static(self.foot(), classes="dialog-foot", markup=False)

    def _list(self) -> OptionList:
        options, lines = self._options(), self._most_lines()
        made = OptionList(*options, markup=False)
        made.styles.max_height = lines
        if len(options) > lines:  # Textual forgets the scroll bar: the longest lines would be broken for it
            widest = max(cell_len(line) for each in options for line in str(each.prompt).splitlines())
            made.styles.min_width = widest + BESIDE_LINES
        return made

    def _most_lines(self) -> int:
        return max(3, self.app.size.height * self.LIST_PERCENT // 100)

    def on_resize(self, event: events.Resize) -> None:
        """The window has another height."""
        if self._has_size:
            self.entry_list.styles.max_height = self._most_lines()

    def compose_extra(self) -> ComposeResult:
        """What a kind of dialog shows between question and list."""
        return iter(())

    def foot(self) -> str:
        """How to choose."""
        if self._digits_choose:
            return _("digit or Enter chooses · Esc goes back")
        return _("↑ ↓ and Enter choose · Esc goes back")

    def answer(self, code: str) -> Answer | None:
        """What choosing `code` answers."""
        raise NotImplementedError

    def _options(self) -> list[Option]:
        note = max((cell_len(entry.note) for entry in self._entries), default=0)
        labels = [cell_len(entry.label) for entry in self._entries]
        # Where the longest of both have no room in one line, the notes stand behind the other names.
        widest = max((cells for cells in labels if cells + GAP + note <= LINE_CELLS), default=0)
        return [
            Option(_line(self._digit_of(place, entry), entry, widest), id=entry.code)
            for place, entry in enumerate(self._shown, 1)
        ]

    def _digit_of(self, place: int, entry: Entry) -> int:
        """The digit that chooses the entry, 0 for none."""
        if not self._digits_choose:
            return 0
        numbered = any(other.digit for other in self._entries)
        return entry.digit if numbered else place

    def on_mount(self) -> None:
        """The keys go to the search, or else to the list."""
        if self._search is None:
            self.entry_list.focus()
        self._first()

    def _first(self) -> None:
        self.entry_list.highlighted = 0 if self._shown else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what was typed."""
        if self._search is not None:
            self._shown = self._search.narrowed(self._entries, event.value)
        self.entry_list.clear_options()
        self.entry_list.add_options(self._options())
        self._first()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where digits are typed they don't choose."""
        return action != "digit" or self._digits_choose

    @property
    def _digits_choose(self) -> bool:
        return self._search is None or self._search.digits_choose

    def action_move(self, step: int) -> None:
        """Up and down, also while typing."""
        if step > 0:
            self.entry_list.action_cursor_down()
        else:
            self.entry_list.action_cursor_up()

    def action_digit(self, digit: int) -> None:
        """Choose by the thing's own number, or by place."""
        for place, entry in enumerate(self._shown, 1):
            if self._digit_of(place, entry) == digit:
                self.dismiss(self.answer(entry.code))
                return

    def action_choose(self) -> None:
        """Choose the marked one."""
        place = self.entry_list.highlighted
        if place is not None and place < len(self._shown):
            self.dismiss(self.answer(self._shown[place].code))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose with the mouse."""
        if event.option.id is not None:
            self.dismiss(self.answer(event.option.id))


class ChooseDialog(ListDialog[str]):
    """Answers with the chosen entry's code, or None after Esc."""

    def answer(self, code: str) -> str:
        """The code itself."""
        return code


def _line(place: int, entry: Entry, widest: int) -> Content:
    digit = str(place) if 1 <= place <= 9 else " "
    label = cell_len(entry.label)
    fitting = LINE_CELLS - label - cell_len(entry.note)
    gap = " " * max(GAP, min(widest - label + GAP, fitting)) if entry.note else ""
    # No colour of its own: the line under the cursor has a ground on which none but the text's is safe.
    return Content.assemble((f"{digit}  {entry.label}", "bold" if entry.note else ""), f"{gap}{entry.note}")
