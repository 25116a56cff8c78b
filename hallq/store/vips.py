"""The VIP directory in the file: entries are put in and erased as a whole or not at all."""

import contextlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

import sqlcipher3.dbapi2 as driver

from hallq.domain.customer_number import LAST
from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, NumberKind, Vip, VipEntry
from hallq.store.customers import hash_of
from hallq.store.opening import Store
from hallq.store.trouble import StoreError, Trouble
from hallq.store.vip_keys import Names, check_of, directory_key, new_directory_key, sealed

_PUT = "INSERT OR REPLACE INTO vip VALUES (?, ?, ?, ?, ?, ?)"
_PUT_NUMBER = "INSERT OR REPLACE INTO vip_number VALUES (?, ?, ?, ?)"
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
    store: Store,
    entries: Iterable[VipEntry],
    *,
    whole: bool,
    try_only: bool = False,
    passed: Callable[[], None] = lambda: None,
) -> DirectoryChange:
    """Put entries in; who is known by one of their numbers is changed. Raises StoreError: nothing was kept.

    `whole`: whoever is not among them is erased. `try_only`: say what would happen. `passed`: after each.
    """
    key = _key_to_try(store) if try_only else _key_to_write(store, whole=whole)
    ready = list(_made_ready(entries, key, passed))
    if try_only:
        with store.reading() as connection:
            return _Writer(connection, ready, whole).change
    with contextlib.closing(Names(store.path, key)) as names:
        with store.writing() as connection:
            names.add((each.key_id, each.key) for each in ready)
            writer = _Writer(connection, ready, whole)
            writer.write()
            _be(connection, head(connection)[0] + 1, key)
        _forget_keys(store, names)
    return writer.change


def erase(store: Store, numbers: Collection[str]) -> int:
    """Erase the customers with these numbers, in normal form; how many there were. Raises StoreError."""
    with store.reading() as connection:
        key = directory_key(store.path, head(connection)[1])
    with contextlib.closing(Names(store.path, key)) as names:
        with store.writing() as connection:
            gone = {found for n in numbers if (found := _reference(connection, hash_of(key, n)))}
            _delete(connection, gone)
            if gone:
                _be(connection, head(connection)[0] + 1, key)
        _forget_keys(store, names)
    return len(gone)


def find(connection: driver.Connection, key: bytes, number: str) -> Vip | None:
    """The customer with this number, in normal form."""
    reference = _reference(connection, hash_of(key, number))
    rows = connection.execute(f"{_LOAD} WHERE reference = ?", (reference,)).fetchall() if reference else []
    return next(_vips(rows), None)


def load(connection: driver.Connection) -> list[Vip]:
    """Everybody, highest tier first."""
    rows = connection.execute(f"{_LOAD} ORDER BY reference, kind").fetchall()
    return sorted(_vips(rows), key=lambda vip: (vip.tier.rank, sorted(vip.last_four.items())))


def head(connection: driver.Connection) -> tuple[int, str | None]:
    """Which version of the directory is here, and what it remembers of its key; (0, None) without one."""
    row = connection.execute("SELECT version, key_check FROM vip_head").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, None)


def _vips(rows: Iterable[tuple[str, ...]]) -> Iterator[Vip]:
    found: dict[str, Vip] = {}
    for reference, tier, valid_until, manager, kind, last_four in rows:
        vip = found.setdefault(reference, Vip(reference, Tier(tier), valid_until, manager))
        vip.last_four[NumberKind(kind)] = last_four
    yield from found.values()


def _key_to_try(store: Store) -> bytes:
    """The directory's key; where there is none, one that nobody knows."""
    with store.reading() as connection:
        _, key_check = head(connection)
    return directory_key(store.path, key_check) if key_check else secrets.token_bytes(32)


def _key_to_write(store: Store, *, whole: bool) -> bytes:
    """The directory's key; a new one for the first entries, or when a whole directory has lost it."""
    with store.writing() as connection:
        version, key_check = head(connection)
        try:
            if key_check is not None:
                return directory_key(store.path, key_check)
        except StoreError as error:
            if not whole or error.trouble not in (Trouble.KEY_LOST, Trouble.DAMAGED):
                raise
        key = new_directory_key(store.path)
        for table in ("vip", "vip_number"):  # nobody can be recognised by these any more
            connection.execute(f"DELETE FROM {table}")
        _be(connection, version, key)
        return key


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


def _be(connection: driver.Connection, version: int, key: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO vip_head VALUES (1, ?, ?)", (version, check_of(key)))


def _forget_keys(store: Store, names: Names) -> None:
    """Forget the keys that no entry has; in a turn, so that nobody puts entries in meanwhile."""
    with store.writing() as connection:
        names.keep_only({key_id for (key_id,) in connection.execute("SELECT key_id FROM vip")})
