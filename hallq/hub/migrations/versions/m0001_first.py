"""The first schema: halls, their logs, devices, leases, commands, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(64), primary_key=True)


def _whole_key(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _texts(names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names.split()]


def _wholes(names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.BigInteger, nullable=False, server_default="0") for name in names.split()]


def _flags(names: str) -> "list[sa.Column[bool]]":
    return [sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()) for name in names.split()]


def upgrade() -> None:
    """Make the tables, their indexes, and the guard that keeps the log append-only."""
    _halls()
    _logs()
    _devices()
    op.create_index("entry_name", "entry", ["hall", "incarnation", "seq"], unique=True)
    contested = sa.text("contested")
    op.create_index("entry_contested", "entry", ["hall"], sqlite_where=contested, postgresql_where=contested)
    op.create_index("device_token", "device", ["hall", "token_hash"])
    op.create_index("device_next_token", "device", ["hall", "next_token_hash"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _halls() -> None:
    op.create_table(
        "hall",
        _key("hall"),
        *_texts("name epoch hash"),
        *_wholes("position resumed_position"),
        *_flags("recovering"),
        *_wholes("clock_ms clock_wall_ms clock_boot_ms"),
        *_texts("clock_boot_id"),
        *_wholes("house_ms kept_version settings_version folded_position"),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table("setting", _key("hall"), _whole_key("version"), *_wholes("at_ms"), *_texts("body"))


def _logs() -> None:
    op.create_table(
        "entry",
        _key("hall"),
        _whole_key("position"),
        *_wholes("shift_ms"),
        *_flags("contested"),
        *_texts("hash device incarnation"),
        *_wholes("seq"),
        *_texts("terminal actor"),
        *_wholes("at_ms wall_ms"),
        *_texts("boot_id"),
        *_wholes("boot_ms"),
        *_texts("kind"),
        *_wholes("version"),
        *_texts("business_date body"),
    )
    op.create_table(
        "quarantine",
        _key("hall"),
        _key("incarnation"),
        _whole_key("seq"),
        *_texts("device"),
        *_wholes("at_ms"),
        *_texts("reason envelope"),
    )
    op.create_table("folded", _key("hall"), *_wholes("position"), *_texts("hash body"))


def _devices() -> None:
    op.create_table(
        "device",
        _key("hall"),
        _key("device"),
        *_texts("name role"),
        *_wholes("digit"),
        *_texts("token_hash next_token_hash code_hash succeeds"),
        *_flags("revoked fenced more used"),
        *_texts("session previous epoch said_epoch lease_epoch"),
        *_wholes("enrolled_ms seen_ms bound_ms position lease_number lease_stored"),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_table(
        "invitation",
        _key("hall"),
        _key("code_hash"),
        *_texts("name role used_by"),
        *_wholes("until_ms"),
    )
    op.create_table("lease", _key("hall"), _key("ticket_id"), *_texts("device"), *_wholes("counter left_out"))
    op.create_table(
        "released",
        _key("hall"),
        _key("ticket_id"),
        *_texts("device"),
        *_wholes("counter"),
        *_texts("actor"),
        *_wholes("at_ms"),
    )
    op.create_table(
        "command",
        _key("hall"),
        _key("device"),
        _key("id"),
        *_texts("asked_hash refusal facts granted"),
        *_wholes("position"),
    )


def _guard_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER entry_no_{action.lower()} BEFORE {action} ON entry "
            "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON entry "
        "FOR EACH ROW EXECUTE FUNCTION entry_is_append_only()"
    )
