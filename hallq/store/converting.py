"""A plain database becomes an encrypted one, or the other way round: as a whole, and with nobody at it.

A copy takes the place of the file in one step of the file system. Killed before, everything is as it was;
killed after it, everything is done. Its key is one for ever, so that every older copy can still be read:
`encrypted.key_file` finds it at any moment of a conversion, and the next start tidies up.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.connections import in_words
from hallq.store.encrypted import kept_path, key_for, key_path, secret, unlock_file
from hallq.store.key_files import make_key, read_key
from hallq.store.trouble import StoreError, Trouble, trouble_of, trouble_of_system
from hallq.store.witness import Witness
from hallq.whole_file import sync_folder

_PATIENCE_SECONDS = 1.0
_GONE = b"moved away here\n"
"""What the file that was replaced holds at last, for a program that had just opened it."""
_CHUNK_BYTES = 1 << 20
_SCHEMA = (
    "SELECT type, name, tbl_name, sql FROM {0}.sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
)


def convert(database: Path, *, encrypt: bool, device: str = "") -> None:
    """Encrypt the database, or make it plain. Raises StoreError, IN_USE while a program has it open.

    `device`: who this terminal is at its hub; its witness goes on to know the file.
    """
    draft = _draft(database)
    try:
        draft.unlink(missing_ok=True)
        if encrypt:
            make_key(kept_path(database))
        with in_words(), _alone_with(database) as connection:
            with contextlib.closing(Witness(database)) as witness:
                told = witness.look(device)
            _copy(connection, draft, read_key(kept_path(database)) if encrypt else None)
            _put_in_place(database, draft, encrypt=encrypt)
        if told is not None:
            with contextlib.closing(Witness(database)) as witness:
                witness.testify(device, told)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(database)}) from error
    finally:
        draft.unlink(missing_ok=True)


def tidy(database: Path, *, is_encrypted: bool) -> None:
    """What a killed conversion left; for whoever has the database open, since then there is no other."""
    with contextlib.suppress(OSError):
        _draft(database).unlink(missing_ok=True)
        if is_encrypted and not key_path(database).exists():
            os.replace(kept_path(database), key_path(database))


def set_key_aside(database: Path) -> None:
    """The database is to be plain; its key is kept for older copies. Raises StoreError."""
    place, kept = key_path(database), kept_path(database)
    try:
        if not place.exists():
            return
        if kept.exists() and kept.read_bytes() != place.read_bytes():
            raise StoreError(Trouble.KEY_IN_THE_WAY, {"path": str(kept)})
        os.replace(place, kept)
        sync_folder(kept)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(place)}) from error


def _draft(database: Path) -> Path:
    """The copy, on the very disk."""
    target = database.resolve()
    return target.with_name(target.name + ".converting")


@contextlib.contextmanager
def _alone_with(database: Path) -> Iterator[driver.Connection]:
    """A connection to the database that keeps everybody else out, until it is replaced.

    Who opened it meanwhile and waits finds no database when the lock is gone, and writes into none.
    """
    key = key_for(database)
    # Closed last: to close it lets go of the lock that SQLite holds on the file in this program.
    old = os.open(database, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        connection = driver.connect(str(database), isolation_level=None, timeout=_PATIENCE_SECONDS)
        with contextlib.closing(connection):
            unlock_file(connection, database, key)
            _lock(connection, database)
            yield connection
            if os.fstat(old).st_nlink == 0:
                _overwrite(old)
    finally:
        os.close(old)


def _lock(connection: driver.Connection, database: Path) -> None:
    """To leave the journal that programs share takes the file alone; so it stays until it is closed."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.rollback()
    except driver.Error as error:
        if trouble_of(error) is not Trouble.LOCKED:
            raise
        raise StoreError(Trouble.IN_USE, {"path": str(database)}) from error


def _copy(connection: driver.Connection, draft: Path, key: bytes | None) -> None:
    """All of it into a new file, which is on the disk in the end and was compared."""
    place = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _belong(draft, like=place)
    shutil.copymode(place, draft)
    connection.execute("ATTACH DATABASE ? AS draft KEY ?", (str(draft), secret(key) if key else ""))
    connection.execute("PRAGMA draft.journal_mode = OFF")  # nobody needs half of it
    connection.execute("PRAGMA draft.synchronous = OFF")
    connection.execute("SELECT sqlcipher_export('draft')").fetchall()
    for pragma in ("application_id", "user_version"):
        value = connection.execute(f"PRAGMA main.{pragma}").fetchone()[0]
        connection.execute(f"PRAGMA draft.{pragma} = {value}")
    _compare(connection)
    connection.execute("DETACH DATABASE draft")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _compare(connection: driver.Connection) -> None:
    ours, theirs = (connection.execute(_SCHEMA.format(name)).fetchall() for name in ("main", "draft"))
    whole = ours == theirs and connection.execute("PRAGMA draft.integrity_check").fetchall() == [("ok",)]
    for kind, name, *_ in ours if whole else ():
        if kind == "table":
            counts = (f'(SELECT COUNT(*) FROM {where}."{name}")' for where in ("main", "draft"))
            whole = whole and bool(connection.execute(f"SELECT {' = '.join(counts)}").fetchone()[0])
    if not whole:
        raise StoreError(Trouble.DAMAGED)


def _put_in_place(database: Path, draft: Path, *, encrypt: bool) -> None:
    """At each moment in between, the database and its key are found and belong together."""
    kept = kept_path(database)
    if encrypt:
        _belong(kept, like=database)
    else:
        set_key_aside(database)
    os.replace(draft, database.resolve())
    sync_folder(database.resolve())
    if encrypt:
        os.replace(kept, key_path(database))
        sync_folder(kept)


def _belong(path: Path, *, like: Path) -> None:
    """Whoever converts for somebody else leaves that one's files."""
    if sys.platform != "win32":
        owner, now = like.stat(), path.stat()
        if (owner.st_uid, owner.st_gid) != (now.st_uid, now.st_gid):
            os.chown(path, owner.st_uid, owner.st_gid)


def _overwrite(old: int) -> None:
    """No name leads to the file any more; what it held is gone from the disk, as far as a disk overwrites."""
    left = os.fstat(old).st_size
    os.lseek(old, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(old, (_GONE * (_CHUNK_BYTES // len(_GONE)))[:left])
    os.fsync(old)
