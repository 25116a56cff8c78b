"""The VIP directory: no number and no name can be read here without the keys, which lie elsewhere."""

from sqlmodel import Field, SQLModel


class VipRow(SQLModel, table=True):
    """One customer. `sealed`: surname and form of address under the key named `key_id`."""

    __tablename__ = "vip"

    reference: str = Field(primary_key=True)
    tier: str
    valid_until: str
    manager: str
    key_id: str
    sealed: bytes


class VipNumberRow(SQLModel, table=True):
    """What a customer is recognised by: a keyed hash; the last characters are for lists."""

    __tablename__ = "vip_number"

    number_hash: str = Field(primary_key=True)
    reference: str
    kind: str
    last_four: str


class VipHeadRow(SQLModel, table=True):
    """The one row that says which version this is, and by which key its hashes were made."""

    __tablename__ = "vip_head"

    row: int = Field(primary_key=True)
    version: int
    key_check: str
