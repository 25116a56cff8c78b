"""The workplaces to choose from: a digit, or arrows and Enter."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from hallq.widgets.cells import left
from hallq.widgets.painted import Painted


class RoleList(Painted, can_focus=True):
    """Paints codes as (name, what one does there) and posts the chosen one."""

    DEFAULT_CSS = """
    RoleList { height: 4; width: 60; }
    """

    @dataclass
    class Chosen(Message):
        """The code of the workplace."""

        code: str

    class Left(Message):
        """Up from the first line: back to what is above."""

    def __init__(self) -> None:
        """Nothing to choose from yet."""
        super().__init__()
        self._roles: tuple[tuple[str, str, str], ...] = ()
        self._marked = 0

    def paint(self, roles: Sequence[tuple[str, str, str]]) -> None:
        """Show `roles`, each its code, name and a few words."""
        self._roles = tuple(roles)
        self.styles.height = len(self._roles)
        self.changed(self._roles)

    def on_focus(self) -> None:
        """The marked line is seen only while keys come here."""
        self.refresh()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Digits, arrows, Enter, space bar."""
        if event.character in tuple("123456789") and int(event.character or 0) <= len(self._roles):
            event.stop()
            self._choose(int(event.character or 0) - 1)
        elif event.key in ("enter", "space"):
            event.stop()
            self._choose(self._marked)
        elif event.key in ("up", "down"):
            event.stop()
            self._move(1 if event.key == "down" else -1)

    def on_click(self, event: events.Click) -> None:
        """The mouse chooses too."""
        if event.y < len(self._roles):
            self._choose(event.y)

    def _choose(self, place: int) -> None:
        self._marked = place
        self.refresh()
        self.post_message(self.Chosen(self._roles[place][0]))

    def _move(self, step: int) -> None:
        if self._marked + step < 0:
            self.post_message(self.Left())
        self._marked = max(0, min(len(self._roles) - 1, self._marked + step))
        self.refresh()

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """Digit, name, what one does there."""
        widest = max((cell_len(name) for _code, name, _what in self._roles), default=0)
        painted = []
        for place, (_code, name, what) in enumerate(self._roles):
            marked = self.has_focus and place == self._marked
            line = Content.assemble(
                ("▶ " if marked else "  ", "bold $accent"),
                (f"{place + 1}  ", "bold $accent"),
                (f"{left(name, widest)}   ", "bold"),
                (what, "" if marked else "$quiet"),
            )
            line = line.pad_right(max(0, width - line.cell_length))
            painted.append(line.stylize("on $panel") if marked else line)
        return painted
