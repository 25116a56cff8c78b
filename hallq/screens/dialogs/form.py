"""A few lines to fill in that are looked at before the dialog goes: a manager's word, a new PIN."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog
from hallq.typed_ahead import ASKING
from hallq.widgets.form import Form, Line

Look = Callable[[Mapping[str, str]], tuple[str, str]]
"""What was typed, to (the answer, empty) or to (empty, why not). May take a moment."""


class FormDialog(Dialog[str | None]):
    """Answers with what `look` makes of the lines, or None after Esc. What is wrong is asked for again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    FormDialog > .dialog { width: 68; }
    FormDialog Form { margin-top: 1; }
    FormDialog #form-said { height: 2; margin-top: 1; color: $over; }
    FormDialog #form-said.-busy { color: $quiet; }
    FormDialog .dialog-foot { color: $quiet; }
    """

    form = query_one(Form)
    said = query_one("#form-said", Static)

    def __init__(
        self, title: str, question: str, lines: Sequence[tuple[str, str, bool, bool]], look: Look
    ) -> None:
        """`lines`: code, label, whether it is a secret, whether it must be filled in."""
        super().__init__()
        self._title = title
        self._question = question
        self._lines = [Line(*line) for line in lines]
        self._look = look

    def compose(self) -> ComposeResult:
        """The question, the lines, what was wrong, how to go on."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._question, markup=False)
            yield Form()
            yield Static(id="form-said", markup=False)
            yield Static(_("Enter goes on · Esc goes back"), classes="dialog-foot", markup=False)

    def on_mount(self) -> None:
        """The keys go to the form."""
        self.form.paint(self._lines)
        self.form.focus()

    @on(Form.Entered)
    def try_it(self, event: Form.Entered) -> None:
        """Have it looked at."""
        self._say(_("Checking…"), busy=True)
        self._try(dict(event.values))

    @work(thread=True, group=ASKING, exit_on_error=False)
    def _try(self, values: Mapping[str, str]) -> None:
        """Keys wait meanwhile: they belong to what comes after."""
        answer, why_not = self._look(values)
        self.app.call_from_thread(self._tried, answer, why_not)

    def _tried(self, answer: str, why_not: str) -> None:
        if answer:
            self.dismiss(answer)
        else:
            self.form.clear_secrets()
            self._say(why_not)

    def _say(self, sentence: str, *, busy: bool = False) -> None:
        self.said.set_class(busy, "-busy")
        self.said.update(sentence)
