"""The VIP directory, in an encrypted file of its own: a long list does not hold the queue.

Entries are put in and erased as a whole or not at all.
"""

import contextlib
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, NumberKind, Vip, VipEntry
from hallq.store.connections import transaction
from hallq.store.customers import hash_of
from hallq.store.sealed_file import emptied
from hallq.store.trouble import StoreError, Trouble
from hallq.store.vip_changes import note
from hallq.store.vip_file import Head, another_version, be, is_there, opened, opened_to_write
from hallq.store.vip_keys import Names, directory_key
from hallq.store.vip_keys import opened as unsealed
from hallq.store.vip_writing import Writer, delete, made_ready

_LOAD = (
    "SELECT reference, tier, valid_until, manager, kind, last_four FROM vip JOIN vip_number USING (reference)"
)
_FIND = (
    "SELECT reference, tier, valid_until, manager FROM vip_number JOIN vip USING (reference)"
    " WHERE number_hash = ?"
)
_NAME = "SELECT key_id, sealed FROM vip WHERE reference = ?"

_ROOM_FOR_ONE = 2_000
"""Bytes of disk for an entry while it is written, with its journal and its key; 1,700 were measured."""

Noted = Callable[[DirectoryChange, int], None]
"""Is told what was changed, and the version that this made."""


def put_in(
    folder: Path,
    entries: Iterable[VipEntry],
    *,
    whole: bool,
    try_only: bool = False,
    passed: Callable[[], None] = lambda: None,
    noted: Noted = lambda change, version: None,
) -> DirectoryChange:
    """Put entries in; who is known by one of their numbers is changed. Raises StoreError: nothing was kept.

    `whole`: whoever is not among them is erased. `try_only`: say what would happen. `passed`: after each.
    `noted`: called before it counts; what it raises takes everything back.
    """
    if try_only:
        return _tried(folder, entries, whole, passed)
    with opened_to_write(folder, anew=whole) as (connection, names, head):
        writer = Writer(connection, list(made_ready(entries, head.hash_key, passed)), whole)
        writer.leave_the_same(names.all())
        _look_for_room(folder, writer.count)
        with transaction(connection):
            writer.write()
            names.add(writer.keys)  # after the entries filled what they need, before they count
            _be_another(connection, head, writer.touched, writer.change, noted)
        _forget_keys(connection, names)
        emptied(connection)
    return writer.change


def _look_for_room(folder: Path, count: int) -> None:
    """A list too long for the disk would fill it up and stop the queue. Raises StoreError."""
    if shutil.disk_usage(folder).free < count * _ROOM_FOR_ONE:
        raise StoreError(Trouble.DISK_FULL)


def _tried(
    folder: Path, entries: Iterable[VipEntry], whole: bool, passed: Callable[[], None]
) -> DirectoryChange:
    if not is_there(folder):
        return DirectoryChange(added=sum(1 for _ in made_ready(entries, secrets.token_bytes(32), passed)))
    with opened(folder) as (connection, head):
        return Writer(connection, list(made_ready(entries, head.hash_key, passed)), whole).change


def erase(
    folder: Path, numbers: Collection[str], noted: Noted = lambda change, version: None
) -> DirectoryChange:
    """Erase the customers with these numbers, in normal form. Raises StoreError."""
    if not is_there(folder):
        return DirectoryChange()
    with opened_to_write(folder) as (connection, names, head):
        with transaction(connection):
            hashes = (hash_of(head.hash_key, number) for number in numbers)
            gone = {found for hashed in hashes if (found := _reference(connection, hashed))}
            delete(connection, gone)
            change = DirectoryChange(erased=len(gone))
            if gone:
                _be_another(connection, head, gone, change, noted)
                _forget_keys(connection, names)  # first: it holds, also when the rest is broken off
        emptied(connection)
    return change


def _be_another(
    connection: driver.Connection, head: Head, touched: set[str], change: DirectoryChange, noted: Noted
) -> None:
    version = another_version()
    be(connection, Head(version, head.hash_key))
    note(connection, head.version, version, touched)
    noted(change, version)


def find(folder: Path, number: str) -> Vip | None:
    """The customer with this number, in normal form; what lists show of numbers is not looked up.

    Raises StoreError, KEY_LOST without the key.
    """
    with opened(folder) as (connection, head):
        row = connection.execute(_FIND, (hash_of(head.hash_key, number),)).fetchone()
    return Vip(row[0], Tier(row[1]), *row[2:]) if row else None


def name(folder: Path, reference: str) -> tuple[str, str]:
    """Surname and form of address; both empty where nobody knows, or may know any more. Raises StoreError."""
    with opened(folder) as (connection, _):
        row = connection.execute(_NAME, (reference,)).fetchone()
    if row is None:
        return "", ""
    with contextlib.closing(Names(folder, directory_key(folder))) as names:
        return unsealed(names.key(row[0]), bytes(row[1]))


def managers(folder: Path, references: Iterable[str]) -> dict[str, str]:
    """Who looks after these customers, as far as somebody does. Raises StoreError."""
    found = {}
    with opened(folder) as (connection, _):
        for reference in references:
            row = connection.execute("SELECT manager FROM vip WHERE reference = ?", (reference,)).fetchone()
            if row and row[0]:
                found[reference] = str(row[0])
    return found


def load(folder: Path) -> list[Vip]:
    """Everybody, highest tier first. Raises StoreError."""
    if not is_there(folder):
        return []
    with opened(folder) as (connection, _):
        rows = connection.execute(f"{_LOAD} ORDER BY reference, kind").fetchall()
    return sorted(_vips(rows), key=lambda vip: (vip.tier.rank, sorted(vip.last_four.items())))


def _vips(rows: Iterable[tuple[str, ...]]) -> Iterator[Vip]:
    found: dict[str, Vip] = {}
    for reference, tier, valid_until, manager, kind, last_four in rows:
        vip = found.setdefault(reference, Vip(reference, Tier(tier), valid_until, manager))
        if kind:  # a terminal was not told more than the hash
            vip.last_four[NumberKind(kind)] = last_four
    yield from found.values()


def _reference(connection: driver.Connection, number_hash: str) -> str | None:
    row = connection.execute("SELECT reference FROM vip_number WHERE number_hash = ?", (number_hash,))
    found = row.fetchone()
    return str(found[0]) if found else None


def _forget_keys(connection: driver.Connection, names: Names) -> None:
    """Forget the keys that no entry has."""
    names.keep_only({key_id for (key_id,) in connection.execute("SELECT key_id FROM vip")})
