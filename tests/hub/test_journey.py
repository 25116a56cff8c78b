"""Statements that go to PostgreSQL in one journey, and what is left when one of them fails."""

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa

from hallq.hub import tables
from hallq.hub.database import Database
from hallq.hub.shapes import HubFault
from hallq.hub.statements import Statement, ask, commit_with
from hallq.protocol import Fault

_HALL = tables.hall.c
_ADD = Statement(
    sa.insert(tables.hall).values(
        {name: sa.bindparam(name) for name in ("hall", "name", "epoch", "recovering", "position")}
    )
)
_READ = Statement(
    sa.select(_HALL.hall, _HALL.name, _HALL.position, _HALL.recovering).where(
        _HALL.hall == sa.bindparam("hall")
    )
)


def _row(hall: str, name: str = "营业厅", position: int = 2**53) -> dict[str, object]:
    return {"hall": hall, "name": name, "epoch": "e", "recovering": True, "position": position}


@pytest.fixture
def database(new_postgresql: str, open_database: Callable[[str], Database]) -> Database:
    """On PostgreSQL."""
    return open_database(new_postgresql)


def test_values_come_back_as_they_went(database: Database) -> None:
    with database.writing() as connection:
        commit_with(connection, [(_ADD, _row("one")), (_ADD, _row("two", "", -1))])
    with database.reading() as connection:
        one, none, two = ask(connection, [(_READ, {"hall": hall}) for hall in ("one", "none", "two")])
    assert one == [("one", "营业厅", 2**53, True)]
    assert none == []
    assert two == [("two", "", -1, True)]


def test_the_first_fault_is_told_and_nothing_of_the_journey_stays(database: Database) -> None:
    with database.writing() as connection:
        commit_with(connection, [(_ADD, _row("one"))])
    with pytest.raises(psycopg.errors.UniqueViolation), database.writing() as connection:
        commit_with(connection, [(_ADD, _row("two")), (_ADD, _row("one")), (_ADD, _row("three"))])
    with database.writing() as connection:
        assert not any(ask(connection, [(_READ, {"hall": hall}) for hall in ("two", "three")]))
        commit_with(connection, [(_ADD, _row("two"))])
    with database.reading() as connection:
        assert _READ.first(connection, {"hall": "two"})


def test_a_text_with_a_zero_byte_is_refused_and_not_cut(database: Database) -> None:
    with pytest.raises(psycopg.DataError), database.writing() as connection:
        commit_with(connection, [(_ADD, _row("one", "begin\0end"))])
    with database.reading() as connection:
        assert _READ.rows(connection, {"hall": "one"}) == []


def test_what_was_prepared_outlives_refusals(database: Database) -> None:
    """A driver that prepares by itself forgets everything at each rollback, and the server with it."""

    def refused(connection: sa.Connection) -> None:
        connection.execute(sa.select(_HALL.name).where(_HALL.hall == "one")).all()
        _READ.rows(connection, {"hall": "one"})
        raise HubFault(Fault.FORBIDDEN)

    for _ in range(12):
        with pytest.raises(HubFault):
            database.transaction(refused)
    with database.writing() as connection:
        assert _READ.rows(connection, {"hall": "one"}) == []


def test_a_connection_that_died_on_the_way_is_replaced(database: Database) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def work(connection: sa.Connection) -> list[tuple[object, ...]]:
        if not ended:
            with psycopg.connect(database.url, autocommit=True) as other:
                ended.append(other.execute(end).rowcount)
        return _READ.rows(connection, {"hall": "one"})

    ended: list[int] = []
    assert database.transaction(work) == []
    assert ended
