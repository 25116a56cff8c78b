"""Fold of who is here and of the handover log."""

from hallq.domain.attendance import LEADS_TO, LEAVING, Attendance, Whereabouts
from hallq.domain.events import NoteSettled, NotesRead, NoteWritten, PresenceChanged, PresenceLost, Recorded
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.handover import HandoverNote


@apply_event.register
def _presence(event: PresenceChanged, draft: Draft, recorded: Recorded) -> None:
    old = draft.attendance.get(event.staff_id)
    if event.change in LEAVING and old is not None and old.incarnation != recorded.incarnation:
        return
    whereabouts = LEADS_TO[event.change]
    arrived_ms = old.arrived_ms if old else None
    if whereabouts is Whereabouts.HERE and arrived_ms is None:
        arrived_ms = recorded.at_ms
    draft.attendance[event.staff_id] = Attendance(
        event.staff_id,
        event.number,
        whereabouts,
        recorded.at_ms - max(0, event.idle_ms),
        arrived_ms,
        recorded.terminal,
        recorded.device,
        recorded.incarnation,
    )


@apply_event.register
def _lost(event: PresenceLost, draft: Draft, recorded: Recorded) -> None:
    known = draft.attendance.get(event.staff_id)
    if known is not None and known.is_seen_at(event.incarnation):
        out = replace(known, whereabouts=Whereabouts.OUT, since_ms=recorded.at_ms)
        draft.attendance[event.staff_id] = out


def end_attendance(draft: Draft) -> None:
    """The day is over: whoever stays signed in has yet to be seen on the next one."""
    for staff_id, person in draft.attendance.items():
        off = person.whereabouts is Whereabouts.OFF
        whereabouts = Whereabouts.OUT if off else person.whereabouts
        draft.attendance[staff_id] = replace(person, whereabouts=whereabouts, arrived_ms=None)


@apply_event.register
def _written(event: NoteWritten, draft: Draft, recorded: Recorded) -> None:
    if event.note_id not in draft.notes:
        draft.notes[event.note_id] = HandoverNote(
            event.note_id,
            event.topic,
            event.text,
            event.at_counter,
            draft.business_date,
            recorded.at_ms,
            recorded.actor,
        )


@apply_event.register
def _read(event: NotesRead, draft: Draft, recorded: Recorded) -> None:
    for note_id in event.note_ids:
        note = draft.notes.get(note_id)
        if note is not None and note.is_news_to(recorded.actor):
            draft.notes[note_id] = replace(note, read_ms=recorded.at_ms, reader=recorded.actor)


@apply_event.register
def _settled(event: NoteSettled, draft: Draft, recorded: Recorded) -> None:
    note = draft.notes.pop(event.note_id, None)
    if note is not None:
        draft.departed.append(replace(note, settled_ms=recorded.at_ms, settler=recorded.actor))
