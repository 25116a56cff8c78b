"""Projections of the shift, and by which fold all of them were made."""

from sqlmodel import Field, SQLModel


class AttendanceRow(SQLModel, table=True):
    """`hallq.domain.attendance.Attendance`."""

    __tablename__ = "attendance"

    staff_id: str = Field(primary_key=True)
    number: str
    whereabouts: str
    since_ms: int
    arrived_ms: int | None
    terminal: str
    device: str
    incarnation: str


class NoteRow(SQLModel, table=True):
    """`hallq.domain.handover.HandoverNote`."""

    __tablename__ = "handover_note"

    note_id: str = Field(primary_key=True)
    topic: str
    text: str
    at_counter: int | None
    business_date: str
    written_ms: int
    writer: str
    read_ms: int | None
    reader: str | None
    settled_ms: int | None
    settler: str | None


class FoldingRow(SQLModel, table=True):
    """The one row that says by which version of the fold the projections were made."""

    __tablename__ = "folding"

    row: int = Field(primary_key=True)
    version: int
