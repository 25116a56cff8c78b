"""The hub's tables. The hall leads every key, so that rows of one hall lie and move together."""

import sqlalchemy as sa

metadata = sa.MetaData()


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(64), primary_key=True)


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def _whole_key(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


hall = sa.Table(
    "hall",
    metadata,
    _key("hall"),
    *(_text(name) for name in ("name", "epoch", "hash")),
    *(_whole(name) for name in ("position", "resumed_position")),
    _flag("recovering"),
    *(_whole(name) for name in ("clock_ms", "clock_wall_ms", "clock_boot_ms")),
    _text("clock_boot_id"),
    *(_whole(name) for name in ("house_ms", "kept_version", "settings_version", "folded_position")),
    _whole("roster_version"),
    _whole("vip_version"),
    *(_flag(name) for name in ("settling", "by_word")),
)
"""One row per hall, which is its lock. `kept_version` grows with each change of leases and backlogs.

`recovering`: the log is not back; `settling`: it is, and some have not sent what they did meanwhile;
`by_word`: only a person knows who all the terminals are.
"""

entry = sa.Table(
    "entry",
    metadata,
    _key("hall"),
    _whole_key("position"),
    _whole("shift_ms"),
    _flag("contested"),
    *(_text(name) for name in ("hash", "device", "incarnation")),
    _whole("seq"),
    *(_text(name) for name in ("terminal", "actor")),
    *(_whole(name) for name in ("at_ms", "wall_ms")),
    _text("boot_id"),
    _whole("boot_ms"),
    _text("kind"),
    _whole("version"),
    *(_text(name) for name in ("business_date", "body")),
    sa.Index("entry_name", "hall", "incarnation", "seq", unique=True),
    sa.Index(
        "entry_contested",
        "hall",
        sqlite_where=sa.text("contested"),
        postgresql_where=sa.text("contested"),
    ),
)
"""The log. A trigger refuses every change and deletion."""

quarantine = sa.Table(
    "quarantine",
    metadata,
    _key("hall"),
    _key("incarnation"),
    _whole_key("seq"),
    _text("device"),
    _whole("at_ms"),
    *(_text(name) for name in ("reason", "envelope")),
)
"""Events that cannot be read: received, shown to the operator, not placed."""

folded = sa.Table(
    "folded",
    metadata,
    _key("hall"),
    _whole("position"),
    *(_text(name) for name in ("hash", "body")),
)
"""The state at some position, so that a start folds little. It may be thrown away."""

device = sa.Table(
    "device",
    metadata,
    _key("hall"),
    _key("device"),
    *(_text(name) for name in ("name", "role")),
    _whole("digit"),
    *(_text(name) for name in ("token_hash", "next_token_hash", "code_hash", "succeeds")),
    *(_flag(name) for name in ("revoked", "fenced", "more", "used")),
    *(_text(name) for name in ("session", "previous", "epoch", "said_epoch", "lease_epoch")),
    *(_whole(name) for name in ("enrolled_ms", "seen_ms", "bound_ms", "position")),
    *(_whole(name) for name in ("lease_number", "lease_stored")),
    *(_text(name) for name in ("home", "boot_id", "sent_epoch", "past_sessions")),
    sa.Index("device_token", "hall", "token_hash"),
    sa.Index("device_next_token", "hall", "next_token_hash"),
)
"""Who may speak. `used`: the session has done something; `past_sessions`: those that are over, newest
first, with spaces between; `bound_ms`: no unsent event is older.

Of the epoch that is named there it has said what it has (`said_epoch`), holds no older lease (`lease_epoch`),
and has sent what it did by an older one (`sent_epoch`).
"""

invitation = sa.Table(
    "invitation",
    metadata,
    _key("hall"),
    _key("code_hash"),
    *(_text(name) for name in ("name", "role", "used_by")),
    _whole("until_ms"),
)

lease = sa.Table(
    "lease",
    metadata,
    _key("hall"),
    _key("ticket_id"),
    _text("device"),
    *(_whole(name) for name in ("counter", "left_out")),
)
"""`left_out`: the first lease without this ticket, 0 while it is in; the row stays until that is stored."""

released = sa.Table(
    "released",
    metadata,
    _key("hall"),
    _key("ticket_id"),
    _text("device"),
    _whole("counter"),
    _text("actor"),
    _whole("at_ms"),
)
"""Tickets that a person took from a silent counter, which may have called them all the same."""

command = sa.Table(
    "command",
    metadata,
    _key("hall"),
    _key("device"),
    _key("id"),
    *(_text(name) for name in ("asked_hash", "refusal", "facts", "granted")),
    _whole("position"),
)

setting = sa.Table(
    "setting",
    metadata,
    _key("hall"),
    _whole_key("version"),
    _whole("at_ms"),
    _text("body"),
)

staff = sa.Table(
    "staff",
    metadata,
    _key("hall"),
    _key("staff_id"),
    *(_text(name) for name in ("number", "name", "roles", "password_hash", "pin_hash")),
    _flag("is_active"),
)
"""Who works in a hall, as a versioned whole; `roles` in order with blanks between."""
