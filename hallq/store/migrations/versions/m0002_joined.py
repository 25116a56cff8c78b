"""Many terminals: where an event came from, what a joined terminal remembers; why a service ended."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


_STARTS = """
UPDATE service_transaction SET started_boot_ms = begun.boot_ms
FROM (
    SELECT json_extract(body, '$.transaction_id') AS id, boot_ms FROM event WHERE kind = 'transaction.started'
) AS begun
WHERE begun.id = transaction_id
"""


def upgrade() -> None:
    """Add the origin to events and counters, the tables of a joined terminal, a transaction's reason."""
    for name in ("device", "log_hash"):
        op.add_column("event", _text(name, ""))
    for name in ("shift_ms", "contested"):
        kind = sa.Integer() if name == "shift_ms" else sa.Boolean()
        op.add_column("event", sa.Column(name, kind, nullable=False, server_default="0"))
    op.add_column("counter", _text("device", ""))
    op.add_column("service_transaction", sa.Column("end_reason", sa.String))
    op.add_column("service_transaction", sa.Column("started_boot_ms", sa.Integer))
    op.add_column(
        "service_transaction", sa.Column("contested", sa.Boolean, nullable=False, server_default="0")
    )
    op.execute(_STARTS)
    _outbox()
    _conversation()


def _text(name: str, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String, nullable=False, server_default=default)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("ordinal", sa.Integer, primary_key=True),
        _text("kind"),
        *(_whole(name) for name in ("version", "at_ms", "wall_ms")),
        _text("boot_id"),
        _whole("boot_ms"),
        *(_text(name) for name in ("terminal", "incarnation")),
        _whole("seq"),
        *(_text(name) for name in ("actor", "business_date", "body", "device")),
        sa.Column("sent", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,  # an ordinal never stands for two events
    )
    op.create_index("outbox_event_once", "outbox", ["incarnation", "seq"], unique=True)


def _conversation() -> None:
    op.create_table(
        "joined",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("hub_url", "hall", "hall_name", "device", "name")),
        _whole("digit"),
        *(_text(name) for name in ("session", "epoch")),
        *(_whole(name) for name in ("lease_number", "settings_version", "anchor_at_ms", "anchor_wall_ms")),
        _text("anchor_boot_id"),
        _whole("anchor_boot_ms"),
        _text("standing"),
        _text("past", ""),
    )
    op.create_table(
        "seal", sa.Column("position", sa.Integer, primary_key=True, autoincrement=False), _text("seal")
    )
    op.create_table("lease", sa.Column("ticket_id", sa.String, primary_key=True), _whole("counter"))
    op.create_table(
        "command",
        sa.Column("id", sa.String, primary_key=True),
        *(_text(name) for name in ("intent", "facts", "actor", "terminal")),
        _whole("asked_ms"),
    )
    op.create_table(
        "quarantine",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("entry", "reason")),
    )
