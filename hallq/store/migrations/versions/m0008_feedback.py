"""What customers say: the last visit of each counter, low ratings, complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables and the columns of a counter's last visit."""
    for name in ("left_ticket", "left_label", "left_clerk"):
        op.add_column("counter", sa.Column(name, sa.String))
    for name in ("left_ms", "left_score"):
        op.add_column("counter", sa.Column(name, sa.Integer))
    op.create_table(
        "low_rating",
        sa.Column("ticket_id", sa.String, primary_key=True),
        *_texts("label", "business_date"),
        sa.Column("counter", sa.Integer, nullable=False),
        *_texts("clerk"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("score", "rated_ms")),
        sa.Column("seen_ms", sa.Integer),
        sa.Column("seer", sa.String),
    )
    op.create_table(
        "complaint",
        sa.Column("complaint_id", sa.String, primary_key=True),
        *_texts("label", "business_date", "category", "text", "taken_by", "number_at"),
        sa.Column("taken_ms", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("at_counter", "answer_due_ms", "settle_due_ms")),
        *(
            sa.Column(name, sa.Integer)
            for name in ("answered_ms", "settled_ms", "follow_up_due_ms", "ended_ms")
        ),
        *(sa.Column(name, sa.String) for name in ("ticket", "answer", "settlement", "follow_up")),
    )
    op.create_index("complaint_open", "complaint", ["ended_ms"])


def _texts(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.String, nullable=False) for name in names]
