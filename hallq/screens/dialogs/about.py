"""A few lines about something; any of the closing keys ends it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from hallq.i18n import _


class AboutDialog(ModalScreen[None]):
    """Shows a title and lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,enter,question_mark,q", "dismiss(None)", show=False)
    ]
    DEFAULT_CSS = """
    AboutDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        """Show `lines` under `title`."""
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Title, lines, how to close."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static("\n".join(self._lines), markup=False)
            yield Static(_("Esc closes"), classes="dialog-foot", markup=False)
