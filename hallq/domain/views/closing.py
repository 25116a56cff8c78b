"""What a manager has to know before the door is locked: who is here, what is not settled."""

from dataclasses import dataclass

from hallq.domain.config import HallConfig
from hallq.domain.expected_appointments import expected
from hallq.domain.handover import HandoverNote
from hallq.domain.staff import Roster
from hallq.domain.state import HallState
from hallq.domain.views.complaints import complaint_list
from hallq.domain.views.roll import Standing, roll_call


@dataclass(frozen=True, slots=True)
class Closing:
    """What is open when a day is to be closed. `here`, `missing`: staff numbers, without the reader's own.

    `faults` are of equipment, `notes` the other entries of the handover log; `overdue` of the `complaints`;
    `to_come`: customers with an appointment who may still come today.
    """

    here: tuple[str, ...]
    missing: tuple[str, ...]
    faults: tuple[HandoverNote, ...]
    notes: int
    complaints: int
    overdue: int
    to_come: int


def closing_view(
    state: HallState, roster: Roster, config: HallConfig, now_ms: int, reader: str = ""
) -> Closing:
    """The hall at `now_ms` on its own clock, as `reader` has to know it."""
    roll = roll_call(state, roster, config, now_ms)
    written = sorted(state.notes.values(), key=lambda note: note.written_ms)
    faults = tuple(note for note in written if note.is_fault)
    complaints = complaint_list(state, now_ms)

    def numbers(*wanted: Standing) -> tuple[str, ...]:
        return tuple(sorted(row.number for row in roll.standing(*wanted) if row.number != reader))

    return Closing(
        here=numbers(Standing.HERE, Standing.AWAY),
        missing=numbers(Standing.MISSING),
        faults=faults,
        notes=len(written) - len(faults),
        complaints=len(complaints),
        overdue=sum(row.is_overdue for row in complaints),
        to_come=len(expected(state, config, now_ms)),
    )
