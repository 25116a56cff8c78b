"""The customer's card or phone number, typed or scanned: a VIP is recognised, a second ticket noticed."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.covering import Dialog
from hallq.widgets.masked_number import MaskedNumber

SHORTEST = 4


class CustomerNumberDialog(Dialog[str | None]):
    """Answers with the number, empty to take it away again, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]
    DEFAULT_CSS = """
    CustomerNumberDialog .dialog-foot { color: $quiet; margin-top: 1; }
    """

    field = query_one(MaskedNumber)
    foot = query_one(".dialog-foot", Static)

    def compose(self) -> ComposeResult:
        """Title, field, and what happens to the number."""
        with Vertical(classes="dialog"):
            yield Static(self.title_words(), classes="dialog-title", markup=False)
            yield MaskedNumber()
            yield Static(self.foot_words(), classes="dialog-foot", markup=False)

    def title_words(self) -> str:
        """Which number."""
        return _("Card or phone number")

    def foot_words(self) -> str:
        """What happens to it."""
        return _(
            "Recognises a VIP and a second number; it is not stored.\n"
            "Enter takes it, empty: none · Esc goes back"
        )

    def on_mount(self) -> None:
        """The keys go to the field."""
        self.field.focus()

    @on(MaskedNumber.Entered)
    def take_number(self, event: MaskedNumber.Entered) -> None:
        """Answer, unless it cannot be a number."""
        if event.number and (fault := self.fault_of(event.number)):
            self.foot.update(fault)
        else:
            self.dismiss(event.number)

    def fault_of(self, number: str) -> str:
        """Why it cannot be one; empty where it can."""
        return _("That is too short for a number. Type on, or Esc.") if len(number) < SHORTEST else ""


class CallBackDialog(CustomerNumberDialog):
    """The number at which whoever complained is answered."""

    def title_words(self) -> str:
        """Which number."""
        return _("Number to call back")

    def foot_words(self) -> str:
        """What happens to it."""
        return _(
            "Encrypted at this terminal, seen by who answers alone, forgotten at the end.\n"
            "Enter takes it, empty: none · Esc goes back"
        )

    def fault_of(self, number: str) -> str:
        """Somebody has to dial it."""
        if not number.removeprefix("+").isdecimal():
            return _("A number to call has digits alone. Backspace, or Esc.")
        return super().fault_of(number)
