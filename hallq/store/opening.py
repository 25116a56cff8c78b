"""Opening a hall's file: every reason it may not work is found before the first key press."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.domain.days import BusinessDay
from hallq.domain.events import Recorded
from hallq.domain.state import HallState
from hallq.store import log, outbox
from hallq.store.connections import (
    SYNC_LATER,
    WRITE_PATIENCE_SECONDS,
    Connections,
    empty_journal,
    in_words,
    migrating,
    reading,
    sync,
    writing,
)
from hallq.store.converting import tidy
from hallq.store.encrypted import Kind, begin_encrypted, key_for, kind_of
from hallq.store.loading import load_state
from hallq.store.place import check_place
from hallq.store.rebuilding import is_older_fold, now_readable, rebuild
from hallq.store.schema import HEAD, present_revision, way_up
from hallq.store.trouble import StoreError, trouble_of_system
from hallq.store.turn import Turn
from hallq.store.witness import Witness, count_on


class Store:
    """One open file: transactions, and the news of other terminals' changes."""

    def __init__(
        self, path: Path, patience_seconds: float = WRITE_PATIENCE_SECONDS, key: bytes | None = None
    ) -> None:
        """Open the file at `path`; use `open_store` for the checks around it, and for its key."""
        self.path = path
        self._patience_seconds = patience_seconds
        self._key = key
        self._turn = Turn(path.with_name(path.name + ".turn"), patience_seconds)
        self._connections = Connections(path, patience_seconds, key=key)
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

    def empty_journal(self) -> None:
        """What was deleted leaves the journal, too. Waits for nobody who reads: the next time will do."""
        empty_journal(self._connections, self._turn)

    def _renew(self, *extra_pragmas: str) -> None:
        """New connections with other pragmas."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._connections.close()
        self._connections = Connections(self.path, self._patience_seconds, *extra_pragmas, key=self._key)

    def close(self) -> None:
        """Let go of the file."""
        if self._watch is not None:
            self._watch.close()
        self._connections.close()
        self._turn.close()
        self.witness.close()


def open_store(
    path: Path,
    *,
    create: bool = False,
    encrypted: bool = False,
    patience_seconds: float = WRITE_PATIENCE_SECONDS,
) -> Store:
    """Open the hall's file, or make it. Raises StoreError with the reason and what to do.

    `encrypted`: a file that is made gets a key; what is there says itself whether it is encrypted.
    `patience_seconds`: the longest wait for other terminals, and again for other programs.
    A program opens a file once: reading its first bytes a second time would, as POSIX has it,
    let go of the locks that SQLite holds for the first.
    """
    try:
        check_place(path, create=create)
        if create and encrypted and kind_of(path) is Kind.NONE:
            begin_encrypted(path)
        key = key_for(path)
        if create:
            path.touch(mode=0o600)  # first, because SQLite gives its journal the same rights
        store = Store(path, patience_seconds, key)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    try:
        store.migrate()
        store.rebuild()
        tidy(path, is_encrypted=key is not None)
    except BaseException:
        store.close()
        raise
    return store
