"""What callers have used of their allowances."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of rate limits."""
    op.create_table(
        "allowance",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("hall", "rule", "subject")),
        sa.Column("window_ms", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("used", sa.BigInteger, nullable=False, server_default="0"),
    )
