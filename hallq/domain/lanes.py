"""Lanes, tiers and the promise that each lane makes."""

from enum import StrEnum


class Lane(StrEnum):
    """The line a ticket waits in; each has its own promised wait."""

    PRIORITY = "priority"
    STANDARD = "standard"


class LaneChoice(StrEnum):
    """Whom a counter takes: one lane first, or only, or both alike."""

    BOTH = "both"
    PRIORITY_FIRST = "priority-first"
    PRIORITY_ONLY = "priority-only"
    STANDARD_FIRST = "standard-first"
    STANDARD_ONLY = "standard-only"

    @property
    def dedicated_to(self) -> Lane | None:
        """The lane that goes first."""
        return None if self is LaneChoice.BOTH else Lane(self.value.partition("-")[0])

    @property
    def helps_when_idle(self) -> bool:
        """Whether the other lane is taken when nobody of the own one waits."""
        return not self.value.endswith("-only")


class Tier(StrEnum):
    """The grade of a customer, highest first."""

    SUPREME = "supreme"
    DIAMOND = "diamond"
    GOLD = "gold"
    SILVER = "silver"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the highest grade; decides where due times tie."""
        return _RANKS[self]


_RANKS = {tier: place for place, tier in enumerate(Tier)}


class Pressure(StrEnum):
    """How a running time stands against its limit: fine, soon over (from the nudge share on), over."""

    FINE = "fine"
    SOON = "soon"
    OVER = "over"


def pressure(elapsed_ms: int, limit_ms: int, nudge_percent: int = 80) -> Pressure:
    """The state of a time that has run `elapsed_ms` of `limit_ms`."""
    if elapsed_ms > limit_ms:
        return Pressure.OVER
    if elapsed_ms * 100 >= limit_ms * nudge_percent:
        return Pressure.SOON
    return Pressure.FINE
