"""A field for a card or phone number that shows only what others may see."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from hallq.domain.views.guide_draft import masked
from hallq.i18n import _
from hallq.widgets.form import ENTER
from hallq.widgets.painted import Painted

LONGEST = 32


class MaskedNumber(Painted, can_focus=True):
    """Takes keys, a scanner's or a paste; the number leaves it only by Enter."""

    DEFAULT_CSS = """
    MaskedNumber { height: 1; width: 36; background: $panel; padding: 0 1; }
    """

    @dataclass
    class Entered(Message):
        """Enter was pressed; a scanner does that too."""

        number: str

        def __repr__(self) -> str:
            """Never the number: messages are written to the developer's console."""
            return "Entered()"

    def __init__(self) -> None:
        """Nothing typed yet."""
        super().__init__()
        self._number = ""

    def on_key(self, event: events.Key) -> None:
        """Digits and letters, backspace, Enter; Escape goes on to the dialog."""
        if event.key in ENTER:
            event.stop()
            self.post_message(self.Entered(self._number))
        elif event.key == "backspace":
            event.stop()
            self._set(self._number[:-1])
        elif event.character and event.is_printable:
            event.stop()
            self._add(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """As if typed."""
        event.stop()
        self._add(event.text)

    def _add(self, text: str) -> None:
        self._set(self._number + "".join(c for c in text if c.isalnum() or c == "+"))

    def _set(self, number: str) -> None:
        self._number = number[:LONGEST]
        self.refresh()

    def render(self) -> Content:
        """The masked number with a cursor."""
        if not self._number:
            return Content.assemble(("▏", "$accent"), (_("scan or type"), "$quiet"))
        return Content.assemble((masked(self._number), "bold"), ("▏", "$accent"))
