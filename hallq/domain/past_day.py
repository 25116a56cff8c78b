"""A business day as it was written down: its own row, its counts, and who worked."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain.days import BusinessDay
from hallq.domain.figures import Share


@dataclass(frozen=True, slots=True)
class Work:
    """What one clerk did at one counter in a day. `trusted`: transactions whose length is trusted."""

    counter: int
    clerk: str
    visits: int
    transactions: int
    trusted: int
    trusted_ms: int
    within: int

    @property
    def in_limit(self) -> Share:
        """The share of trusted transactions that kept the limit."""
        return Share(self.within, self.trusted)


@dataclass(frozen=True, slots=True)
class PastDay:
    """One stored day. `figures` as `hallq.domain.figures` names them."""

    day: BusinessDay
    figures: Mapping[str, int]
    work: tuple[Work, ...]
