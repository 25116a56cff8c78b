"""The shift: who is here, the handover log, lanes chosen for a day; a fold that counts busy time."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables. The file is folded anew at its next start, because `folding` is empty."""
    op.create_table(
        "attendance",
        sa.Column("staff_id", sa.String, primary_key=True),
        *(_text(name) for name in ("number", "whereabouts")),
        _whole("since_ms"),
        sa.Column("arrived_ms", sa.Integer),
        *(_text(name) for name in ("terminal", "device", "incarnation")),
    )
    op.create_table(
        "handover_note",
        sa.Column("note_id", sa.String, primary_key=True),
        *(_text(name) for name in ("topic", "text")),
        sa.Column("at_counter", sa.Integer),
        _text("business_date"),
        _whole("written_ms"),
        _text("writer"),
        *(sa.Column(f"{what}_ms", sa.Integer) for what in ("read", "settled")),
        *(sa.Column(who, sa.String) for who in ("reader", "settler")),
    )
    op.create_index("handover_note_open", "handover_note", ["settled_ms"])
    op.add_column("counter", sa.Column("lanes", sa.String))
    op.create_table(
        "folding",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        _whole("version"),
    )


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String, nullable=False)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)
