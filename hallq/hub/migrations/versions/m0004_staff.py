"""The staff list of each hall."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of staff; a hall knows its list's version."""
    texts = ("number", "name", "roles", "password_hash", "pin_hash")
    op.create_table(
        "staff",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("hall", "staff_id")),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in texts),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.add_column("hall", sa.Column("roster_version", sa.BigInteger, nullable=False, server_default="0"))
