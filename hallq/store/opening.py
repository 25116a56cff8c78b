"""Opening a hall's file: every reason it may not work is found before the first key press."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import sqlcipher3.dbapi2 as driver

from hallq.domain.days import BusinessDay
from hallq.domain.events import Recorded
from hallq.domain.state import HallState
from hallq.store import log, outbox
from hallq.store.connections import (
    SYNC_LATER,
    WRITE_PATIENCE_SECONDS,
    Connections,
    in_words,
    migrating,
    reading,
    sync,
    writing,
)
from hallq.store.loading import load_state
from hallq.store.rebuilding import is_older_fold, now_readable, rebuild
from hallq.store.schema import HEAD, present_revision, way_up
from hallq.store.trouble import StoreError, Trouble, trouble_of_system
from hallq.store.turn import Turn
from hallq.store.witness import Witness, count_on

_HEADER = b"SQLite format 3\x00"
_NETWORK_TYPES = frozenset(
    {
        "9p",
        "acfs",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "drvfs",
        "fhgfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
        "orangefs",
        "panfs",
        "prl_fs",
        "pvfs2",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
        "webdav",
    }
)
"""Disks of other computers, and folders that a virtual machine borrows from its host."""

_LOCAL_FUSE = frozenset(
    {
        "fuse.ext2",
        "fuse.ext3",
        "fuse.ext4",
        "fuse.exfat",
        "fuse.ntfs",
        "fuse.ntfs-3g",
        "fuse.lowntfs-3g",
        "fuse.zfs",
    }
)
"""Any other file system in a program of its own may lie anywhere; `fuseblk` has a local disk below it."""


class Store:
    """One open file: transactions, and the news of other terminals' changes."""

    def __init__(self, path: Path, patience_seconds: float = WRITE_PATIENCE_SECONDS) -> None:
        """Open the file at `path`; use `open_store` for the checks around it."""
        self.path = path
        self._patience_seconds = patience_seconds
        self._turn = Turn(path.with_name(path.name + ".turn"), patience_seconds)
        self._connections = Connections(path, patience_seconds)
        self.witness = Witness(path)
        self._watch: driver.Connection | None = None

    def reading(self) -> contextlib.AbstractContextManager[driver.Connection]:
        """One consistent look at the file."""
        return reading(self._connections)

    @contextlib.contextmanager
    def writing(self, meanwhile: Callable[[], None] = lambda: None) -> Iterator[driver.Connection]:
        """One transaction, in turn with all other terminals; `meanwhile` is called shortly before it."""
        count = 0
        with writing(self._connections, self._turn, meanwhile) as connection:
            before = connection.total_changes
            yield connection
            if self.witness.is_kept and connection.total_changes != before:
                count = count_on(connection)
        if count:
            self.witness.keep(count)

    def migrate(self) -> None:
        """Bring the schema up to date; raises StoreError for a file that is not ours."""
        with self.reading() as connection:
            current = present_revision(connection)
        if current != HEAD:
            migrating(self._connections, self._turn, way_up())

    def rebuild(self) -> None:
        """Fold anew, where an older hallq folded otherwise or put aside what this one can read."""
        with self.reading() as connection:
            is_due = is_older_fold(connection) or bool(now_readable(connection))
        if is_due:
            with self.writing() as connection:
                rebuild(connection)

    def load_state(self) -> HallState:
        """The present state."""
        with self.reading() as connection:
            return load_state(connection)

    def is_newer(self, since: BusinessDay | None) -> bool:
        """Whether a later hallq has written on that day or after it."""
        with self.reading() as connection:
            return log.is_newer(connection, since)

    def data_version(self) -> int:
        """A number that changes whenever another connection has written."""
        with in_words():
            if self._watch is None:
                self._watch = self._connections.new()
            row = self._watch.execute("PRAGMA data_version").fetchone()
            return int(row[0])

    def holds(self, recorded: Recorded) -> bool:
        """Whether an event whose fate is unknown was written after all."""
        self._connections.close()
        with self.reading() as connection:
            placed = log.holds(connection, recorded.position, recorded)
            return placed or outbox.holds(connection, recorded.incarnation, recorded.seq)

    @contextlib.contextmanager
    def synced_at_the_end(self) -> Iterator[None]:
        """For work that is begun again after a power cut: all commits reach the disk at the end.

        Inside, a killed program still loses nothing; no screen may confirm anything.
        """
        self._renew(SYNC_LATER)
        try:
            yield
        finally:
            self._renew()
            with self._connections.borrowed() as connection:
                sync(connection)

    def _renew(self, *extra_pragmas: str) -> None:
        """New connections with other pragmas."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._connections.close()
        self._connections = Connections(self.path, self._patience_seconds, *extra_pragmas)

    def close(self) -> None:
        """Let go of the file."""
        if self._watch is not None:
            self._watch.close()
        self._connections.close()
        self._turn.close()
        self.witness.close()


def open_store(
    path: Path, *, create: bool = False, patience_seconds: float = WRITE_PATIENCE_SECONDS
) -> Store:
    """Open the hall's file, or make it. Raises StoreError with the reason and what to do.

    `patience_seconds`: the longest wait for other terminals, and again for other programs.
    A program opens a file once: reading its first bytes a second time would, as POSIX has it,
    let go of the locks that SQLite holds for the first.
    """
    try:
        _check_place(path, create=create)
        _check_kind(path)
        if create:
            path.touch(mode=0o600)  # first, because SQLite gives its journal the same rights
        store = Store(path, patience_seconds)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    try:
        store.migrate()
        store.rebuild()
    except BaseException:
        store.close()
        raise
    return store


def _check_place(path: Path, *, create: bool) -> None:
    facts: dict[str, int | str] = {"path": str(path)}
    if not path.parent.is_dir():
        raise StoreError(Trouble.NO_FOLDER, {"path": str(path.parent)})
    if not path.exists() and not create:
        raise StoreError(Trouble.MISSING, facts)
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(Trouble.NO_PERMISSION, facts)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StoreError(Trouble.NO_PERMISSION, {"path": str(path.parent)})
    kind = file_system_of(path)
    if kind in _NETWORK_TYPES or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE):
        raise StoreError(Trouble.NETWORK_DISK, facts | {"kind": kind})


def _check_kind(path: Path) -> None:
    """Refuse what is not SQLite before SQLite touches it."""
    if not path.exists() or path.stat().st_size == 0:
        return
    if not path.is_file():
        raise StoreError(Trouble.NOT_A_DATABASE, {"path": str(path)})
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise StoreError(Trouble.NOT_A_DATABASE, {"path": str(path)})


def file_system_of(path: Path) -> str:
    """The type of the file system that holds `path`, in lower case; empty when unknown."""
    place = path.resolve()
    best = ("", "")
    with contextlib.suppress(OSError):
        for part in psutil.disk_partitions(all=True):
            holds = place.is_relative_to(part.mountpoint)
            if holds and len(part.mountpoint) >= len(best[0]):
                best = (part.mountpoint, part.fstype.lower())
    return best[1]
