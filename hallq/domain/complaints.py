"""Complaints: what is kept of one, and the deadlines that its category has."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from hallq.domain.words import Code, Model, Words

SERIES = "TS"
"""投诉: complaints have numbers of their own."""

Hours = Annotated[float, Field(gt=0, le=24 * 60)]
WorkingDays = Annotated[int, Field(ge=1, le=250)]


class Category(Model):
    """What a complaint is about, and its deadlines: hours, or whole working days."""

    code: Code
    name: Words
    answer_hours: Hours | None = None
    answer_working_days: WorkingDays | None = None
    settle_hours: Hours | None = None
    settle_working_days: WorkingDays | None = None


class ComplaintsRule(Model):
    """How complaints are kept. `goal_percent`: the share to be settled in time."""

    follow_up_working_days: WorkingDays
    goal_percent: Annotated[float, Field(gt=0, le=100)]
    categories: tuple[Category, ...]


class Stage(StrEnum):
    """What a complaint waits for."""

    ANSWER = "answer"
    SETTLEMENT = "settlement"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True)
class Complaint:
    """One complaint. Instants by the hall's clock; None means not yet, a deadline None that there is none.

    `number_at`: the terminal that keeps the number to call back; empty without one. `settlement`: how it
    was settled, kept when the follow-up opened it again.
    """

    complaint_id: str
    label: str
    business_date: str
    category: str
    text: str
    at_counter: int | None
    ticket: str | None
    taken_ms: int
    taken_by: str
    number_at: str
    answer_due_ms: int | None
    settle_due_ms: int | None
    answered_ms: int | None = None
    answer: str | None = None
    settled_ms: int | None = None
    settlement: str | None = None
    follow_up_due_ms: int | None = None
    ended_ms: int | None = None
    follow_up: str | None = None

    @property
    def stage(self) -> Stage:
        """What comes next."""
        if self.settled_ms is not None:
            return Stage.FOLLOW_UP
        return Stage.ANSWER if self.answered_ms is None else Stage.SETTLEMENT

    def is_settled_late(self, now_ms: int) -> bool:
        """Whether it is open past the time by which it was to be settled."""
        return self.settled_ms is None and self.settle_due_ms is not None and self.settle_due_ms < now_ms

    @property
    def due_ms(self) -> int | None:
        """When the next step is due, or an earlier deadline of a later one."""
        if self.settled_ms is not None:
            return self.follow_up_due_ms
        open_deadlines = [] if self.answered_ms is not None else [self.answer_due_ms]
        known = [due for due in (*open_deadlines, self.settle_due_ms) if due is not None]
        return min(known, default=None)
