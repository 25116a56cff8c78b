"""The shift: who is here, what the next one has to know."""

from typing import Annotated

from pydantic import AfterValidator, Field

from hallq.domain.attendance import PresenceChange
from hallq.domain.customer_number import without_numbers
from hallq.domain.handover import Topic
from hallq.domain.intents.base import CounterNumber, Intent
from hallq.domain.text import PlainText

NoteText = Annotated[PlainText, AfterValidator(without_numbers)]


class ReportPresence(Intent):
    """Say that somebody came, went or left the screen. `idle_ms`: nobody touched it for so long before."""

    staff_id: PlainText
    number: PlainText
    change: PresenceChange
    idle_ms: Annotated[int, Field(ge=0, le=7 * 24 * 3_600_000)] = 0


class ReportLost(Intent):
    """Say that the run of the program at which somebody is seen has ended without a word."""

    staff_id: PlainText
    incarnation: PlainText


class WriteNote(Intent):
    """Write into the handover log; a customer's number is left out of the text."""

    topic: Topic
    text: NoteText
    at_counter: CounterNumber | None = None


class ReadNotes(Intent):
    """The reader has seen these entries."""

    note_ids: tuple[PlainText, ...]


class SettleNote(Intent):
    """An entry is settled: mended, answered, known to everybody."""

    note_id: PlainText
