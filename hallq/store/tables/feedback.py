"""Projections of what customers say."""

from sqlmodel import Field, SQLModel


class LowRatingRow(SQLModel, table=True):
    """`hallq.domain.ratings.LowRating`."""

    __tablename__ = "low_rating"

    ticket_id: str = Field(primary_key=True)
    label: str
    business_date: str
    counter: int
    clerk: str
    score: int
    rated_ms: int
    seen_ms: int | None
    seer: str | None


class ComplaintRow(SQLModel, table=True):
    """`hallq.domain.complaints.Complaint`."""

    __tablename__ = "complaint"

    complaint_id: str = Field(primary_key=True)
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
    answered_ms: int | None
    answer: str | None
    settled_ms: int | None
    settlement: str | None
    follow_up_due_ms: int | None
    ended_ms: int | None
    follow_up: str | None
