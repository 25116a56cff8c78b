"""Who is in the hall: signed in, away from the screen, gone, or not expected today."""

from dataclasses import dataclass
from enum import StrEnum


class PresenceChange(StrEnum):
    """What somebody did at a terminal, or a manager said of them."""

    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    UNTOUCHED = "untouched"
    """Nobody has touched the screen for as long as the hall calls an absence."""
    TOUCHED = "touched"
    """Somebody does, again or still: told now and then, so that a program that was killed is found out."""
    EXCUSED = "excused"
    """Not expected today."""
    EXPECTED = "expected"


class Whereabouts(StrEnum):
    """Where somebody is, as far as terminals know."""

    HERE = "here"
    AWAY = "away"
    """Signed in, but the screen is locked or untouched."""
    OUT = "out"
    OFF = "off"
    """Not expected today."""


LEADS_TO: dict[PresenceChange, Whereabouts] = {
    PresenceChange.SIGNED_IN: Whereabouts.HERE,
    PresenceChange.SIGNED_OUT: Whereabouts.OUT,
    PresenceChange.LOCKED: Whereabouts.AWAY,
    PresenceChange.UNLOCKED: Whereabouts.HERE,
    PresenceChange.UNTOUCHED: Whereabouts.AWAY,
    PresenceChange.TOUCHED: Whereabouts.HERE,
    PresenceChange.EXCUSED: Whereabouts.OFF,
    PresenceChange.EXPECTED: Whereabouts.OUT,
}
LEAVING = frozenset({PresenceChange.SIGNED_OUT, PresenceChange.LOCKED, PresenceChange.UNTOUCHED})
"""Good only at the terminal where the person is: whoever moved on is not gone."""
BY_MANAGER = frozenset({PresenceChange.EXCUSED, PresenceChange.EXPECTED})
"""What is said of somebody else."""


@dataclass(frozen=True)
class Attendance:
    """One person. `since_ms`: when this began; of who is here, when that was told for the last time.
    `arrived_ms`: first seen since the last closing, if at all.

    `incarnation` names the run of the program that they are at, `terminal` and `device` where it runs.
    """

    staff_id: str
    number: str
    whereabouts: Whereabouts
    since_ms: int
    arrived_ms: int | None
    terminal: str
    device: str
    incarnation: str

    def is_seen_at(self, incarnation: str) -> bool:
        """Whether this person is here or away, as that run of a program told."""
        present = self.whereabouts in (Whereabouts.HERE, Whereabouts.AWAY)
        return present and self.incarnation == incarnation

    def is_silent(self, now_ms: int, silence_ms: int) -> bool:
        """Whether the screen at which somebody is has told nothing for so long: it may have been killed."""
        return self.whereabouts is Whereabouts.HERE and now_ms - self.since_ms >= silence_ms
