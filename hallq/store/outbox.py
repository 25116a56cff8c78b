"""Own events that the hub has not placed yet, in the order in which they were written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.events import Recorded, TicketIssued
from hallq.store.codec import ENVELOPE, envelope_values, event_of

_LIST = ", ".join(ENVELOPE)
_APPEND = f"INSERT INTO outbox ({_LIST}, sent) VALUES ({', '.join('?' * len(ENVELOPE))}, 0)"
_AFTER = f"SELECT ordinal, {_LIST} FROM outbox WHERE ordinal > ? ORDER BY ordinal"
_UNSENT_ISSUES = (
    "SELECT json_extract(body, '$.ticket_id') FROM outbox "
    f"WHERE ordinal > ? AND sent = 0 AND kind = '{TicketIssued.kind}'"
)
_NEWEST = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'outbox'"


@dataclass(frozen=True, slots=True)
class Mark:
    """How full the outbox is."""

    last: int = 0
    count: int = 0


def mark(connection: driver.Connection) -> Mark:
    """How full the outbox is now."""
    row = connection.execute("SELECT COALESCE(MAX(ordinal), 0), COUNT(*) FROM outbox").fetchone()
    return Mark(*row)


def append(connection: driver.Connection, recorded: Sequence[Recorded], business_date: str) -> None:
    """Keep own events until the hub has placed them."""
    connection.executemany(_APPEND, [envelope_values(r, business_date) for r in recorded])


def read_after(connection: driver.Connection, ordinal: int) -> list[Recorded]:
    """Own events after `ordinal`; their positions are not given yet and read 0."""
    return [_recorded(*row[1:]) for row in connection.execute(_AFTER, (ordinal,)).fetchall()]


def _recorded(*values: Any) -> Recorded:
    at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, seq, actor = values[:8]
    event = event_of(values[8], values[9], values[11])
    return Recorded(
        0, at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, seq, actor, event, device=values[12]
    )


def mark_sent(connection: driver.Connection, last_ordinal: int) -> None:
    """From now on the hub may know these events."""
    connection.execute("UPDATE outbox SET sent = 1 WHERE ordinal <= ? AND sent = 0", (last_ordinal,))


def remove(connection: driver.Connection, names: Iterable[tuple[str, int]]) -> int:
    """The events (incarnation, seq) have their places, or were put aside; how many were here."""
    changed = connection.executemany("DELETE FROM outbox WHERE incarnation = ? AND seq = ?", list(names))
    return int(changed.rowcount)


def newest(connection: driver.Connection) -> int:
    """The newest ordinal that was ever given."""
    return int(connection.execute(_NEWEST).fetchone()[0])


def own_unsent_tickets(connection: driver.Connection, after: int = 0) -> set[str]:
    """Tickets that were issued here, after an ordinal, and that nobody else can know of."""
    return {ticket_id for (ticket_id,) in connection.execute(_UNSENT_ISSUES, (after,))}


def holds(connection: driver.Connection, incarnation: str, seq: int) -> bool:
    """Whether this very event is here."""
    found = connection.execute("SELECT 1 FROM outbox WHERE incarnation = ? AND seq = ?", (incarnation, seq))
    return found.fetchone() is not None
