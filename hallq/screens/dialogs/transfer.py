"""Transfer: to which service, zone or counter, and whether the customer comes back here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog, Search


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """Where to; exactly one of service, zone and counter is set."""

    service: str | None = None
    zone: str | None = None
    counter: int | None = None
    comes_back: bool = False


class TransferDialog(ListDialog[TransferAnswer]):
    """Codes are `counter:N`, `zone:CODE` and `service:CODE`; Tab switches the way back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "comes_back", show=False, priority=True)]
    DEFAULT_CSS = """
    TransferDialog #transfer-back { margin-bottom: 1; }
    TransferDialog #transfer-back.-on { color: $accent; text-style: bold; }
    """

    back_line = query_one("#transfer-back", Static)

    def __init__(self, title: str, places: Sequence[Entry], search: Search) -> None:
        """Ask for one of `places`."""
        super().__init__(title, places, search=search)
        self._comes_back = False

    def compose_extra(self) -> ComposeResult:
        """Whether the customer comes back, in one line."""
        yield Static(self._back_words(), id="transfer-back", markup=False)

    def foot(self) -> str:
        """How to choose."""
        return _("type to search · digit or Enter chooses · Tab: comes back here · Esc goes back")

    def answer(self, code: str) -> TransferAnswer:
        """The place with the way back."""
        kind, _colon, name = code.partition(":")
        return TransferAnswer(
            service=name if kind == "service" else None,
            zone=name if kind == "zone" else None,
            counter=int(name) if kind == "counter" else None,
            comes_back=self._comes_back,
        )

    def action_comes_back(self) -> None:
        """Switch the way back."""
        self._comes_back = not self._comes_back
        self.back_line.update(self._back_words())
        self.back_line.set_class(self._comes_back, "-on")

    def _back_words(self) -> str:
        glyph = "■" if self._comes_back else "□"
        words = _("Comes back to this counter afterwards (Tab)")
        return f"{glyph} {words}"
