"""A backup: one moment of a database that programs work at, in a file of its own, whole and checked.

SQLite hands over the pages as they were when the copying began. Nobody waits for it: whoever writes meanwhile
writes into the journal, which can be emptied again when the last page was read. The copy is checked after
that, and gets its name when it is on the disk; killed before, it leaves a hidden folder and no backup.
"""

import contextlib
import os
import tempfile
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.connections import WRITE_PATIENCE_SECONDS, in_words
from hallq.store.encrypted import Kind, key_for, kind_of, unlock_file
from hallq.store.place import check_file
from hallq.store.trouble import StoreError, Trouble, trouble_of_system
from hallq.whole_file import sync_folder

_PAGES = 2_000
"""So many at a time: in between, Ctrl+C is heard."""
_BESIDE = ("-wal", "-journal")
"""What SQLite takes for the newest part of the database that it lies beside."""


def back_up(database: Path, target: Path, *, overwrite: bool = False) -> None:
    """Copy the database, encrypted under the same key if it is encrypted.

    `overwrite`: also where an older backup lies. Raises StoreError; OSError where the target's disk refuses.
    """
    target = target.resolve()
    try:
        check_file(database)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(database)}) from error
    _check_target(database, target, overwrite=overwrite)
    key = key_for(database)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        draft = Path(folder) / "draft"
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with in_words():
            _copy(database, draft, key)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        _check_target(database, target, overwrite=overwrite)  # copying takes time, and others have names, too
        os.replace(draft, target)
    sync_folder(target)


def _check_target(database: Path, target: Path, *, overwrite: bool) -> None:
    facts: dict[str, int | str] = {"path": str(target)}
    if target.exists():
        if target.samefile(database):
            raise StoreError(Trouble.SAME_FILE, facts)
        if not overwrite:
            raise StoreError(Trouble.THERE_ALREADY, facts)
        if kind_of(target) not in (Kind.PLAIN, Kind.ENCRYPTED):
            raise StoreError(Trouble.NO_BACKUP, facts)
    for ending in _BESIDE:
        other = target.with_name(target.name + ending)
        if other.exists():
            raise StoreError(Trouble.NOT_ALONE, {"path": str(other)})


def _copy(database: Path, draft: Path, key: bytes | None) -> None:
    with (
        contextlib.closing(_connected(database, database, key)) as source,
        contextlib.closing(_connected(draft, database, key)) as copy,
    ):
        copy.execute("PRAGMA journal_mode = OFF")  # nobody needs half of it
        copy.execute("PRAGMA synchronous = OFF")
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # from here on nothing changes for it
        source.backup(copy, pages=_PAGES, progress=lambda *_left: None)
        source.rollback()
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file, without the two for sharing
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise StoreError(Trouble.DAMAGED, {"path": str(database)})


def _connected(path: Path, database: Path, key: bytes | None) -> driver.Connection:
    connection = driver.connect(str(path), isolation_level=None, timeout=WRITE_PATIENCE_SECONDS)
    try:
        unlock_file(connection, database, key)
    except BaseException:
        connection.close()
        raise
    return connection
