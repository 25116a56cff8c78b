"""The staff list, as kept here or handed down, and tries to sign in that were not right yet."""

from sqlmodel import Field, SQLModel


class StaffRow(SQLModel, table=True):
    """`hallq.domain.staff.Staff`; `roles` in order with blanks between."""

    __tablename__ = "staff"

    staff_id: str = Field(primary_key=True)
    number: str
    name: str
    roles: str
    is_active: bool
    password_hash: str
    pin_hash: str


class RosterRow(SQLModel, table=True):
    """The one row that says which version of the staff list this is."""

    __tablename__ = "roster"

    row: int = Field(primary_key=True)
    version: int


class TryRow(SQLModel, table=True):
    """Tries at one terminal that were not right yet: with passwords, or with one person's PIN."""

    __tablename__ = "wrong_try"

    terminal: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    count: int
    last_ms: int
