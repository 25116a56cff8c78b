"""The engine and its transactions. The only commit of the program stands here."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from hallq.store.trouble import StoreError, Trouble, trouble_of
from hallq.store.turn import Turn

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


def make_engine(path: Path, patience_seconds: float, *extra_pragmas: str) -> sa.Engine:
    """An engine on the file at `path`, with hallq's pragmas on every connection.

    `patience_seconds`: the longest wait for another program that holds the file.
    """
    if driver.sqlite_version_info < SAFE_SQLITE:
        raise StoreError(Trouble.UNSAFE_SQLITE, {"version": driver.sqlite_version})
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        module=driver,
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "timeout": patience_seconds,
        },
        pool_size=4,
        poolclass=sa.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        for pragma in (*PRAGMAS, *extra_pragmas):
            connection.execute(pragma)

    return engine


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """The driver's errors as StoreError."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if isinstance(error.orig, driver.IntegrityError):
            raise
        cause = error.orig if isinstance(error.orig, driver.Error) else driver.Error(str(error))
        raise StoreError(trouble_of(cause), {"detail": str(cause)}) from error
    except driver.IntegrityError:
        raise
    except driver.Error as error:
        raise StoreError(trouble_of(error), {"detail": str(error)}) from error


@contextlib.contextmanager
def connected(engine: sa.Engine) -> Iterator[driver.Connection]:
    """A connection of the driver itself: a call has no time for more (`docs/performance.md`)."""
    with in_words():
        borrowed = engine.raw_connection()
        try:
            connection: driver.Connection = borrowed.driver_connection
            yield connection
        finally:
            borrowed.close()  # back to the pool, which rolls back what is open


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[driver.Connection]:
    """One consistent look at the file."""
    with connected(engine) as connection:
        connection.execute("BEGIN")
        yield connection


@contextlib.contextmanager
def writing(engine: sa.Engine, turn: Turn) -> Iterator[driver.Connection]:
    """One transaction that sees and changes the newest state; committed unless it raises."""
    with turn.taken(), connected(engine) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


def sync(connection: driver.Connection) -> None:
    """Bring every commit to the disk, through SQLite: another descriptor would drop its locks."""
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:  # a reader keeps the journal: its newest commit takes all before it along
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version}")


def migrating(engine: sa.Engine, turn: Turn, step: Callable[[sa.Connection], None]) -> None:
    """Run `step` in one transaction on a connection of SQLAlchemy."""
    with turn.taken(), in_words(), engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        step(connection)
        connection.commit()
