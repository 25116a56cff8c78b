"""The VIP directory as it is handed down: given out in parts, gathered aside, and taken as a whole.

A part holds what recognition needs and no more: the last digits stay where the directory is kept.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

_PART = (
    "SELECT reference, tier, valid_until, manager, key_id, sealed,"
    " (SELECT group_concat(number_hash, ' ') FROM vip_number WHERE vip_number.reference = vip.reference)"
    " FROM vip WHERE reference > ? ORDER BY reference LIMIT ?"
)


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
    """Customers in order of their references, of one version. `is_last`: nobody follows."""

    head: Head
    handed: list[Handed]
    is_last: bool


def version(folder: Path) -> int:
    """Which version is here, 0 for none. Raises StoreError, KEY_LOST without the key."""
    if not is_there(folder):
        return 0
    with opened(folder) as (_, head):
        return head.version


def part(folder: Path, after: str, count: int) -> Part:
    """So many customers after a reference. Raises StoreError."""
    with opened(folder) as (connection, _):
        connection.execute("BEGIN")  # one look at both tables
        head = head_of(connection)
        rows = connection.execute(_PART, (after, count)).fetchall()
        with contextlib.closing(Names(folder, directory_key(folder))) as names:
            keys = [names.key(row[4]) or b"" for row in rows]
    handed = [_handed(row, key) for row, key in zip(rows, keys, strict=True)]
    return Part(head, handed, len(rows) < count)


def _handed(row: tuple[Any, ...], key: bytes) -> Handed:
    reference, tier, valid_until, manager, key_id, sealed, hashes = row
    return Handed(reference, tier, valid_until, manager, key_id, sealed, tuple((hashes or "").split()), key)


def begin(folder: Path) -> None:
    """Make room for another version beside the present one. Raises StoreError."""
    with opened_to_write(folder, anew=True) as (connection, _, _), transaction(connection):
        for table in ("vip", "vip_number"):
            connection.execute(f"DROP TABLE IF EXISTS {NEXT}{table}")
        for statement in tables(NEXT):
            connection.execute(statement)


def gather(folder: Path, handed: Iterable[Handed]) -> None:
    """Put a part aside; nobody is recognised by it yet. Raises StoreError."""
    handed = list(handed)
    with opened_to_write(folder) as (connection, names, _):
        names.add((each.key_id, each.key) for each in handed if each.key)
        with transaction(connection):
            rows = ((h.reference, h.tier, h.valid_until, h.manager, h.key_id, h.sealed) for h in handed)
            connection.executemany(PUT.format(prefix=NEXT), rows)
            numbers = ((hashed, h.reference, "", "") for h in handed for hashed in h.hashes)
            connection.executemany(PUT_NUMBER.format(prefix=NEXT), numbers)


def swap(folder: Path, head: Head) -> None:
    """What was gathered takes the place of what was here, in one short transaction. Raises StoreError."""
    with opened_to_write(folder) as (connection, names, _):
        with transaction(connection):
            # First: whoever is no longer recognised cannot be read any more, also when this is broken off.
            names.keep_only({key_id for (key_id,) in connection.execute(f"SELECT key_id FROM {NEXT}vip")})
            for table in ("vip", "vip_number"):
                connection.execute(f"DROP TABLE {table}")
                connection.execute(f"ALTER TABLE {NEXT}{table} RENAME TO {table}")
            be(connection, head)
        emptied(connection)


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
