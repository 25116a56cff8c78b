"""The list of services: a digit, a name, what it takes; and the keys that choose and search."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from hallq.domain.config import Service
from hallq.domain.views.guide import LineView
from hallq.i18n import _, language, other_language
from hallq.widgets.cells import left, right
from hallq.widgets.painted import Painted
from hallq.wording.states import name_of_service

ROOMY_LINES = 18
"""From so many lines on there is an empty one between two services."""
ROOMY_COLUMNS = 110
"""From so many cells on the marks are written out."""


class ServiceList(Painted, can_focus=True):
    """Paints the services and turns keys into wishes: choose, move, another group, search."""

    DEFAULT_CSS = """
    ServiceList { height: 9; width: 1fr; }
    """

    @dataclass
    class Picked(Message):
        """The line with this digit."""

        place: int

    @dataclass
    class Moved(Message):
        """The line below (1) or above (-1)."""

        step: int

    @dataclass
    class GroupWanted(Message):
        """The group with this letter; empty for the frequent services."""

        letter: str

    @dataclass
    class GroupMoved(Message):
        """The group to the right (1) or left (-1)."""

        step: int

    @dataclass
    class Typed(Message):
        """More of a search."""

        text: str

    class Erased(Message):
        """One character less of a search."""

    @dataclass
    class SearchEnded(Message):
        """Enter keeps what was found, Escape does not."""

        keep: bool

    def __init__(self) -> None:
        """Nothing to choose from yet."""
        super().__init__()
        self._lines: tuple[LineView, ...] = ()
        self._services: tuple[Service, ...] = ()
        self._letters: frozenset[str] = frozenset()
        self._typing = False

    def paint(
        self, lines: Sequence[LineView], services: Sequence[Service], letters: str, *, typing: bool
    ) -> None:
        """Show `lines`. `services`: the whole catalogue, for columns that stay. `letters`: group keys."""
        self._lines, self._services = tuple(lines), tuple(services)
        self._letters, self._typing = frozenset(letters), typing
        self.changed(self._lines, typing)

    # --- keys ---------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Keys of the list; all others go on to the screen."""
        character = unicodedata.normalize("NFKC", event.character or "")
        wish = self._wish_of_any(event.key, character)
        if wish is None:
            wish = self._wish_in_search(event, character) if self._typing else self._wish(event, character)
        if wish is not None:
            event.stop()
            event.prevent_default()
            self.post_message(wish)

    def _wish_of_any(self, key: str, character: str) -> Message | None:
        steps = {"up": -1, "down": 1}
        if key in steps:
            return self.Moved(steps[key])
        return self.Picked(int(character)) if character in tuple("123456789") else None

    def _wish(self, event: events.Key, character: str) -> Message | None:
        sides = {"left": -1, "right": 1}
        if event.key in sides:
            return self.GroupMoved(sides[event.key])
        if character == "0":
            return self.GroupWanted("")
        if character.upper() in self._letters and character:
            return self.GroupWanted(character.upper())
        return self.Typed(character) if event.is_printable and not character.isascii() else None

    def _wish_in_search(self, event: events.Key, character: str) -> Message | None:
        if event.key in ("escape", "enter"):
            return self.SearchEnded(keep=event.key == "enter")
        if event.key == "backspace":
            return self.Erased()
        typed = event.is_printable and character not in ("", " ", "?")
        return self.Typed(character) if typed else None

    def on_paste(self, event: events.Paste) -> None:
        """Text from elsewhere is searched for."""
        if event.text.strip():
            event.stop()
            self.post_message(self.Typed(event.text.strip()))

    def on_click(self, event: events.Click) -> None:
        """The mouse chooses too."""
        place = event.y // self._pitch(self.content_size.height) + 1
        self.post_message(self.Picked(place))

    # --- paint --------------------------------------------------------------------------

    @staticmethod
    def _pitch(height: int) -> int:
        return 2 if height >= ROOMY_LINES else 1

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """One line for each service."""
        if not self._lines:
            nothing = _("Nothing found. Backspace erases, Esc goes back.") if self._typing else ""
            return [Content.styled(nothing, "$quiet")]
        empty = [Content("")] * (self._pitch(height) - 1)
        columns = _Columns.fitting(self._services, width)
        return [part for line in self._lines for part in (columns.line(line, width), *empty)]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths in cells: the name, how long, documents, marks, the name in the other language."""

    name: int
    minutes: int
    documents: int
    marks: int
    other: int
    labelled: bool

    @classmethod
    def fitting(cls, services: Sequence[Service], width: int) -> "_Columns":
        """Every column as wide as the catalogue asks for, as far as there is room."""
        most = width // 2 - 8
        name = min(max(cell_len(name_of_service(s, most)) for s in services), most)
        minutes = max(cell_len(_minutes(s)) for s in services)
        marks = max(cell_len(_marks(s, width)) for s in services)
        room = width - 4 - name - minutes - marks - 6
        wanted, labelled = (
            max(cell_len(_documents(s, labelled=by)) for s in services) for by in (False, True)
        )
        if labelled <= room:
            wanted = labelled
        other = max(cell_len(_other_name(s)) for s in services)
        shows_other = room >= wanted + other + 2
        return cls(
            name, minutes, min(wanted, max(0, room)), marks, other if shows_other else 0, wanted == labelled
        )

    def line(self, view: LineView, width: int) -> Content:
        """One service."""
        service, chosen = view.service, view.chosen
        strong = "bold $accent" if chosen else ""
        other = f"{left(_other_name(service), self.other)}  " if self.other else ""
        marks = _marks(service, width)
        # What to bring is longer than its column only where nothing stands behind it.
        documents = self.documents if marks else self.documents + 2 + self.marks
        painted = Content.assemble(
            ("▶" if chosen else " ", strong),
            (f"{view.digit}  ", "bold $accent"),
            (f"{left(name_of_service(service, self.name), self.name)}  ", strong or "bold"),
            (other, "$quiet"),
            (f"{right(_minutes(service), self.minutes)}  ", ""),
            (f"{left(_documents(service, labelled=self.labelled), documents)}  ", ""),
            (marks, "$quiet"),
        )
        rest = width - painted.cell_length
        return painted.pad_right(max(0, rest)).stylize("on $panel") if chosen else painted


def _other_name(service: Service) -> str:
    return service.name.in_language(other_language())


def _minutes(service: Service) -> str:
    return _("~{minutes} min").format(minutes=f"{service.typical_minutes:g}")


def _documents(service: Service, *, labelled: bool) -> str:
    if service.documents is None:
        return ""
    documents = service.documents.in_language(language())
    return _("bring: {documents}").format(documents=documents) if labelled else documents


def _marks(service: Service, width: int) -> str:
    marks = [_("no form")] if service.no_form else []
    if service.self_service:
        marks.append(_("→ self-service can do it") if width >= ROOMY_COLUMNS else _("→ self"))
    return " ".join(marks)
