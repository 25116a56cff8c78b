"""What customers say of a visit: five steps, and the low ones that a manager sees to."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from hallq.domain.words import Model

BEST = 5
WINDOW_MS = 60_000
"""So long after a visit its rating is taken; screens ask for less, but a line may be slow."""


class RatingRule(Model):
    """How a visit is rated. `seconds`: how long a screen asks. `low`: up to this score a manager is told.

    `keys_at_counter`: whether the digits of a second keyboard at the counter rate the visit that just ended.
    """

    seconds: Annotated[float, Field(gt=0, le=50)]
    low: Annotated[int, Field(ge=0, le=BEST - 1)]
    keys_at_counter: bool


@dataclass(frozen=True)
class LowRating:
    """A low rating until a manager has seen it."""

    ticket_id: str
    label: str
    business_date: str
    counter: int
    clerk: str
    score: int
    rated_ms: int
    seen_ms: int | None = None
    seer: str | None = None
