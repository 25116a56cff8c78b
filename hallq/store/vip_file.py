"""The file of the VIP directory: what is in it, how it is opened, and whose turn it is to write."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store import vip_changes
from hallq.store.connections import WRITE_PATIENCE_SECONDS, in_words
from hallq.store.sealed_file import open_sealed
from hallq.store.trouble import StoreError, Trouble
from hallq.store.turn import Turn
from hallq.store.vip_keys import DIRECTORY_FILE, Names, begin_anew, directory_key

PUT = "INSERT OR REPLACE INTO {prefix}vip VALUES (?, ?, ?, ?, ?, ?)"
PUT_NUMBER = "INSERT OR REPLACE INTO {prefix}vip_number VALUES (?, ?, ?, ?)"
NEXT = "next_"
"""Before the names of the tables in which a directory gathers that is handed down."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS {prefix}vip (reference TEXT PRIMARY KEY, tier TEXT NOT NULL,"
    " valid_until TEXT NOT NULL, manager TEXT NOT NULL, key_id TEXT NOT NULL,"
    " sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS {prefix}vip_number (number_hash TEXT PRIMARY KEY, reference TEXT NOT NULL,"
    " kind TEXT NOT NULL, last_four TEXT NOT NULL) WITHOUT ROWID",
)
"""No number and no name can be read here without the keys. `sealed`: the name, under the key `key_id`."""
_HEAD = (
    "CREATE TABLE IF NOT EXISTS head (row INTEGER PRIMARY KEY CHECK (row = 1), version INTEGER NOT NULL,"
    " hash_key BLOB NOT NULL)"
)
_INDEX = "CREATE INDEX IF NOT EXISTS vip_number_of ON vip_number (reference)"
_KEY_BYTES = 32
_VERSION_BITS = 52


@dataclass(frozen=True, slots=True)
class Head:
    """Which version is here (0: none yet), and the key that makes the hashes of its numbers."""

    version: int
    hash_key: bytes = field(repr=False)


def tables(prefix: str = "") -> tuple[str, ...]:
    """The statements that make them."""
    return tuple(statement.format(prefix=prefix) for statement in _TABLES)


def is_there(folder: Path) -> bool:
    """Whether there is a directory in this folder."""
    return (folder / DIRECTORY_FILE).exists()


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[tuple[driver.Connection, Head]]:
    """The directory. Raises StoreError, KEY_LOST without its key."""
    key = directory_key(folder)
    connection = open_sealed(folder / DIRECTORY_FILE, key, *tables(), _HEAD, *vip_changes.SCHEMA)
    with contextlib.closing(connection), in_words():
        yield connection, head_of(connection)


@contextlib.contextmanager
def opened_to_write(folder: Path, *, anew: bool = False) -> Iterator[tuple[driver.Connection, Names, Head]]:
    """The directory and its names, one writer at a time; made where there is none.

    `anew`: one whose key is lost is begun again. Raises StoreError.
    """
    with contextlib.ExitStack() as stack:
        turn = Turn(folder / f"{DIRECTORY_FILE}.turn", WRITE_PATIENCE_SECONDS)
        stack.enter_context(contextlib.closing(turn))
        stack.enter_context(turn.taken())
        try:
            if not is_there(folder):
                begin_anew(folder)
            connection, head = stack.enter_context(opened(folder))
        except StoreError as error:
            if not anew or error.trouble is not Trouble.KEY_LOST:
                raise
            begin_anew(folder)
            connection, head = stack.enter_context(opened(folder))
        connection.execute(_INDEX)
        names = stack.enter_context(contextlib.closing(Names(folder, directory_key(folder))))
        yield connection, names, head


def head_of(connection: driver.Connection) -> Head:
    """Which version is here; one that is not written down yet gets a new key."""
    row = connection.execute("SELECT version, hash_key FROM head").fetchone()
    return Head(int(row[0]), bytes(row[1])) if row else Head(0, secrets.token_bytes(_KEY_BYTES))


def be(connection: driver.Connection, head: Head) -> None:
    """Write down which version this is, in the transaction that is open."""
    connection.execute("INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (head.version, head.hash_key))


def another_version() -> int:
    """A version that was never before, also where the file was lost in between."""
    return secrets.randbits(_VERSION_BITS) + 1
