"""The VIP directory, in an encrypted file of its own: a long list does not hold the queue.

Entries are put in and erased as a whole or not at all.
"""

import contextlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.domain.customer_number import LAST
from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, NumberKind, Vip, VipEntry
from hallq.store.connections import transaction
from hallq.store.customers import hash_of
from hallq.store.sealed_file import emptied
from hallq.store.vip_file import (
    PUT,
    PUT_NUMBER,
    Head,
    another_version,
    be,
    is_there,
    opened,
    opened_to_write,
)
from hallq.store.vip_keys import Names, directory_key, sealed
from hallq.store.vip_keys import opened as unsealed

_LOAD = (
    "SELECT reference, tier, valid_until, manager, kind, last_four FROM vip JOIN vip_number USING (reference)"
)
_FIND = (
    "SELECT reference, tier, valid_until, manager FROM vip_number JOIN vip USING (reference)"
    " WHERE number_hash = ?"
)
_NAME = "SELECT key_id, sealed FROM vip WHERE reference = ?"

Noted = Callable[[DirectoryChange, int], None]
"""Is told what was changed, and the version that this made."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry as it will be written: `numbers` are (hash, kind, last characters)."""

    entry: VipEntry
    numbers: tuple[tuple[str, NumberKind, str], ...]
    key_id: str
    key: bytes
    sealed: bytes


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
        ready = list(_made_ready(entries, head.hash_key, passed))
        names.add((each.key_id, each.key) for each in ready)
        with transaction(connection):
            writer = _Writer(connection, ready, whole)
            writer.write()
            _be_another(connection, head, writer.change, noted)
        _forget_keys(connection, names)
        emptied(connection)
    return writer.change


def _tried(
    folder: Path, entries: Iterable[VipEntry], whole: bool, passed: Callable[[], None]
) -> DirectoryChange:
    if not is_there(folder):
        return DirectoryChange(added=sum(1 for _ in _made_ready(entries, secrets.token_bytes(32), passed)))
    with opened(folder) as (connection, head):
        return _Writer(connection, list(_made_ready(entries, head.hash_key, passed)), whole).change


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
            _delete(connection, gone)
            change = DirectoryChange(erased=len(gone))
            if gone:
                _be_another(connection, head, change, noted)
                _forget_keys(connection, names)  # first: it holds, also when the rest is broken off
        emptied(connection)
    return change


def _be_another(connection: driver.Connection, head: Head, change: DirectoryChange, noted: Noted) -> None:
    version = another_version()
    be(connection, Head(version, head.hash_key))
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


def _made_ready(entries: Iterable[VipEntry], key: bytes, passed: Callable[[], None]) -> Iterator[_Ready]:
    """What takes time, done before the other terminals have to wait."""
    for entry in entries:
        typed = ((NumberKind.CARD, entry.card), (NumberKind.PHONE, entry.phone))
        numbers = tuple((hash_of(key, number), kind, number[-LAST:]) for kind, number in typed if number)
        yield _Ready(entry, numbers, secrets.token_hex(8), *sealed(entry.surname, entry.form))
        passed()


class _Writer:
    """Finds out who of the entries is known, and writes them."""

    def __init__(self, connection: driver.Connection, ready: list[_Ready], whole: bool) -> None:
        self._connection = connection
        self._known: dict[str, str] = dict(
            connection.execute("SELECT number_hash, reference FROM vip_number")
        )
        cards = connection.execute("SELECT reference FROM vip_number WHERE kind = ?", (NumberKind.CARD,))
        self._with_card = {reference for (reference,) in cards}
        self._placed: dict[str, _Ready] = {}
        for each in ready:
            reference = self._whose(each)
            if reference is None or reference in self._placed:
                reference = secrets.token_hex(16)
            self._placed[reference] = each
        everybody = set(self._known.values())
        known = everybody & set(self._placed)
        taken = {hashed for each in ready for hashed, _, _ in each.numbers}
        left = {owner for hashed, owner in self._known.items() if hashed not in taken} - known
        self._gone = everybody - known if whole else everybody - known - left
        self.change = DirectoryChange(len(self._placed) - len(known), len(known), len(self._gone))

    def _whose(self, ready: _Ready) -> str | None:
        """A card says who it is; a phone number only of somebody without another card: numbers move on."""
        owners = {kind: self._known.get(hashed) for hashed, kind, _ in ready.numbers}
        by_phone = owners.get(NumberKind.PHONE)
        if NumberKind.CARD in owners:
            return owners[NumberKind.CARD] or (None if by_phone in self._with_card else by_phone)
        return by_phone

    def write(self) -> None:
        """Write them all, in the transaction that is open."""
        _delete(self._connection, self._gone | set(self._placed))
        self._connection.executemany(
            PUT.format(prefix=""), (_row(ref, each) for ref, each in self._placed.items())
        )
        numbers = ((n[0], ref, *n[1:]) for ref, each in self._placed.items() for n in each.numbers)
        self._connection.executemany(PUT_NUMBER.format(prefix=""), numbers)


def _row(reference: str, ready: _Ready) -> tuple[object, ...]:
    entry = ready.entry
    return (reference, entry.tier, entry.valid_until, entry.manager, ready.key_id, ready.sealed)


def _reference(connection: driver.Connection, number_hash: str) -> str | None:
    row = connection.execute("SELECT reference FROM vip_number WHERE number_hash = ?", (number_hash,))
    found = row.fetchone()
    return str(found[0]) if found else None


def _delete(connection: driver.Connection, references: Collection[str]) -> None:
    named = [(reference,) for reference in references]
    connection.executemany("DELETE FROM vip WHERE reference = ?", named)
    connection.executemany("DELETE FROM vip_number WHERE reference = ?", named)


def _forget_keys(connection: driver.Connection, names: Names) -> None:
    """Forget the keys that no entry has."""
    names.keep_only({key_id for (key_id,) in connection.execute("SELECT key_id FROM vip")})
