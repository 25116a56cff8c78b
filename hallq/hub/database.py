"""The hub's database: SQLite or PostgreSQL behind one door. Every transaction of the hub begins here."""

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from hallq.hub.names import is_postgresql
from hallq.hub.schema import climb
from hallq.hub.shapes import HubFault
from hallq.hub.trouble import may_pass, named
from hallq.logs import journal
from hallq.protocol import Fault
from hallq.store.connections import Connections
from hallq.store.encrypted import key_for
from hallq.store.trouble import StoreError

T = TypeVar("T")

ATTEMPTS = 6
"""One try and five repetitions."""

_FAULTS = (sa.exc.DBAPIError, sa.exc.TimeoutError, StoreError)
_PATIENCE_SECONDS = 5.0
_POOL = 12


class Database:
    """Connections to the hub's database, lent out one transaction at a time.

    `engine` is SQLAlchemy's: tests put their listeners there.
    """

    def __init__(self, url: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        """`url`: postgresql://... (several hosts: whichever may be written to), or sqlite:///path, or a path.

        `patience_seconds`: the longest wait for a lock.
        """
        self.url = url
        self.is_postgresql = is_postgresql(url)
        self._driver_faults = _psycopg_faults() if self.is_postgresql else (driver.Error,)
        self._one_writer = contextlib.nullcontext() if self.is_postgresql else threading.Lock()
        self.engine = (
            _postgresql(url, patience_seconds)
            if self.is_postgresql
            else _sqlite(Path(url.removeprefix("sqlite:///")), patience_seconds)
        )
        self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def migrate(self) -> None:
        """Bring the tables up to date. Raises NewerSchemaError for those of a later hallq."""
        with self.writing() as connection:
            climb(connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A look at the database, which takes no lock.

        In PostgreSQL each statement is a transaction of its own: all together would see no more than that.
        """
        if self.is_postgresql:
            with self._looking.connect() as connection, self._lent(connection):
                yield connection
            return
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction, committed unless it raises."""
        with self._one_writer, self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin(), self._lent(connection):
                yield connection

    @contextlib.contextmanager
    def _lent(self, connection: sa.Connection) -> Iterator[None]:
        """Statements go past SQLAlchemy, so it does not see by itself that a connection has died of one."""
        try:
            yield
        except BaseException as error:
            if self.is_postgresql and not connection.invalidated and _driver_of(connection).closed:
                connection.invalidate(error)  # nothing is left to roll back; the pool opens another one
            raise

    def transaction(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` in one transaction, done again from its first line where the database gave way.

        A commit whose outcome is unknown is not guessed: `work` must look up, by the name of what
        it writes, whether it was written before. Raises HubFault BUSY when the database stays away.
        """
        return self._patiently(self.writing, work)

    def look(self, work: Callable[[sa.Connection], T]) -> T:
        """`work` without a lock, begun again in the same way."""
        return self._patiently(self.reading, work)

    def _patiently(self, door: Callable[[], Any], work: Callable[[sa.Connection], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with door() as connection:
                    result: T = work(connection)
            except (*_FAULTS, *self._driver_faults) as error:
                if not may_pass(error):
                    if isinstance(error, self._driver_faults):
                        raise sa.exc.DBAPIError(None, None, error) from error
                    raise
                if attempt == ATTEMPTS:
                    journal().warning("hub-database", error=named(error))
                    raise HubFault(Fault.BUSY, named(error), retry_after_seconds=1) from error
                time.sleep(random.uniform(0.5, 1) * 0.02 * 2**attempt)
            else:
                return result
        raise AssertionError("the last attempt returns or raises")

    def connect_apart(self) -> Any:
        """A connection of PostgreSQL's driver beside the pool, each statement its own transaction."""
        import psycopg

        return psycopg.connect(
            self.url,
            target_session_attrs="read-write",
            connect_timeout=5,
            application_name="hallq hub courier",
            autocommit=True,
        )

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _driver_of(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def _psycopg_faults() -> tuple[type[Exception], ...]:
    import psycopg

    return (psycopg.Error,)


def _sqlite(path: Path, patience_seconds: float) -> sa.Engine:
    key = key_for(path)
    path.touch(mode=0o600)  # first, because SQLite gives its journal the same rights
    connections = Connections(path, patience_seconds, key=key)
    engine = sa.create_engine(
        "sqlite://",
        creator=connections.new,
        module=driver,
        poolclass=sa.QueuePool,
        pool_size=_POOL,
        max_overflow=_POOL,
        isolation_level=None,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A look that became a write would be refused at once when another has written meanwhile.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str, patience_seconds: float) -> sa.Engine:
    import psycopg

    def connect() -> Any:
        connection = psycopg.connect(
            url,
            target_session_attrs="read-write",
            connect_timeout=5,
            application_name="hallq hub",
            client_encoding="utf8",
            prepare_threshold=None,  # psycopg's own would take ours along (journey.py) at each rollback
        )
        connection.execute(f"SET lock_timeout = {round(patience_seconds * 1000)}")
        connection.execute("SET idle_in_transaction_session_timeout = '30s'")
        # Remote steps beyond `on` are the administrator's wish; less would lose confirmed events.
        (found,) = connection.execute("SHOW synchronous_commit").fetchone() or ("",)
        if found in ("off", "local"):
            connection.execute("SET synchronous_commit = on")
        connection.commit()
        return connection

    return sa.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        isolation_level="READ COMMITTED",
        pool_size=_POOL,
        max_overflow=_POOL,
        pool_timeout=patience_seconds,
    )
