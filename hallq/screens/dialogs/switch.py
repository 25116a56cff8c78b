"""A list to choose from, with one thing beside it that Tab switches on and off."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widgets import Static

from hallq.i18n import _
from hallq.screens.dialogs.choose import Answer, ListDialog


class SwitchDialog(ListDialog[Answer]):
    """`SWITCH`: what Tab switches, to be translated; `is_on` is how it stands."""

    SWITCH: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "switch", show=False, priority=True)]
    DEFAULT_CSS = """
    SwitchDialog #dialog-switch { margin-bottom: 1; }
    SwitchDialog #dialog-switch.-on { color: $accent; text-style: bold; }
    """

    is_on = False
    switch_line = query_one("#dialog-switch", Static)

    def compose_extra(self) -> ComposeResult:
        """How it stands, in one line."""
        yield Static(self._words(), id="dialog-switch", markup=False)

    def action_switch(self) -> None:
        """The other way."""
        self.is_on = not self.is_on
        self.switch_line.update(self._words())
        self.switch_line.set_class(self.is_on, "-on")

    def _words(self) -> str:
        return f"{'■' if self.is_on else '□'} {_(self.SWITCH)}"
