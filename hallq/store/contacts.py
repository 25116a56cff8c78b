"""Numbers to call back whoever complained: at the terminal that took the complaint, in an encrypted file.

No event has them. Each is forgotten with the end of its complaint.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.customer_number import LAST, normal_form
from hallq.domain.events import ComplaintFollowedUp, Recorded
from hallq.store.connections import in_words, transaction
from hallq.store.customers import hall_key, hash_of
from hallq.store.sealed_file import emptied, open_sealed, remove_sealed
from hallq.store.trouble import StoreError, Trouble, trouble_of_system

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS contact (complaint_id TEXT PRIMARY KEY, number_hash TEXT NOT NULL, "
    "last_four TEXT NOT NULL, number TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS handed (complaint_id TEXT PRIMARY KEY)",
)
"""`handed`: the hub has it, too."""


def _path(database: Path) -> Path:
    """Beside the database, under its name."""
    return database.with_name(database.name + ".complaints")


@contextlib.contextmanager
def _opened(database: Path) -> Iterator[driver.Connection]:
    connection = open_sealed(_path(database), hall_key(database), *_SCHEMA)
    try:
        yield connection
    finally:
        connection.close()


def keep(database: Path, complaint_id: str, number: str, alive: Collection[str]) -> None:
    """Keep a number for this complaint, and no longer those of complaints that are not alive."""
    _let_go_of_unreadable(database)
    plain = normal_form(number)
    row = (complaint_id, hash_of(hall_key(database), plain), plain[-LAST:], plain)
    with _opened(database) as connection:
        with transaction(connection):
            held = connection.execute("SELECT complaint_id FROM contact").fetchall()
            gone = [(found,) for (found,) in held if found not in alive]
            connection.executemany("DELETE FROM contact WHERE complaint_id = ?", gone)
            connection.execute("INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?)", row)
        emptied(connection)


def _let_go_of_unreadable(database: Path) -> None:
    """Numbers whose key was lost are nobody's any more: they must not keep new ones out."""
    try:
        with _opened(database):
            return
    except StoreError as error:
        if error.trouble is not Trouble.KEY_LOST:
            raise
    try:
        remove_sealed(_path(database))
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(_path(database))}) from error


def forget_ended(database: Path, recorded: Iterable[Recorded]) -> None:
    """The numbers of complaints that end with these events are no longer needed."""
    events = (r.event for r in recorded)
    forget(database, [e.complaint_id for e in events if isinstance(e, ComplaintFollowedUp) and e.is_settled])


def forget(database: Path, complaint_ids: Collection[str]) -> None:
    """Nobody calls these back any more."""
    if not complaint_ids or not are_kept(database):
        return
    _let_go_of_unreadable(database)
    ended = [(complaint_id,) for complaint_id in complaint_ids]
    with _opened(database) as connection:
        with transaction(connection):
            for table in ("contact", "handed"):
                connection.executemany(f"DELETE FROM {table} WHERE complaint_id = ?", ended)
        emptied(connection)


def to_hand_on(database: Path) -> dict[str, str]:
    """The numbers that the hub lacks, by complaint."""
    lacking = "WHERE complaint_id NOT IN (SELECT complaint_id FROM handed)"
    return dict(_asked(database, f"SELECT complaint_id, number FROM contact {lacking}"))


def handed_on(database: Path, complaint_id: str) -> None:
    """The hub has it."""
    with _opened(database) as connection, transaction(connection):
        connection.execute("INSERT OR IGNORE INTO handed VALUES (?)", (complaint_id,))


def handed(database: Path) -> frozenset[str]:
    """The complaints whose numbers the hub has, too."""
    return frozenset(found for (found,) in _asked(database, "SELECT complaint_id FROM handed"))


def known(database: Path) -> frozenset[str]:
    """The complaints of which anything is written here."""
    both = "SELECT complaint_id FROM contact UNION SELECT complaint_id FROM handed"
    return frozenset(found for (found,) in _asked(database, both))


def are_kept(database: Path) -> bool:
    """Whether numbers were ever kept here."""
    return _path(database).exists()


def number_of(database: Path, complaint_id: str) -> str:
    """The number in the clear, for whoever answers; empty where it is not kept here."""
    found = _asked(database, "SELECT number FROM contact WHERE complaint_id = ?", complaint_id)
    return found[0][0] if found else ""


def last_fours(database: Path) -> dict[str, str]:
    """What a list may show of the numbers that are kept here, by complaint."""
    return dict(_asked(database, "SELECT complaint_id, last_four FROM contact"))


def others_of(database: Path, number: str) -> list[str]:
    """The complaints of this very number, found by its hash."""
    if not are_kept(database):
        return []
    hashed = hash_of(hall_key(database), normal_form(number))
    question = "SELECT complaint_id FROM contact WHERE number_hash = ?"
    return [found for (found,) in _asked(database, question, hashed)]


def _asked(database: Path, question: str, *values: str) -> list[Any]:
    if not are_kept(database):
        return []
    with _opened(database) as connection, in_words():
        return list(connection.execute(question, values))
