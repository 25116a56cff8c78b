"""Whether a database is encrypted as a whole, and the key that opens it.

The file's first bytes tell: SQLCipher keeps its salt there, and hallq's own salt is a mark. (The key is
random and not made from a password, so there is nothing that a salt would have to protect.) The key lies
beside the database, under its name and `.cipher-key`: where it is, the database is to be encrypted, so a
plain one that was put in its place is noticed.
"""

from enum import StrEnum
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.key_files import make_key, read_key
from hallq.store.trouble import StoreError, Trouble, trouble_of, trouble_of_system

_PLAIN = b"SQLite format 3\x00"
_MARK = b"hallq encrypted\x00"
"""Both are 16 bytes long."""


class Kind(StrEnum):
    """What a file is, by its first bytes."""

    NONE = "none"
    PLAIN = "plain"
    ENCRYPTED = "encrypted"
    OTHER = "other"


def kind_of(database: Path) -> Kind:
    """What lies there. Raises OSError.

    Not for a file that this program has open: reading it lets go of the locks that SQLite holds, as POSIX
    has it.
    """
    if not database.exists():
        return Kind.NONE
    if not database.is_file():
        return Kind.OTHER
    with database.open("rb") as file:
        start = file.read(len(_MARK))
    return {b"": Kind.NONE, _PLAIN: Kind.PLAIN, _MARK: Kind.ENCRYPTED}.get(start, Kind.OTHER)


def key_path(database: Path) -> Path:
    """Where the key of an encrypted database lies."""
    return database.with_name(database.name + ".cipher-key")


def kept_path(database: Path) -> Path:
    """Where it lies while the database is not encrypted yet, or not any more: older copies may need it."""
    return database.with_name(database.name + ".cipher-key.kept")


def key_file(database: Path) -> Path:
    """The key's file. A conversion that was killed leaves an encrypted database with the key that is kept."""
    place, kept = key_path(database), kept_path(database)
    return kept if kept.exists() and not place.exists() else place


def key_for(database: Path) -> bytes | None:
    """The key that opens the database; None for a plain one, or a new one that is to be plain.

    Raises StoreError where the file is no database, or the two do not belong together.
    """
    facts: dict[str, int | str] = {"path": str(database), "key": str(key_path(database))}
    try:
        kind, has_key = kind_of(database), key_path(database).exists()
    except OSError as error:
        raise StoreError(trouble_of_system(error), facts) from error
    if kind is Kind.OTHER:
        raise StoreError(Trouble.NOT_A_DATABASE, facts)
    if kind is Kind.PLAIN and has_key:
        raise StoreError(Trouble.NOT_ENCRYPTED, facts)
    if kind is Kind.ENCRYPTED and not key_file(database).exists():
        raise StoreError(Trouble.FILE_KEY_LOST, facts)
    return read_key(key_file(database)) if has_key or kind is Kind.ENCRYPTED else None


def begin_encrypted(database: Path) -> None:
    """A database that is not there yet is to be encrypted. Raises StoreError."""
    try:
        make_key(key_path(database))
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(key_path(database))}) from error


def secret(key: bytes) -> str:
    """The key as SQLCipher takes it: raw, so that nothing is derived at each start, and with the mark."""
    return f"x'{key.hex()}{_MARK.hex()}'"


def unlock(connection: driver.Connection, secret: str) -> None:
    """Give a connection its key, before anything else.

    SQLCipher would tell a wrong one to the screen; temporary tables must not reach the disk, which is not
    encrypted there.
    """
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{secret}"')
    connection.execute("PRAGMA temp_store = MEMORY")


def unlock_file(connection: driver.Connection, database: Path, key: bytes | None) -> None:
    """Give a connection to `database` its key, if there is one. Raises StoreError for a wrong key."""
    if key is None:
        return
    unlock(connection, secret(key))
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except driver.Error as error:
        if trouble_of(error) is not Trouble.NOT_A_DATABASE:
            raise
        facts: dict[str, int | str] = {"path": str(database), "key": str(key_file(database))}
        raise StoreError(Trouble.WRONG_KEY, facts) from error
