"""Who is here, and the handover log: also before the day is open and after it."""

from hallq.domain.decide.dispatch import Decision, Moment, decide, unknown_counter
from hallq.domain.events import NoteSettled, NotesRead, NoteWritten, PresenceChanged, PresenceLost
from hallq.domain.intents import ReadNotes, ReportLost, ReportPresence, SettleNote, WriteNote
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState


@decide.register
def _presence(intent: ReportPresence, state: HallState, moment: Moment) -> Decision:
    return [PresenceChanged(**intent.model_dump())]


@decide.register
def _lost(intent: ReportLost, state: HallState, moment: Moment) -> Decision:
    known = state.attendance.get(intent.staff_id)
    return [PresenceLost(**intent.model_dump())] if known and known.is_seen_at(intent.incarnation) else []


@decide.register
def _write(intent: WriteNote, state: HallState, moment: Moment) -> Decision:
    if intent.at_counter is not None and (refusal := unknown_counter(moment, intent.at_counter)):
        return refusal
    if not intent.text:
        return []
    return [NoteWritten(note_id=moment.new_id(), **intent.model_dump())]


@decide.register
def _read(intent: ReadNotes, state: HallState, moment: Moment) -> Decision:
    unread = [n for n in intent.note_ids if n in state.notes and state.notes[n].read_ms is None]
    return [NotesRead(note_ids=tuple(unread))] if unread else []


@decide.register
def _settle(intent: SettleNote, state: HallState, moment: Moment) -> Decision:
    if intent.note_id not in state.notes:
        return Refusal(Reason.NOTE_SETTLED)
    return [NoteSettled(note_id=intent.note_id)]
