"""Where a device's file is at home, and in which start of its machine its session began."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add both to the devices."""
    for name in ("home", "boot_id"):
        op.add_column("device", sa.Column(name, sa.Text, nullable=False, server_default=""))
