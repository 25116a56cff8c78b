"""A device's sessions that are over are known again, however late their hello comes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the list, empty: what was over before is not known."""
    op.add_column("device", sa.Column("past_sessions", sa.Text, nullable=False, server_default=""))
