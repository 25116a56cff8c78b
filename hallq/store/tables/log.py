"""The log of events, and the references that stand for customers."""

from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One event. A trigger refuses every change and deletion."""

    __tablename__ = "event"

    position: int = Field(primary_key=True)
    kind: str
    version: int
    at_ms: int
    wall_ms: int
    boot_id: str
    boot_ms: int
    terminal: str
    incarnation: str
    seq: int
    actor: str
    business_date: str
    body: str
    device: str = ""
    log_hash: str = ""
    shift_ms: int = 0
    contested: bool = False


class CustomerRow(SQLModel, table=True):
    """An opaque reference for a customer of the day: a keyed hash, never the number."""

    __tablename__ = "customer"

    number_hash: str = Field(primary_key=True)
    reference: str
