"""Databases for the hub's tests: a SQLite file, and a real PostgreSQL for the whole run."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from hallq.hub.database import Database
from tests.builders import MEMORY_DISK
from tests.hub.guard import refuse_without_hall
from tests.hub.lives import Halls, hub_file
from tests.hub.load import url_of
from tests.rig import postgres


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Postgres]:
    """A server of its own, without `fsync`: what survives a crash is tested with it."""
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.server() as running:
        running.set("fsync = off")
        running.reload()
        yield running


@pytest.fixture
def new_postgresql(postgresql: postgres.Postgres) -> Iterator[str]:
    """An empty database on the server."""
    with postgresql.database() as dsn:
        yield url_of(dsn)


@pytest.fixture(scope="session")
def tables(postgresql: postgres.Postgres) -> Iterator[str]:
    """The name of a database with a hub's tables, to be copied: making them takes longer than most tests."""
    with postgresql.database() as dsn:
        made = Database(url_of(dsn))
        made.migrate()
        made.close()
        yield str(conninfo_to_dict(dsn)["dbname"])


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A new hub's database, on both engines."""
    if request.param == "postgresql":
        server: postgres.Postgres = request.getfixturevalue("postgresql")
        with server.database(request.getfixturevalue("tables")) as dsn:
            yield url_of(dsn)
        return
    with tempfile.TemporaryDirectory(prefix="hub", dir=MEMORY_DISK) as folder:
        yield hub_file(Path(folder) / "hub.db")


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Open a database whose every statement names its hall; closed at the end."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        database = Database(url)
        database.migrate()
        refuse_without_hall(database)
        opened.append(database)
        return database

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def database(url: str, open_database: Callable[[str], Database]) -> Database:
    """The hub's database with its tables."""
    return open_database(url)


@pytest.fixture
def halls(database: Database) -> Iterator[Halls]:
    """A hub with one hall, whose day is open."""
    life = Halls(database)
    life.create("h1")
    yield life
    life.close()
