"""The wait that a customer was told with the number."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns to the tickets."""
    op.add_column("ticket", sa.Column("told_low_minutes", sa.Integer))
    op.add_column("ticket", sa.Column("told_high_minutes", sa.Integer))
