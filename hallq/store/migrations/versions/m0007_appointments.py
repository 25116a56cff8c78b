"""Appointments, and the agreed time of a ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table, and a column to the tickets."""
    op.create_table(
        "appointment",
        sa.Column("appointment_id", sa.String, primary_key=True),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("slot", "lane", "tier", "service", "state")
        ),
        sa.Column("booked_ms", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String) for name in ("customer", "ticket_id")),
        sa.Column("ended_ms", sa.Integer),
    )
    op.add_column("ticket", sa.Column("agreed_ms", sa.Integer))
