"""The VIP directory has a file of its own, so that a long list does not hold the queue."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Take the directory's tables away; its list is imported anew."""
    for table in ("vip_head", "vip_number", "vip"):
        op.drop_table(table)
