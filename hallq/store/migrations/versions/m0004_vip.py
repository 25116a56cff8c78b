"""The VIP directory."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the directory's tables."""
    op.create_table(
        "vip",
        sa.Column("reference", sa.String, primary_key=True),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("tier", "valid_until", "manager", "key_id")
        ),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vip_number",
        sa.Column("number_hash", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("reference", "kind", "last_four")),
    )
    op.create_index("vip_number_of", "vip_number", ["reference"])
    op.create_table(
        "vip_head",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key_check", sa.String, nullable=False),
    )
