"""What a terminal that belongs to a hub keeps besides the hall's log."""

from sqlmodel import Field, SQLModel


class JoinedRow(SQLModel, table=True):
    """The one row of a terminal that joined a hub: who it is, and how far the conversation got.

    `anchor_*` is a reading of this machine's clocks beside the hall's clock.
    """

    __tablename__ = "joined"

    row: int = Field(primary_key=True)
    hub_url: str
    hall: str
    hall_name: str
    device: str
    name: str
    digit: int
    session: str
    epoch: str
    lease_number: int
    settings_version: int
    anchor_at_ms: int
    anchor_wall_ms: int
    anchor_boot_id: str
    anchor_boot_ms: int
    standing: str
    past: str


class OutboxRow(SQLModel, table=True):
    """An own event that the hub has not placed yet. `sent`: it may have reached the hub."""

    __tablename__ = "outbox"

    ordinal: int = Field(primary_key=True)
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
    device: str
    sent: bool


class LeaseRow(SQLModel, table=True):
    """A ticket that only this terminal may announce when it loses the hub."""

    __tablename__ = "lease"

    ticket_id: str = Field(primary_key=True)
    counter: int


class SealRow(SQLModel, table=True):
    """The hub's proof that it gave out its log up to a position, should it lose it."""

    __tablename__ = "seal"

    position: int = Field(primary_key=True)
    seal: str


class CommandRow(SQLModel, table=True):
    """A command whose answer has not come yet; it is repeated under its id."""

    __tablename__ = "command"

    id: str = Field(primary_key=True)
    intent: str
    facts: str
    actor: str
    terminal: str
    asked_ms: int
    staff: str = ""
    word: str = ""


class QuarantineRow(SQLModel, table=True):
    """An entry of the hall's log that this hallq cannot read; everything else goes on."""

    __tablename__ = "quarantine"

    position: int = Field(primary_key=True)
    entry: str
    reason: str
