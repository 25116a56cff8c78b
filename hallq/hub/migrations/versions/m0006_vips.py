"""A hall knows which version of its VIP directory its terminals should have."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the version; 0: no directory."""
    op.add_column("hall", sa.Column("vip_version", sa.BigInteger, nullable=False, server_default="0"))
