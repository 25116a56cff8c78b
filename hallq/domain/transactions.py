"""The transaction: one service done at a counter, timed from start to end."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a transaction ended."""

    DONE = "done"
    SENT_ON = "sent-on"
    NOT_POSSIBLE = "not-possible"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Transaction:
    """One timed service. `reliable` is False when its length is not to be trusted.

    `end_reason`: why it was not possible. `started_boot_ms`: its machine's own clock at the start,
    which no correction of the hall's clock moves. `contested`: its ticket was elsewhere by then; it
    belongs to its counter alone.
    """

    transaction_id: str
    ticket_id: str
    business_date: str
    counter: int
    clerk: str
    service: str
    started_ms: int
    limit_ms: int
    boot_id: str
    ended_ms: int | None = None
    duration_ms: int | None = None
    outcome: Outcome | None = None
    over_reason: str | None = None
    reliable: bool = True
    end_reason: str | None = None
    started_boot_ms: int | None = None
    contested: bool = False
