"""Events on their way: rows of the log and of the outbox as shapes of the protocol, byte for byte."""

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.events import Recorded
from hallq.protocol import Entry, Envelope
from hallq.store.codec import COLUMNS, ENVELOPE, placed, tolerated
from hallq.store.projections import PROJECTED

_LIST = ", ".join(COLUMNS)
_PLACE = f"INSERT INTO event ({_LIST}) VALUES ({', '.join('?' * len(COLUMNS))})"
_AFTER = f"SELECT {_LIST} FROM event WHERE position > ? ORDER BY position LIMIT ?"
_envelope_of = attrgetter(*ENVELOPE)
_OUTBOX = ", ".join(ENVELOPE)
_OLDEST = f"SELECT ordinal, {_OUTBOX} FROM outbox ORDER BY ordinal LIMIT ?"
_PUT_BACK = f"INSERT OR IGNORE INTO outbox ({_OUTBOX}, sent) VALUES ({', '.join('?' * len(ENVELOPE))}, ?)"
_OWN = f"SELECT {_LIST} FROM event WHERE device IN (SELECT value FROM json_each(?)) ORDER BY position"


def from_entry(entry: Entry) -> Recorded:
    """The event of an entry of the hall's log; one that cannot be read here changes nothing."""
    told = entry.event
    return placed(entry, tolerated(told.kind, told.version, told.body))


def entry_values(entry: Entry) -> tuple[Any, ...]:
    """The row of an entry, in the order of COLUMNS: byte for byte what the hub placed."""
    return (entry.position, *_envelope_of(entry.event), entry.hash, entry.shift_ms, entry.contested)


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row in the order of COLUMNS."""
    told = Envelope(**dict(zip(ENVELOPE, row[1:14], strict=True)))
    return Entry(position=row[0], event=told, hash=row[14], shift_ms=row[15], contested=bool(row[16]))


def place(connection: driver.Connection, entries: Sequence[Entry]) -> None:
    """Write what the hub placed into the hall's log."""
    connection.executemany(_PLACE, [entry_values(entry) for entry in entries])


def entries_after(connection: driver.Connection, position: int, limit: int) -> list[Entry]:
    """The hall's log after `position` as the hub placed it, oldest first."""
    return [entry_of(row) for row in connection.execute(_AFTER, (position, limit))]


def own_entries(connection: driver.Connection, devices: Sequence[str]) -> list[Entry]:
    """Everything in the hall's log that these devices wrote."""
    return [entry_of(row) for row in connection.execute(_OWN, (json.dumps(devices),))]


def oldest_unplaced(connection: driver.Connection, limit: int) -> list[tuple[int, Envelope]]:
    """The oldest events of the outbox with their ordinals, as they are: the hub judges whether they fit."""
    rows = connection.execute(_OLDEST, (limit,)).fetchall()
    return [(row[0], Envelope.model_construct(**dict(zip(ENVELOPE, row[1:], strict=True)))) for row in rows]


def put_back(connection: driver.Connection, lost: Iterable[Envelope]) -> None:
    """Own events that the hub has lost, to be offered once more, before those that it never had."""
    waiting = connection.execute(f"SELECT {_OUTBOX}, sent FROM outbox ORDER BY ordinal").fetchall()
    connection.execute("DELETE FROM outbox")
    again = [(*_envelope_of(e), 1) for e in lost]
    connection.executemany(_PUT_BACK, [*again, *waiting])


def start_empty(connection: driver.Connection) -> None:
    """Empty the log and its projections: the hub's log is taken from the start again."""
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    ).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for table in ("event", "quarantine", "seal", *PROJECTED):
        connection.execute(f"DELETE FROM {table}")
    for _, sql in guards:
        connection.execute(sql)
