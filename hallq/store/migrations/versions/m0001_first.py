"""The first schema: the event log and the projections of one hall."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, their indexes, and the guard that keeps the log append-only."""
    _log()
    _tickets()
    _rest()
    op.create_index("ticket_number_once", "ticket", ["business_date", "series", "number"], unique=True)
    op.create_index("ticket_live", "ticket", ["ended_ms"], sqlite_where=sa.text("ended_ms IS NULL"))
    op.create_index(
        "ticket_called",
        "ticket",
        ["called_position"],
        sqlite_where=sa.text("called_position IS NOT NULL"),
    )
    op.create_index("transaction_of_ticket", "service_transaction", ["ticket_id"])
    op.create_index(
        "one_counter_per_ticket",
        "counter",
        ["ticket_id"],
        unique=True,
        sqlite_where=sa.text("ticket_id IS NOT NULL"),
    )
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
            "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
        )


def _text(name: str, *, optional: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String, nullable=optional)


def _whole(name: str, *, optional: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=optional)


def _log() -> None:
    op.create_table(
        "event",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _text("kind"),
        *(_whole(name) for name in ("version", "at_ms", "wall_ms")),
        _text("boot_id"),
        _whole("boot_ms"),
        *(_text(name) for name in ("terminal", "incarnation")),
        _whole("seq"),
        *(_text(name) for name in ("actor", "business_date", "body")),
    )
    op.create_table(
        "customer",
        sa.Column("number_hash", sa.String, primary_key=True),
        _text("reference"),
        sqlite_with_rowid=False,
    )


def _tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column("ticket_id", sa.String, primary_key=True),
        *(_text(name) for name in ("business_date", "series")),
        _whole("number"),
        *(_text(name) for name in ("lane", "tier", "service", "state")),
        *(_whole(name) for name in ("issued_ms", "due_ms", "queue_ms", "waiting_since_ms", "ahead")),
        *(_text(name, optional=True) for name in ("customer", "priority_reason")),
        _whole("counter", optional=True),
        _text("clerk", optional=True),
        _whole("first_counter", optional=True),
        _text("first_clerk", optional=True),
        _whole("served_counter", optional=True),
        _whole("counters_visited"),
        _whole("bound_counter", optional=True),
        _text("bound_zone", optional=True),
        _whole("return_to", optional=True),
        _text("return_service", optional=True),
        *(_whole(name, optional=True) for name in ("called_ms", "called_position")),
        *(_whole(name) for name in ("calls", "recalls")),
        *(_whole(name, optional=True) for name in ("wait_ms", "arrived_ms")),
        _whole("walk_ms"),
        *(_whole(name, optional=True) for name in ("held_ms", "hold_until_ms")),
        _text("hold_reason", optional=True),
        _whole("missed_ms", optional=True),
        _whole("missed_times"),
        _whole("ended_ms", optional=True),
        _text("end_reason", optional=True),
        sa.Column("contested", sa.Boolean, nullable=False),
        _text("why", optional=True),
        sqlite_with_rowid=False,
    )


def _rest() -> None:
    op.create_table(
        "service_transaction",
        sa.Column("transaction_id", sa.String, primary_key=True),
        *(_text(name) for name in ("ticket_id", "business_date")),
        _whole("counter"),
        *(_text(name) for name in ("clerk", "service")),
        *(_whole(name) for name in ("started_ms", "limit_ms")),
        _text("boot_id"),
        *(_whole(name, optional=True) for name in ("ended_ms", "duration_ms")),
        *(_text(name, optional=True) for name in ("outcome", "over_reason")),
        sa.Column("reliable", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        _text("state"),
        _whole("since_ms"),
        *(_text(name, optional=True) for name in ("clerk", "ticket_id", "pause_reason")),
        _whole("served"),
    )
    op.create_table(
        "business_day",
        sa.Column("date", sa.String, primary_key=True),
        *(_whole(name) for name in ("opened_ms", "opened_position", "clock_offset_ms")),
        _whole("closed_ms", optional=True),
        _whole("times_opened"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "series",
        sa.Column("business_date", sa.String, primary_key=True),
        sa.Column("series", sa.String, primary_key=True),
        _whole("last_number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rescue",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _text("lane"),
        _whole("at_ms"),
    )
    op.create_table(
        "figure",
        sa.Column("business_date", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        _whole("value"),
        sqlite_with_rowid=False,
    )
