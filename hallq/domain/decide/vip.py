"""Whoever may keep the VIP directory is asked elsewhere; what they did is put on record."""

from hallq.domain.decide.dispatch import Decision, Moment, decide
from hallq.domain.events import DirectoryNoted
from hallq.domain.intents import NoteDirectory
from hallq.domain.state import HallState


@decide.register
def _note(intent: NoteDirectory, state: HallState, moment: Moment) -> Decision:
    return [DirectoryNoted(**dict(intent))]
