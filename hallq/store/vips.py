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
from hallq.store.connections import WRITE_PATIENCE_SECONDS, in_words, transaction
from hallq.store.customers import hash_of
from hallq.store.sealed_file import emptied, open_sealed
from hallq.store.trouble import StoreError, Trouble
from hallq.store.turn import Turn
from hallq.store.vip_keys import DIRECTORY_FILE, Names, begin_anew, directory_key, sealed

_PUT = "INSERT OR REPLACE INTO vip VALUES (?, ?, ?, ?, ?, ?)"
_PUT_NUMBER = "INSERT OR REPLACE INTO vip_number VALUES (?, ?, ?, ?)"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vip (reference TEXT PRIMARY KEY, tier TEXT NOT NULL,"
    " valid_until TEXT NOT NULL, manager TEXT NOT NULL, key_id TEXT NOT NULL,"
    " sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS vip_number (number_hash TEXT PRIMARY KEY, reference TEXT NOT NULL,"
    " kind TEXT NOT NULL, last_four TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS vip_number_of ON vip_number (reference)",
)
"""No number and no name can be read here without the keys. `sealed`: the name, under the key `key_id`."""

_LOAD = (
    "SELECT reference, tier, valid_until, manager, kind, last_four FROM vip JOIN vip_number USING (reference)"
)


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry as it will be written: `numbers` are (hash, kind, last characters)."""

    entry: VipEntry
    numbers: tuple[tuple[str, NumberKind, str], ...]
    key_id: str
    key: bytes
    sealed: bytes


def put_in(
    database: Path,
    entries: Iterable[VipEntry],
    *,
    whole: bool,
    try_only: bool = False,
    passed: Callable[[], None] = lambda: None,
) -> DirectoryChange:
    """Put entries in; who is known by one of their numbers is changed. Raises StoreError: nothing was kept.

    `whole`: whoever is not among them is erased. `try_only`: say what would happen. `passed`: after each.
    """
    if try_only:
        return _tried(database, entries, whole, passed)
    with _turn(database), _opened_to_write(database, whole=whole) as (connection, names, key):
        ready = list(_made_ready(entries, key, passed))
        names.add((each.key_id, each.key) for each in ready)
        with transaction(connection):
            writer = _Writer(connection, ready, whole)
            writer.write()
        _forget_keys(connection, names)
    return writer.change


def _tried(
    database: Path, entries: Iterable[VipEntry], whole: bool, passed: Callable[[], None]
) -> DirectoryChange:
    if not is_there(database):
        return DirectoryChange(added=sum(1 for _ in _made_ready(entries, secrets.token_bytes(32), passed)))
    with _opened(database) as (connection, key):
        return _Writer(connection, list(_made_ready(entries, key, passed)), whole).change


def erase(database: Path, numbers: Collection[str]) -> int:
    """Erase the customers with these numbers, in normal form; how many there were. Raises StoreError."""
    if not is_there(database):
        return 0
    with _turn(database), _opened_to_write(database) as (connection, names, key):
        with transaction(connection):
            gone = {found for n in numbers if (found := _reference(connection, hash_of(key, n)))}
            _delete(connection, gone)
        _forget_keys(connection, names)
    return len(gone)


def is_there(database: Path) -> bool:
    """Whether this hall has a directory."""
    return database.with_name(DIRECTORY_FILE).exists()


def find(database: Path, number: str) -> Vip | None:
    """The customer with this number, in normal form. Raises StoreError, KEY_LOST without the key."""
    with _opened(database) as (connection, key):
        reference = _reference(connection, hash_of(key, number))
        rows = connection.execute(f"{_LOAD} WHERE reference = ?", (reference,)).fetchall()
    return next(_vips(rows), None)


def managers(database: Path, references: Iterable[str]) -> dict[str, str]:
    """Who looks after these customers, as far as somebody does. Raises StoreError."""
    found = {}
    with _opened(database) as (connection, _):
        for reference in references:
            row = connection.execute("SELECT manager FROM vip WHERE reference = ?", (reference,)).fetchone()
            if row and row[0]:
                found[reference] = str(row[0])
    return found


def load(database: Path) -> list[Vip]:
    """Everybody, highest tier first. Raises StoreError."""
    if not is_there(database):
        return []
    with _opened(database) as (connection, _):
        rows = connection.execute(f"{_LOAD} ORDER BY reference, kind").fetchall()
    return sorted(_vips(rows), key=lambda vip: (vip.tier.rank, sorted(vip.last_four.items())))


@contextlib.contextmanager
def _opened(database: Path) -> Iterator[tuple[driver.Connection, bytes]]:
    key = directory_key(database)
    connection = open_sealed(database.with_name(DIRECTORY_FILE), key, *_SCHEMA)
    with contextlib.closing(connection), in_words():
        yield connection, key


@contextlib.contextmanager
def _opened_to_write(
    database: Path, *, whole: bool = False
) -> Iterator[tuple[driver.Connection, Names, bytes]]:
    """The directory and its names; begun anew where there is none, or a whole one has lost its key."""
    with contextlib.ExitStack() as stack:
        try:
            if not is_there(database):
                begin_anew(database)
            connection, key = stack.enter_context(_opened(database))
        except StoreError as error:
            if not whole or error.trouble is not Trouble.KEY_LOST:
                raise
            begin_anew(database)
            connection, key = stack.enter_context(_opened(database))
        names = stack.enter_context(contextlib.closing(Names(database, key)))
        yield connection, names, key


def _turn(database: Path) -> contextlib.AbstractContextManager[None]:
    """One writes at a time: a key that another is about to need is not forgotten."""
    path = database.with_name(f"{DIRECTORY_FILE}.turn")
    return Turn(path, WRITE_PATIENCE_SECONDS).taken()


def _vips(rows: Iterable[tuple[str, ...]]) -> Iterator[Vip]:
    found: dict[str, Vip] = {}
    for reference, tier, valid_until, manager, kind, last_four in rows:
        vip = found.setdefault(reference, Vip(reference, Tier(tier), valid_until, manager))
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
        self._connection.executemany(_PUT, (_row(ref, each) for ref, each in self._placed.items()))
        numbers = ((n[0], ref, *n[1:]) for ref, each in self._placed.items() for n in each.numbers)
        self._connection.executemany(_PUT_NUMBER, numbers)


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
    emptied(connection)
