"""The servers that other tests lean on: they lose nothing that they confirmed, and come back."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.rig import postgres
from tests.rig.postgres import Postgres
from tests.rig.standby import is_synchronous, pair
from tests.rig.waiting import until

pytestmark = pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "it runs")


def write(dsn: str, *numbers: int) -> None:
    """Confirmed rows in a table of their own."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int PRIMARY KEY)")
        for number in numbers:
            connection.execute("INSERT INTO kept VALUES (%s)", (number,))


def kept(dsn: str) -> list[int]:
    """The rows that are there."""
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT number FROM kept ORDER BY number").fetchall()
    return [number for (number,) in rows]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_an_empty_database(postgres_dsn: str, time: str) -> None:
    with psycopg.connect(postgres_dsn) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row == (0,)
    write(postgres_dsn, 1)


def test_a_database_goes_even_when_somebody_is_still_connected(postgres_server: Postgres) -> None:
    with postgres_server.database() as dsn:
        left_open = psycopg.connect(dsn)
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("SELECT 1")
    left_open.close()


def test_it_is_closed_to_those_without_the_password(postgres_server: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_server.dsn(password="guessed"))


def test_it_comes_back_after_a_crash_and_after_a_kill(postgres_server: Postgres, postgres_dsn: str) -> None:
    write(postgres_dsn, 1)
    postgres_server.restart("immediate")
    write(postgres_dsn, 2)
    postgres_server.kill()
    assert not postgres_server.runs
    with pytest.raises(psycopg.OperationalError):
        kept(postgres_dsn)
    postgres_server.start()
    assert kept(postgres_dsn) == [1, 2]


def test_the_standby_has_what_was_confirmed_and_takes_over() -> None:
    with pair() as servers:
        write(servers.primary.dsn(), 1, 2)
        with servers.standby.connect() as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        assert row == (True,)
        until(lambda: kept(servers.standby.dsn()) == [1, 2], "the standby shows the rows")
        servers.primary.kill()
        servers.standby.promote()
        write(servers.dsn(), 3)
        assert kept(servers.dsn()) == [1, 2, 3]


def test_without_its_standby_the_primary_confirms_nothing() -> None:
    with pair() as servers, ThreadPoolExecutor(1) as others:
        write(servers.dsn(), 1)
        servers.standby.kill()
        until(lambda: not is_synchronous(servers.primary), "the primary notices")
        confirmed = others.submit(write, servers.dsn(), 2)
        until(lambda: waits_for_standby(servers.primary), "the commit waits")
        assert not confirmed.done()
        servers.standby.start()
        confirmed.result(timeout=20)
        assert kept(servers.dsn()) == [1, 2]


def waits_for_standby(primary: Postgres) -> bool:
    """Whether a commit there waits to be confirmed."""
    with primary.connect() as connection:
        row = connection.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchone()
    return row is not None
