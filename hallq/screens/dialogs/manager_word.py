"""A manager signs one deed at somebody else's terminal, with own number and password."""

from collections.abc import Callable
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

Look = Callable[[str, str], tuple[str, str]]
"""Number and password to (the manager's id, empty), or to (empty, why not). Takes a moment."""


class ManagerWordDialog(Dialog[str | None]):
    """Answers with the manager's id, or None after Esc. A wrong password is asked for again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    ManagerWordDialog > .dialog { width: 68; }
    ManagerWordDialog Form { margin-top: 1; }
    ManagerWordDialog #word-said { height: 2; margin-top: 1; color: $over; }
    ManagerWordDialog #word-said.-busy { color: $quiet; }
    ManagerWordDialog .dialog-foot { color: $quiet; }
    """

    form = query_one(Form)
    said = query_one("#word-said", Static)

    def __init__(self, deed: str, look: Look) -> None:
        """`deed`: what is signed, in one sentence."""
        super().__init__()
        self._deed = deed
        self._look = look

    def compose(self) -> ComposeResult:
        """The deed, the two lines, what was wrong, how to go on."""
        with Vertical(classes="dialog"):
            yield Static(_("A manager's word"), classes="dialog-title", markup=False)
            yield Static(self._deed, markup=False)
            yield Form()
            yield Static(id="word-said", markup=False)
            yield Static(_("Enter goes on · Esc goes back"), classes="dialog-foot", markup=False)

    def on_mount(self) -> None:
        """The keys go to the form."""
        self.form.paint(
            [Line("number", _("Manager's number")), Line("password", _("Password"), is_secret=True)]
        )
        self.form.focus()

    @on(Form.Entered)
    def try_it(self, event: Form.Entered) -> None:
        """Have it looked at."""
        if event.values["number"].strip() and event.values["password"]:
            self._say(_("Checking…"), busy=True)
            self._try(event.values["number"], event.values["password"])

    @work(thread=True, group=ASKING, exit_on_error=False)
    def _try(self, number: str, password: str) -> None:
        manager, why_not = self._look(number, password)
        self.app.call_from_thread(self._tried, manager, why_not)

    def _tried(self, manager: str, why_not: str) -> None:
        if manager:
            self.dismiss(manager)
        else:
            self.form.clear_secrets()
            self._say(why_not)

    def _say(self, sentence: str, *, busy: bool = False) -> None:
        self.said.set_class(busy, "-busy")
        self.said.update(sentence)
