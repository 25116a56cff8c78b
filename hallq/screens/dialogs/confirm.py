"""Confirm: yes or no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog


class ConfirmDialog(Dialog[bool]):
    """Y or Enter says yes, N or Esc says no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "dismiss(True)", show=False),
        Binding("n,escape", "dismiss(False)", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, title: str, question: str, yes: str) -> None:
        """Ask `question`; `yes` says what happens then."""
        super().__init__()
        self._title = title
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Title, question, answers."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._question, markup=False)
            foot = _("Y: {yes} · Esc goes back").format(yes=self._yes)
            yield Static(foot, classes="dialog-foot", markup=False)
