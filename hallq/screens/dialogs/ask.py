"""Ask for one line of text."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from hallq.i18n import _
from hallq.screens.covering import Dialog


class AskDialog(Dialog[str | None]):
    """Answers with the text, without spaces around it; None after Esc. An empty text is no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "go_back", show=False)]
    DEFAULT_CSS = """
    AskDialog Input { width: 40; }
    AskDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, title: str, question: str, draft: str = "", *, longest: int = 40) -> None:
        """Ask `question` for at most `longest` characters; `draft`: what was typed before."""
        super().__init__()
        self.draft = draft
        """What stood in the line when Esc was pressed, for who comes back to it."""
        self._title = title
        self._question = question
        self._longest = longest

    def compose(self) -> ComposeResult:
        """Title, question, line, how to answer."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._question, markup=False)
            yield Input(self.draft, max_length=self._longest, select_on_focus=False)
            yield Static(_("Enter goes on · Esc goes back"), classes="dialog-foot", markup=False)

    def on_mount(self) -> None:
        """The keys go to the line."""
        self.query_one(Input).focus()

    def action_go_back(self) -> None:
        """Without an answer; what was typed is not lost."""
        self.draft = self.query_one(Input).value
        self.dismiss(None)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Take the text; an empty line asks on."""
        if text := event.value.strip():
            self.dismiss(text)
