"""The two halves of a recovery, and who has sent what it had."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A hall's recovery may wait for outboxes, or for a person's word; a device has an epoch more."""
    for name in ("settling", "by_word"):
        op.add_column("hall", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("device", sa.Column("sent_epoch", sa.Text, nullable=False, server_default=""))
