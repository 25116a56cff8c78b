"""The VIP directory as it is handed down: given out in parts, gathered aside, and taken as a whole.

A part holds what recognition needs and no more: the last digits stay where the directory is kept.
"""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.store import vip_changes
from hallq.store.connections import transaction
from hallq.store.sealed_file import emptied
from hallq.store.trouble import StoreError, Trouble
from hallq.store.vip_file import (
    NEXT,
    PUT,
    PUT_NUMBER,
    Head,
    be,
    head_of,
    is_there,
    opened,
    opened_to_write,
    tables,
)
from hallq.store.vip_keys import Names, directory_key, take_away

_EACH = (
    "SELECT reference, tier, valid_until, manager, key_id, sealed,"
    " (SELECT group_concat(number_hash, ' ') FROM vip_number WHERE vip_number.reference = vip.reference)"
    " FROM vip "
)
_PART = _EACH + "WHERE reference > ? ORDER BY reference LIMIT ?"
_THESE = _EACH + "WHERE reference IN (SELECT value FROM json_each(?)) ORDER BY reference"
_GONE = f"CREATE TABLE {NEXT}gone (reference TEXT PRIMARY KEY) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Handed:
    """One customer: `hashes` of the numbers, and the name, `sealed` under `key` (empty: it was erased)."""

    reference: str
    tier: str
    valid_until: str
    manager: str
    key_id: str
    sealed: bytes = field(repr=False)
    hashes: tuple[str, ...] = field(repr=False)
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """Customers in order of their references, of one version. `is_last`: nobody follows.

    `since`: 0 for all of them, else only what changed since that version, with whose entry is `gone`.
    """

    head: Head
    handed: list[Handed]
    is_last: bool
    since: int = 0
    gone: list[str] = field(default_factory=list)


def version(folder: Path) -> int:
    """Which version is here, 0 for none. Raises StoreError, KEY_LOST without the key."""
    if not is_there(folder):
        return 0
    with opened(folder) as (_, head):
        return head.version


def part(folder: Path, after: str, count: int, since: int = 0) -> Part:
    """So many customers after a reference; of those that changed `since` a version, where that is known.

    Raises StoreError.
    """
    with opened(folder) as (connection, _):
        connection.execute("BEGIN")  # one look at all tables
        head = head_of(connection)
        if since and vip_changes.is_known(connection, since):
            touched = vip_changes.touched_since(connection, since, after, count)
            rows = connection.execute(_THESE, (json.dumps(touched),)).fetchall()
            gone = sorted(set(touched).difference(row[0] for row in rows))
        else:
            rows = touched = connection.execute(_PART, (after, count)).fetchall()
            since, gone = 0, []
        with contextlib.closing(Names(folder, directory_key(folder))) as names:
            keys = [names.key(row[4]) or b"" for row in rows]
    handed = [_handed(row, key) for row, key in zip(rows, keys, strict=True)]
    return Part(head, handed, len(touched) < count, since, gone)


def _handed(row: tuple[Any, ...], key: bytes) -> Handed:
    reference, tier, valid_until, manager, key_id, sealed, hashes = row
    return Handed(reference, tier, valid_until, manager, key_id, sealed, tuple((hashes or "").split()), key)


def begin(folder: Path) -> None:
    """Make room for another version beside the present one. Raises StoreError."""
    with opened_to_write(folder, anew=True) as (connection, _, _), transaction(connection):
        for table in ("vip", "vip_number", "gone"):
            connection.execute(f"DROP TABLE IF EXISTS {NEXT}{table}")
        for statement in (*tables(NEXT), _GONE):
            connection.execute(statement)


def gather(folder: Path, handed: Iterable[Handed], gone: Iterable[str] = ()) -> None:
    """Put a part aside; nobody is recognised or forgotten by it yet. Raises StoreError."""
    handed = list(handed)
    with opened_to_write(folder) as (connection, names, _):
        names.add((each.key_id, each.key) for each in handed if each.key)
        with transaction(connection):
            rows = ((h.reference, h.tier, h.valid_until, h.manager, h.key_id, h.sealed) for h in handed)
            connection.executemany(PUT.format(prefix=NEXT), rows)
            numbers = ((hashed, h.reference, "", "") for h in handed for hashed in h.hashes)
            connection.executemany(PUT_NUMBER.format(prefix=NEXT), numbers)
            connection.executemany(f"INSERT INTO {NEXT}gone VALUES (?)", ((each,) for each in gone))


def swap(folder: Path, head: Head, since: int = 0) -> None:
    """What was gathered takes the place of what was here, in one short transaction.

    `since`: it is what changed since this version, and the rest stays. Raises StoreError, CONTRADICTION where
    another version is here by now.
    """
    with opened_to_write(folder) as (connection, names, here):
        if since and here.version != since:
            raise StoreError(Trouble.CONTRADICTION, {"path": str(folder)})
        with transaction(connection):
            _be_changed(connection) if since else _be_replaced(connection)
            # Before it counts: who is not recognised any more cannot be read, also when this is broken off.
            names.keep_only({key_id for (key_id,) in connection.execute("SELECT key_id FROM vip")})
            be(connection, head)
        emptied(connection)


def _be_replaced(connection: driver.Connection) -> None:
    for table in ("vip", "vip_number"):
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE {NEXT}{table} RENAME TO {table}")


def _be_changed(connection: driver.Connection) -> None:
    touched = f"SELECT reference FROM {NEXT}vip UNION SELECT reference FROM {NEXT}gone"
    for table in ("vip", "vip_number"):
        connection.execute(f"DELETE FROM {table} WHERE reference IN ({touched})")
    for table in ("vip", "vip_number"):
        connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {NEXT}{table}")
        connection.execute(f"DELETE FROM {NEXT}{table}")


def forget_handed(folder: Path) -> None:
    """Take away a directory that was handed down, or lost its key; one that is kept here stays.

    Raises StoreError, OSError.
    """
    if not is_there(folder):
        return
    try:
        with opened(folder) as (connection, _):
            kept_here = connection.execute("SELECT EXISTS (SELECT 1 FROM vip_number WHERE kind != '')")
            if kept_here.fetchone()[0]:
                return
    except StoreError as error:
        if error.trouble is not Trouble.KEY_LOST:
            raise
    take_away(folder)
