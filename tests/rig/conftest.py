"""Fixtures of the rig: one PostgreSQL for all tests of a run, an empty database for each."""

from collections.abc import Iterator

import pytest

from tests.rig import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """A server that all tests of this process share; skipped where none can run."""
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.server() as running:
        yield running


@pytest.fixture
def postgres_dsn(postgres_server: postgres.Postgres) -> Iterator[str]:
    """An empty database."""
    with postgres_server.database() as dsn:
        yield dsn
