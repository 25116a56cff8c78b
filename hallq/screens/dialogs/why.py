"""Why: the reason of a call in sentences, and each who was passed over."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog


class WhyDialog(Dialog[None]):
    """Sentences to read; any of the closing keys ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,space,enter,question_mark,q", "dismiss(None)", show=False)
    ]
    DEFAULT_CSS = """
    WhyDialog .why-passed { margin-top: 1; }
    """

    def __init__(self, title: str, sentence: str, passed: Sequence[str]) -> None:
        """Show `sentence` for the call, and one of `passed` for each who was passed over."""
        super().__init__()
        self._title = title
        self._sentence = sentence
        self._passed = tuple(passed)

    def compose(self) -> ComposeResult:
        """Title, reason, those passed over."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._sentence, markup=False)
            head = _("Passed over:") if self._passed else _("Nobody was passed over.")
            yield Static(
                "\n".join([head, *(f"· {one}" for one in self._passed)]), classes="why-passed", markup=False
            )
            yield Static(_("Esc closes"), classes="dialog-foot", markup=False)
