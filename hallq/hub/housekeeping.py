"""What the clock brings about, done by the hub on its own account."""

from hallq.domain.decide import Moment, decide
from hallq.domain.events import Event
from hallq.domain.intents import KeepHouse
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.sitting import Sitting

EVERY_MS = 1_000


def brought(state: HallState, moment: Moment) -> list[Event]:
    """The events that the time has brought about."""
    decision = decide(KeepHouse(), state, moment)
    return [] if isinstance(decision, Refusal) else list(decision)


def keep_house(sitting: Sitting) -> None:
    """Let holds end and windows pass before anything else is decided."""
    if not sitting.row.is_whole:
        return
    sitting.row.house_ms = sitting.now_ms
    write_down(sitting, brought(sitting.folded.state, moment_of(sitting)))
