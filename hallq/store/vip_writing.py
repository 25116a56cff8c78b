"""Whom the entries of a list are, and what has to be written because of them."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlcipher3.dbapi2 as driver

from hallq.domain.customer_number import LAST
from hallq.domain.vip import DirectoryChange, NumberKind, VipEntry
from hallq.store.customers import hash_of
from hallq.store.vip_file import PUT, PUT_NUMBER
from hallq.store.vip_keys import opened as unsealed
from hallq.store.vip_keys import sealed


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry as it will be written: `numbers` are (hash, kind, last characters)."""

    entry: VipEntry
    numbers: tuple[tuple[str, NumberKind, str], ...]
    key_id: str
    key: bytes
    sealed: bytes


def made_ready(entries: Iterable[VipEntry], key: bytes, passed: Callable[[], None]) -> Iterator[Ready]:
    """What takes time, done before the other terminals have to wait."""
    for entry in entries:
        typed = ((NumberKind.CARD, entry.card), (NumberKind.PHONE, entry.phone))
        numbers = tuple((hash_of(key, number), kind, number[-LAST:]) for kind, number in typed if number)
        yield Ready(entry, numbers, secrets.token_hex(8), *sealed(entry.surname, entry.form))
        passed()


class Writer:
    """Finds out who of the entries is known, and writes what is not there already."""

    def __init__(self, connection: driver.Connection, ready: list[Ready], whole: bool) -> None:
        """`whole`: whoever is not among them is erased."""
        self._connection = connection
        self._known: dict[str, str] = dict(
            connection.execute("SELECT number_hash, reference FROM vip_number")
        )
        cards = connection.execute("SELECT reference FROM vip_number WHERE kind = ?", (NumberKind.CARD,))
        self._with_card = {reference for (reference,) in cards}
        self._placed: dict[str, Ready] = {}
        for each in ready:
            reference = self._whose(each)
            if reference is None or reference in self._placed:
                reference = secrets.token_hex(16)
            self._placed[reference] = each
        self._owners = {n[0]: ref for ref, each in self._placed.items() for n in each.numbers}
        everybody = set(self._known.values())
        known = everybody & set(self._placed)
        left = {owner for hashed, owner in self._known.items() if hashed not in self._owners} - known
        self._gone = everybody - known if whole else everybody - known - left
        self.change = DirectoryChange(len(self._placed) - len(known), len(known), len(self._gone))

    def _whose(self, ready: Ready) -> str | None:
        """A card says who it is; a phone number only of somebody without another card: numbers move on."""
        owners = {kind: self._known.get(hashed) for hashed, kind, _ in ready.numbers}
        by_phone = owners.get(NumberKind.PHONE)
        if NumberKind.CARD in owners:
            return owners[NumberKind.CARD] or (None if by_phone in self._with_card else by_phone)
        return by_phone

    def leave_the_same(self, keys: Mapping[str, bytes]) -> None:
        """Who is in the list just as in the directory is not written again. `keys`: of the names."""
        rows = {row[0]: row[1:] for row in self._connection.execute("SELECT * FROM vip")}
        numbers: dict[str, set[tuple[str, str, str]]] = {}
        for hashed, reference, *more in self._connection.execute("SELECT * FROM vip_number"):
            numbers.setdefault(reference, set()).add((hashed, *more))
        for reference, each in list(self._placed.items()):
            row, entry = rows.get(reference), each.entry
            is_same = (
                row is not None
                and row[:3] == (entry.tier, entry.valid_until, entry.manager)
                and numbers.get(reference) == set(each.numbers)
                and all(self._owners[hashed] == reference for hashed, _, _ in each.numbers)
                and unsealed(keys.get(row[3]), bytes(row[4])) == (entry.surname, entry.form)
            )
            if is_same:
                del self._placed[reference]

    @property
    def count(self) -> int:
        """How many will be written."""
        return len(self._placed)

    @property
    def keys(self) -> Iterator[tuple[str, bytes]]:
        """The keys of the names that will be written."""
        return ((each.key_id, each.key) for each in self._placed.values())

    @property
    def touched(self) -> set[str]:
        """Whose entry becomes another one; also who loses a number to somebody else."""
        losing = {self._known[h] for h, ref in self._owners.items() if self._known.get(h, ref) != ref}
        return self._gone | set(self._placed) | losing

    def write(self) -> None:
        """Write them all, in the transaction that is open."""
        delete(self._connection, self._gone | set(self._placed))
        self._connection.executemany(
            PUT.format(prefix=""), (_row(ref, each) for ref, each in self._placed.items())
        )
        numbers = ((n[0], ref, *n[1:]) for ref, each in self._placed.items() for n in each.numbers)
        self._connection.executemany(PUT_NUMBER.format(prefix=""), numbers)


def _row(reference: str, ready: Ready) -> tuple[object, ...]:
    entry = ready.entry
    return (reference, entry.tier, entry.valid_until, entry.manager, ready.key_id, ready.sealed)


def delete(connection: driver.Connection, references: Collection[str]) -> None:
    """Nobody is known by these any more, in the transaction that is open."""
    named = [(reference,) for reference in references]
    connection.executemany("DELETE FROM vip WHERE reference = ?", named)
    connection.executemany("DELETE FROM vip_number WHERE reference = ?", named)
