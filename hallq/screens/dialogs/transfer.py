"""Transfer: to which service, zone or counter, and whether the customer comes back here."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallq.i18n import N_, _
from hallq.screens.dialogs.choose import Entry, Search
from hallq.screens.dialogs.switch import SwitchDialog


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """Where to; exactly one of service, zone and counter is set."""

    service: str | None = None
    zone: str | None = None
    counter: int | None = None
    comes_back: bool = False


class TransferDialog(SwitchDialog[TransferAnswer]):
    """Codes are `counter:N`, `zone:CODE` and `service:CODE`; Tab switches the way back."""

    SWITCH = N_("Comes back to this counter afterwards (Tab)")

    def __init__(self, title: str, places: Sequence[Entry], search: Search) -> None:
        """Ask for one of `places`."""
        super().__init__(title, places, search=search)

    def foot(self) -> str:
        """How to choose."""
        if not self._digits_choose:
            return _("↑ ↓ and Enter choose · Tab: comes back here · Esc goes back")
        return _("digit or Enter chooses · Tab: comes back here · Esc goes back")

    def answer(self, code: str) -> TransferAnswer:
        """The place with the way back."""
        kind, _colon, name = code.partition(":")
        return TransferAnswer(
            service=name if kind == "service" else None,
            zone=name if kind == "zone" else None,
            counter=int(name) if kind == "counter" else None,
            comes_back=self.is_on,
        )
