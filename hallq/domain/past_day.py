"""What was written down: a business day with its counts and who worked, a visit that ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain.days import BusinessDay
from hallq.domain.figures import Share
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction


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


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One ticket as it was written down, with its transactions in their order."""

    ticket: Ticket
    transactions: tuple[Transaction, ...]
