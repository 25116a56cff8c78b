"""How a terminal stands with its hub, as the screens tell it; a hall without a hub has none of it."""

from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """What the terminal can rely on."""

    CONNECTED = "connected"
    BEHIND = "behind"
    CUT_OFF = "cut-off"
    FENCED = "fenced"
    OUTDATED = "outdated"
    RECOVERING = "recovering"
    REVOKED = "revoked"
    WAITS = "waits"
    """Fenced, perhaps for a minute only."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The link in figures. `since_ms`: the hall's clock when it became so; `skew_ms`: the wall clock's error.

    `behind`: entries of the hall's log not here yet. `unsent`: own events not at the hub. `in_hand`:
    tickets that this terminal may still call when cut off. `doubted`: those that wait for a word with the
    hub, because a copy of this file may have them in hand, too. `quarantined`: entries not readable here.
    `is_restored`: the file came back from a backup, and the hub has told it what it lacked.
    `settings_refused`: the version of settings that the hub gave and this terminal cannot use, else 0.
    """

    link: Link = Link.CUT_OFF
    since_ms: int = 0
    behind: int = 0
    unsent: int = 0
    in_hand: int = 0
    doubted: int = 0
    quarantined: int = 0
    skew_ms: int = 0
    settings_refused: int = 0
    is_restored: bool = False
