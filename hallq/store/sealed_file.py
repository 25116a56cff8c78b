"""Files beside the database that are encrypted as a whole and for their owner's eyes only."""

import hashlib
import hmac
import os
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.connections import PRAGMAS, WRITE_PATIENCE_SECONDS, in_words
from hallq.store.encrypted import unlock
from hallq.store.trouble import StoreError, Trouble, trouble_of_system

_PARTS = ("", "-wal", "-shm")


def open_sealed(path: Path, key: bytes, *schema: str) -> driver.Connection:
    """Open or make the file. Raises StoreError, KEY_LOST where this is not the file's key."""
    try:
        # Only when it is new: to close a file lets go of the locks that SQLite holds on it in this program.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    with in_words():
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=WRITE_PATIENCE_SECONDS
        )
    try:
        with in_words():
            own = hmac.digest(key, path.name.encode(), hashlib.sha256).hex()
            unlock(connection, f"x'{own}'")
            for statement in (*PRAGMAS, *schema):
                connection.execute(statement)
    except StoreError as error:
        connection.close()
        if error.trouble is Trouble.NOT_A_DATABASE:
            raise StoreError(Trouble.KEY_LOST, {"path": str(path)}) from error
        raise
    return connection


def emptied(connection: driver.Connection) -> None:
    """What was deleted leaves the journal, too, unless somebody reads just now."""
    with in_words():
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def remove_sealed(path: Path) -> None:
    """Take the file away. Raises OSError."""
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
