"""Tell something that takes more than a notice."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog


class TellDialog(Dialog[None]):
    """A title and some text; any of the closing keys ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,enter,question_mark,q", "dismiss(None)", show=False)
    ]

    def __init__(self, title: str, text: str | Content) -> None:
        """Show `text`, one paragraph a line."""
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title, text, how to go on."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._text, markup=False)
            yield Static(_("↑ ↓ scroll · Esc closes"), classes="dialog-foot", markup=False)
