"""The staff list and wrong tries; who issued a ticket, who asked for a command."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of the staff, and the columns that name who acted."""
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String, primary_key=True),
        *(_text(name) for name in ("number", "name", "roles")),
        sa.Column("is_active", sa.Boolean, nullable=False),
        *(_text(name) for name in ("password_hash", "pin_hash")),
    )
    op.create_index("staff_number_once", "staff", ["number"], unique=True)
    op.create_table(
        "roster",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "wrong_try",
        *(sa.Column(name, sa.String, primary_key=True) for name in ("terminal", "what")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("count", "last_ms")),
    )
    op.add_column("ticket", sa.Column("issued_by", sa.String))
    for name in ("staff", "word"):
        op.add_column("command", _text(name, ""))


def _text(name: str, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String, nullable=False, server_default=default)
