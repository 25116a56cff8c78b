"""Connections to the file, and its transactions. The only commit of the program stands here."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from hallq.logs import journal
from hallq.store.encrypted import unlock_file
from hallq.store.trouble import StoreError, Trouble, trouble_of
from hallq.store.turn import Turn

if TYPE_CHECKING:
    import sqlalchemy as sa

WRITE_PATIENCE_SECONDS = 5.0
"""The longest wait for other terminals, and for other programs that hold the file."""

SAFE_SQLITE = (3, 51, 3)
"""Before it the WAL-reset fault (3.7.0 to 3.51.2) can damage a file that several processes share."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",  # a forgotten customer is gone from the file's pages, too
)


SYNC_LATER = "PRAGMA synchronous = NORMAL"
"""Commits stay in order and outlive a killed program; a power cut may take the newest ones."""


class Connections:
    """Connections of the driver itself to one file: a call has no time for more (`docs/performance.md`).

    One is made when none is idle, and kept for the next who wants one.
    """

    def __init__(
        self, path: Path, patience_seconds: float, *extra_pragmas: str, key: bytes | None = None
    ) -> None:
        """`patience_seconds`: the longest wait for another program that holds the file.

        `key`: opens an encrypted file; None for a plain one (`hallq.store.encrypted`).
        """
        if driver.sqlite_version_info < SAFE_SQLITE:
            raise StoreError(Trouble.UNSAFE_SQLITE, {"version": driver.sqlite_version})
        self._path = path
        self.patience_seconds = patience_seconds
        self._pragmas = (*PRAGMAS, *extra_pragmas)
        self._key = key
        self._guard = threading.Lock()
        self._idle: list[driver.Connection] = []

    def new(self) -> driver.Connection:
        """One more connection, with hallq's pragmas; whoever asked closes it."""
        connection = driver.connect(
            str(self._path),
            isolation_level=None,
            check_same_thread=False,
            timeout=self.patience_seconds,
        )
        try:
            unlock_file(connection, self._path, self._key)
            for pragma in self._pragmas:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[driver.Connection]:
        """A connection for one transaction; what is open at the end is rolled back."""
        with in_words():
            with self._guard:
                idle = self._idle
                connection = idle.pop() if idle else None
            connection = connection or self.new()
            try:
                yield connection
            finally:
                self._give_back(connection, idle)

    def _give_back(self, connection: driver.Connection, idle: list[driver.Connection]) -> None:
        try:
            if connection.in_transaction:
                connection.rollback()
        except driver.Error:  # it is of no more use; the fault itself was told or is told next time
            connection.close()
            return
        with self._guard:
            if idle is self._idle:
                idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close them all, those in use when they are given back; a next one is made anew."""
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """The driver's errors as StoreError."""
    try:
        yield
    except driver.Error as error:
        trouble = trouble_of(error)
        if (
            trouble is Trouble.CONTRADICTION
        ):  # no fault of the disk: whoever looks after hallq needs the detail
            journal().error("contradiction", detail=str(error))
        raise StoreError(trouble, {"detail": str(error)}) from error


@contextlib.contextmanager
def reading(connections: Connections) -> Iterator[driver.Connection]:
    """One consistent look at the file."""
    with connections.borrowed() as connection:
        connection.execute("BEGIN")
        yield connection


@contextlib.contextmanager
def writing(
    connections: Connections, turn: Turn, meanwhile: Callable[[], None]
) -> Iterator[driver.Connection]:
    """One transaction that sees and changes the newest state; committed unless it raises."""
    with turn.taken(meanwhile), connections.borrowed() as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


@contextlib.contextmanager
def transaction(connection: driver.Connection) -> Iterator[None]:
    """One transaction on a connection of one's own; committed unless it raises."""
    with in_words():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def sync(connection: driver.Connection) -> None:
    """Bring every commit to the disk, through SQLite: another descriptor would drop its locks."""
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:  # a reader keeps the journal: its newest commit takes all before it along
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version}")


def empty_journal(connections: Connections, turn: Turn) -> None:
    """Everything into the file, and the journal cut off; put off while somebody reads, as a backup does."""
    with turn.taken(), connections.borrowed() as connection:
        connection.execute("PRAGMA busy_timeout = 0")  # a wait would hold up all who write
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {round(connections.patience_seconds * 1000)}")


def migrating(connections: Connections, turn: Turn, step: "Callable[[sa.Connection], None]") -> None:
    """Run `step` in one transaction on a connection of SQLAlchemy, which is loaded for nothing else."""
    import sqlalchemy as sa

    engine = sa.create_engine("sqlite://", creator=connections.new, module=driver, poolclass=sa.NullPool)
    with turn.taken(), in_words():
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                step(connection)
                connection.commit()
        except sa.exc.DBAPIError as error:
            raise error.orig or error from error
