"""Events of the shift: who is here, the handover log."""

from hallq.domain.attendance import PresenceChange
from hallq.domain.events.base import Event, Milliseconds, Whole
from hallq.domain.handover import Topic
from hallq.domain.text import PlainText


class PresenceChanged(Event):
    """Somebody came, went or left the screen. `idle_ms`: nobody had touched it for so long."""

    kind = "shift.presence"
    staff_id: str
    number: str
    change: PresenceChange
    idle_ms: Milliseconds = 0


class PresenceLost(Event):
    """The run of the program at which somebody was has ended without a word."""

    kind = "shift.presence-lost"
    staff_id: str
    incarnation: str


class NoteWritten(Event):
    """An entry of the handover log."""

    kind = "shift.note-written"
    note_id: str
    topic: Topic
    text: PlainText
    at_counter: Whole | None = None


class NotesRead(Event):
    """Somebody of the next shift has read these entries."""

    kind = "shift.notes-read"
    note_ids: tuple[str, ...]


class NoteSettled(Event):
    """An entry is settled."""

    kind = "shift.note-settled"
    note_id: str
