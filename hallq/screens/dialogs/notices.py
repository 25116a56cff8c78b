"""The list of notices, newest first."""

from collections.abc import Sequence
from typing import Protocol

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog


class NoticeLike(Protocol):
    """What the list needs of a notice."""

    @property
    def shown_at(self) -> str:
        """When, on the hall's wall."""

    @property
    def sentence(self) -> str:
        """What."""


class NoticesDialog(Dialog[None]):
    """What people were told since this terminal started."""

    BINDINGS = [Binding("escape,space,enter,f5,q", "dismiss", show=False)]  # noqa: RUF012

    def __init__(self, notices: Sequence[NoticeLike]) -> None:
        """Show `notices`, given oldest first."""
        super().__init__()
        self._notices = notices

    def compose(self) -> ComposeResult:
        """Title and one line for each notice."""
        with VerticalScroll(classes="dialog"):
            yield Static(_("Notices"), classes="dialog-title", markup=False)
            lines = [f"{notice.shown_at}  {notice.sentence}" for notice in reversed(self._notices)]
            yield Static("\n".join(lines) or _("Nothing so far."), markup=False)
            yield Static(_("Esc closes"), classes="dialog-foot", markup=False)
