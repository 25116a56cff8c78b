"""The kinds of things that go wrong in a hall, and what the manager can do about each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hallq.domain.config import HallConfig
from hallq.domain.forecast import Forecast
from hallq.domain.lanes import Pressure
from hallq.domain.staff import Roster
from hallq.domain.state import HallState
from hallq.domain.views.cards import CounterCard

Facts = Mapping[str, int | str]


class Act(StrEnum):
    """What the manager can do about it with the space bar."""

    OPEN_DAY = "open-day"
    CLOSE_DAY = "close-day"
    OPEN_COUNTER = "open-counter"
    ADOPT_CLOCK = "adopt-clock"
    CALL_BACK = "call-back"
    """The held customer waits again."""
    SEE_RATING = "see-rating"
    OPEN_COMPLAINTS = "open-complaints"


class Kind(StrEnum):
    """What is the matter, the most urgent first: the order of this list is the order shown."""

    DAY_NOT_OPEN = "day-not-open"
    OLD_DAY_OPEN = "old-day-open"
    NOBODY_SERVES = "nobody-serves"
    NOBODY_OFFERS = "nobody-offers"
    """Somebody waits for what no open counter could ever give."""
    WILL_MISS = "will-miss"
    HAS_MISSED = "has-missed"
    APPOINTMENT_LATE = "appointment-late"
    """Somebody is here for an agreed time that is past."""
    ABSENT = "absent"
    """Nobody is at a counter that is open, and no pause says why: before what else may wait longer."""
    LOW_RATING = "low-rating"
    COMPLAINT_LATE = "complaint-late"
    WAITS_AGAIN = "waits-again"
    """Called once, and waiting for longer than the lane promises since then."""
    FORGOTTEN = "forgotten"
    NO_ANSWER = "no-answer"
    LONG_PAUSE = "long-pause"
    OVER_LIMIT = "over-limit"
    HOLD_DUE = "hold-due"
    MISSING_STAFF = "missing-staff"
    """The roll call: not here yet."""
    NOTES_UNREAD = "notes-unread"
    """The handover log has entries that the next shift has not read."""
    CONTESTED = "contested"
    """What a cut-off terminal did no longer fitted when it came."""
    QUARANTINED = "quarantined"
    RESTORED = "restored"
    """This terminal's file came back from a backup."""
    DOUBTED = "doubted"
    """A copy of this terminal's file may have called what is in hand here."""
    CLOCK_JUMPED = "clock-jumped"
    PAST_CLOSING = "past-closing"
    NEAR_LIMIT = "near-limit"
    APPOINTMENT_SOON = "appointment-soon"
    """Who has an appointment soon: said whatever else is, wrong or not."""
    ALL_KEPT = "all-kept"
    """Nothing is wrong: who is due next."""
    ONLY_AGAIN = "only-again"
    NOBODY_WAITS = "nobody-waits"


URGENCY = {kind: place for place, kind in enumerate(Kind)}
CALM = frozenset({Kind.APPOINTMENT_SOON, Kind.ALL_KEPT, Kind.ONLY_AGAIN, Kind.NOBODY_WAITS})
WARNINGS = frozenset(
    {
        Kind.DAY_NOT_OPEN,
        Kind.MISSING_STAFF,
        Kind.NOTES_UNREAD,
        Kind.CONTESTED,
        Kind.QUARANTINED,
        Kind.RESTORED,
        Kind.DOUBTED,
        Kind.NEAR_LIMIT,
        Kind.PAST_CLOSING,
        Kind.CLOCK_JUMPED,
        Kind.HOLD_DUE,
        Kind.WILL_MISS,
    }
)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that goes wrong, or is about to. `at_ms`: when it did or will.

    `counter` and `ticket_id` say what the act is about.
    """

    kind: Kind
    facts: Facts = field(default_factory=dict)
    at_ms: int = 0
    act: Act | None = None
    counter: int | None = None
    ticket_id: str = ""

    @property
    def urgency(self) -> tuple[int, int, str]:
        """The order shown: kind, then time. What nothing can prevent waits behind what has happened."""
        lost = self.kind is Kind.WILL_MISS and self.act is None
        place = URGENCY[Kind.HAS_MISSED if lost else self.kind] * 2 + lost
        return (place, self.at_ms, str(sorted(self.facts.items(), key=str)))

    @property
    def pressure(self) -> Pressure:
        """Fine, about to go wrong, or wrong."""
        if self.kind in CALM:
            return Pressure.FINE
        return Pressure.SOON if self.kind in WARNINGS else Pressure.OVER


@dataclass(frozen=True, slots=True)
class OwnTrouble:
    """What is the matter with this terminal. `quarantined`: events that this hallq cannot read.

    `doubted`: tickets in hand that a copy of its file may have called. `is_restored`: it came from a backup.
    """

    quarantined: int = 0
    doubted: int = 0
    is_restored: bool = False


NO_TROUBLE = OwnTrouble()
NO_ROSTER = Roster()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the alerts are made from. `wall_ms`: the computer's own clock.

    `own`: what is the matter with this terminal. `roster`: who works here. `reader`: who reads the alerts.
    """

    state: HallState
    config: HallConfig
    now_ms: int
    wall_ms: int
    cards: tuple[CounterCard, ...]
    forecasts: Mapping[str, Forecast]
    own: OwnTrouble = NO_TROUBLE
    roster: Roster = NO_ROSTER
    reader: str = ""

    @property
    def shown_ms(self) -> int:
        """The time on the hall's wall."""
        return self.now_ms + self.state.clock_offset_ms
