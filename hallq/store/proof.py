"""A file is verified without a change to it, not even of its schema, and leaves nothing beside it."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.connections import WRITE_PATIENCE_SECONDS, in_words
from hallq.store.encrypted import key_for, unlock_file
from hallq.store.opening import Store
from hallq.store.place import check_file
from hallq.store.rebuilding import is_older_fold
from hallq.store.schema import HEAD, present_revision
from hallq.store.trouble import StoreError, Trouble, trouble_of_system
from hallq.store.verdict import Verdict
from hallq.store.verify import verify, verify_store

OnEvent = Callable[[int], None]


def verify_file(path: Path, *, on_event: OnEvent = lambda position: None) -> Verdict:
    """Compare log and projections of the file at `path`. Raises StoreError.

    A file of an older hallq is brought up to date as its next start would do it, on a copy, and
    compared so: what its figures were under the older fold is not looked at.
    `on_event` hears each position, for a progress line.
    """
    try:
        return _verified(path, on_event)
    except StoreError as error:
        error.facts["path"] = str(path)  # not that of a copy
        raise
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error


def _verified(path: Path, on_event: OnEvent) -> Verdict:
    """Once for most files; again when a terminal opened a file that nobody had open."""
    check_file(path)
    while True:
        quiet, before = not _beside(path, "-shm").exists(), _signs(path)
        key = key_for(path)
        try:
            verdict = _at_rest(path, key, on_event) if quiet else _compared(path, key, on_event)
        except (StoreError, driver.Error, FileNotFoundError):
            if not quiet or _signs(path) == before:
                raise
        else:
            if not quiet or _signs(path) == before:
                return verdict


def _beside(path: Path, ending: str) -> Path:
    """One of the files that SQLite keeps beside a database."""
    return path.with_name(path.name + ending)


def _signs(path: Path) -> tuple[object, ...]:
    """What changes as soon as a terminal opens the file or writes to it."""
    files = (path, _beside(path, "-wal"), _beside(path, "-shm"))
    found = (file.stat() if file.exists() else None for file in files)
    return tuple(stat and (stat.st_mtime_ns, stat.st_size) for stat in found)


def _at_rest(path: Path, key: bytes | None, on_event: OnEvent) -> Verdict:
    """A file that nobody has open, in place, or on a copy where its newest part was never folded in."""
    newest = _beside(path, "-wal")
    if not newest.exists():
        return _compared(path, key, on_event, quiet=True)
    with tempfile.TemporaryDirectory(prefix="hallq-verify-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(newest, _beside(copy, "-wal"))
        return _compared(copy, key, on_event)


def _compared(path: Path, key: bytes | None, on_event: OnEvent, *, quiet: bool = False) -> Verdict:
    with _reading(path, key, quiet=quiet) as connection:
        revision = present_revision(connection)
        if revision is None:
            raise StoreError(Trouble.EMPTY)
        if revision == HEAD and not is_older_fold(connection):
            connection.execute("BEGIN")
            return verify(connection, on_event)
        with tempfile.TemporaryDirectory(prefix="hallq-verify-") as folder:
            copy = Path(folder) / path.name
            _copy(connection, copy, key)
            return _brought_up_to_date(copy, key, on_event)


@contextlib.contextmanager
def _reading(path: Path, key: bytes | None, *, quiet: bool) -> Iterator[driver.Connection]:
    """A connection that cannot write. `quiet`: nobody has the file open, and it is whole.

    Then SQLite is told that nothing changes: it would put its two files for sharing beside
    this one otherwise, and they would belong to whoever verifies.
    """
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if quiet else ''}"
    with in_words():
        connection = driver.connect(address, uri=True, isolation_level=None, timeout=WRITE_PATIENCE_SECONDS)
        try:
            unlock_file(connection, path, key)
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
        finally:
            connection.close()


def _copy(connection: driver.Connection, path: Path, key: bytes | None) -> None:
    target = driver.connect(str(path))
    try:
        unlock_file(target, path, key)
        connection.backup(target)
    finally:
        target.close()


def _brought_up_to_date(copy: Path, key: bytes | None, on_event: OnEvent) -> Verdict:
    store = Store(copy, key=key)
    try:
        store.migrate()
        store.rebuild()
        return verify_store(store, on_event=on_event)
    finally:
        store.close()
