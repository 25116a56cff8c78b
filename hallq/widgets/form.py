"""A few lines to fill in, one after the other; what is secret shows as dots and leaves only by Enter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from hallq.widgets.cells import left
from hallq.widgets.painted import Painted

LONGEST_SECRET = 128
ENTER = ("enter", "ctrl+j")
"""A line feed too: some scanners end with it, and so does an Enter from before the screen was there."""
_ROOM = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form; `is_needed`: it must be filled in."""

    code: str
    label: str
    is_secret: bool = False
    is_needed: bool = False
    longest: int = 20


class Form(Painted, can_focus=True):
    """Enter goes to the next line, on the last one it hands everything over; arrows and Tab move.

    Where a line that is needed is still empty, Enter goes there first.
    """

    DEFAULT_CSS = """
    Form { height: auto; width: 60; max-width: 100%; }
    """

    @dataclass
    class Entered(Message):
        """Every line is filled in, by code."""

        values: Mapping[str, str]

        def __repr__(self) -> str:
            """Never the values: messages are written to the developer's console."""
            return "Entered()"

    def __init__(self, *, is_centred: bool = False) -> None:
        """Nothing to fill in yet."""
        super().__init__()
        self._is_centred = is_centred
        self._lines: tuple[Line, ...] = ()
        self._typed: dict[str, str] = {}
        self._place = 0

    def paint(self, lines: Sequence[Line]) -> None:
        """The lines to fill in; where they become others, what was typed stays unless it is a secret."""
        lines = tuple(lines)
        if [line.code for line in lines] != [line.code for line in self._lines]:
            self._typed = {
                line.code: "" if line.is_secret else self._typed.get(line.code, "") for line in lines
            }
            self._place = 0
            self.styles.height = len(lines)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def clear_secrets(self) -> None:
        """To be typed again, from the first secret on; the rest stays."""
        secrets = [place for place, line in enumerate(self._lines) if line.is_secret]
        for place in secrets:
            self._typed[self._lines[place].code] = ""
        self._place = secrets[0] if secrets else 0
        self.refresh()

    def go_to(self, code: str) -> None:
        """To the line that has to be typed in another way."""
        self._place = [line.code for line in self._lines].index(code)
        self.refresh()

    def fill(self, code: str, text: str) -> None:
        """Fill a line in, the others are empty; the next line is to be typed."""
        self._typed = {line.code: text if line.code == code else "" for line in self._lines}
        self._place = 0
        self._move(1 + [line.code for line in self._lines].index(code))

    def start_over(self) -> None:
        """Everything to be typed again."""
        self._typed = dict.fromkeys(self._typed, "")
        self._place = 0
        self.refresh()

    # --- keys --------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Letters go into the line; Escape goes on to the screen."""
        if not self._lines:
            return
        if event.key in ENTER:
            self._enter()
        elif event.key in ("down", "tab", "up", "shift+tab"):
            self._move(1 if event.key in ("down", "tab") else -1)
        elif event.key == "backspace":
            self._set(self._text[:-1])
        elif event.key == "ctrl+u":
            self._set("")
        elif event.character and event.is_printable:
            self._set(self._text + event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """As if typed, up to the end of its first line."""
        event.stop()
        self._set(self._text + (event.text.splitlines() or [""])[0])

    def on_focus(self) -> None:
        """The cursor is seen only while keys come here."""
        self.refresh()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self.refresh()

    @property
    def _text(self) -> str:
        return self._typed[self._lines[self._place].code]

    def _set(self, text: str) -> None:
        line = self._lines[self._place]
        self._typed[line.code] = text[: LONGEST_SECRET + 1 if line.is_secret else line.longest]
        self.refresh()

    def _move(self, step: int) -> None:
        self._place = (self._place + step) % len(self._lines)
        self.refresh()

    def _enter(self) -> None:
        if self._place < len(self._lines) - 1:
            self._move(1)
            return
        missing = [line.code for line in self._lines if line.is_needed and not self._typed[line.code]]
        if missing:
            self.go_to(missing[0])
        else:
            self.post_message(self.Entered(dict(self._typed)))

    # --- painting ----------------------------------------------------------------------

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """Label and text, with a cursor in the line that takes the keys."""
        widest = max((cell_len(line.label) for line in self._lines), default=0)
        room = max(8, min(_ROOM, width - widest - 5))
        begin = " " * (max(0, width - widest - room - 5) // 2 if self._is_centred else 0)
        painted = (self._painted(place, line, widest, room) for place, line in enumerate(self._lines))
        return [Content.assemble(begin, line) for line in painted]

    def _painted(self, place: int, line: Line, widest: int, room: int) -> Content:
        text = self._typed[line.code]
        shown = "•" * len(text) if line.is_secret else text
        while cell_len(shown) > room - 1:
            shown = shown[1:]
        here = self.has_focus and place == self._place
        field = left(shown + ("▏" if here else ""), room)
        return Content.assemble(
            ("▶ " if here else "  ", "bold $accent"),
            f"{left(line.label, widest)}  ",
            (f" {field}", "on $panel" if here else "on $surface"),
        )
