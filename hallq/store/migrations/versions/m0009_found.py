"""What is alive, and the work of one day, are found without a look through a year."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the indexes."""
    for name, table, column in (
        ("transaction_live", "service_transaction", "ended_ms"),
        ("appointment_live", "appointment", "ended_ms"),
        ("low_rating_unseen", "low_rating", "seen_ms"),
    ):
        op.create_index(name, table, [column], sqlite_where=sa.text(f"{column} IS NULL"))
    op.create_index("transaction_of_day", "service_transaction", ["business_date"])
