"""Write a few sentences, over several lines of the screen."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static, TextArea

from hallq.domain.text import MAX_LONG, plain
from hallq.i18n import _
from hallq.screens.covering import Dialog


class Sentences(TextArea):
    """What is pasted becomes one harmless line; it can never be longer than what is kept."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # Textual would put it in as it came
        room = MAX_LONG - len(self.text)
        if room > 1:
            end = self.replace(plain(event.text, room), *self.selection).end_location
            self.move_cursor(end)

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and len(self.text) >= MAX_LONG:
            event.prevent_default()


class WriteDialog(Dialog[str | None]):
    """Answers with the text, or None after Esc; an empty one only where `may_be_empty`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go_back", show=False, priority=True),
        Binding("enter", "answer", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    WriteDialog > .dialog { width: 72; max-width: 100%; }
    WriteDialog Sentences { height: 7; border: none; padding: 0 1; margin-top: 1; background: $panel; }
    WriteDialog Sentences:focus { border: none; }
    WriteDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    field = query_one(Sentences)

    def __init__(self, title: str, question: str, draft: str = "", *, may_be_empty: bool = False) -> None:
        """Ask `title`, with an explaining `question` under it; `draft`: what was written before."""
        super().__init__()
        self.draft = draft
        """What stood in the field when Esc was pressed, for who comes back to it."""
        self._title = title
        self._question = question
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """Title, question, field, how to go on."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._question, markup=False)
            yield Sentences(self.draft, soft_wrap=True, highlight_cursor_line=False, compact=True)
            yield Static(_("Enter goes on · Esc goes back"), classes="dialog-foot", markup=False)

    def on_mount(self) -> None:
        """The keys go to the field."""
        self.field.focus()
        self.field.move_cursor(self.field.document.end)

    def action_go_back(self) -> None:
        """Without an answer; what was written is not lost."""
        self.draft = self.field.text
        self.dismiss(None)

    def action_answer(self) -> None:
        """Take the text; an empty field asks on."""
        text = plain(self.field.text, MAX_LONG)
        if text or self._may_be_empty:
            self.dismiss(text)
