"""The database gives way, commits whose answer is lost, tables, and the guard of the log."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.hub import HubFault, limits
from hallq.hub.database import ATTEMPTS, Database
from hallq.hub.schema import HEAD, NewerSchemaError, present_revision
from hallq.hub.status import known_positions
from hallq.hub.tables import metadata
from hallq.hub.trouble import named
from hallq.protocol import Fate, Fault
from tests.hub.guard import NamesNoHallError
from tests.hub.lives import Halls


def _lose(halls: Halls, times: int, *, after_commit: bool) -> list[str]:
    """The connection breaks at the next commits, before them or after them."""
    lost: list[str] = []
    engine = halls.database.engine
    do_commit = engine.dialect.do_commit

    def lose() -> None:
        if len(lost) < times:
            lost.append("commit")
            raise halls.database.engine.dialect.dbapi.OperationalError("connection lost")  # type: ignore[union-attr]

    def breaking(connection: Any) -> None:
        if after_commit:
            do_commit(connection)
        lose()
        if not after_commit:
            do_commit(connection)

    @sa.event.listens_for(engine, "before_cursor_execute")
    def break_before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement == "COMMIT" and not after_commit:  # on its way with the last statements
            lose()

    engine.dialect.do_commit = breaking  # type: ignore[method-assign, assignment]
    return lost


@pytest.mark.parametrize("after_commit", [True, False])
def test_a_commit_whose_answer_is_lost_is_looked_up(halls: Halls, after_commit: bool) -> None:
    device = halls.opened("t1", 1)
    device.issues(2)
    device.pulls_all()
    lost = _lose(halls, 1, after_commit=after_commit)
    answer = device.asks(i.GrantNext(counter=1))
    assert lost == ["commit"]
    assert answer.granted == device.ticket_id(1)
    assert halls.hub.last("h1") == answer.position
    assert halls.hub.status("h1").contested == 0


@pytest.mark.parametrize("after_commit", [True, False])
def test_a_push_whose_answer_is_lost_is_placed_once(halls: Halls, after_commit: bool) -> None:
    device = halls.opened("t1", 1)
    before = halls.hub.last("h1")
    _lose(halls, ATTEMPTS - 1, after_commit=after_commit)
    fates = device.push(*[device.issued(n) for n in range(1, 4)]).fates
    assert set(fates) == {Fate.DUPLICATE if after_commit else Fate.ACCEPTED}
    assert halls.hub.last("h1") == before + 3


@pytest.mark.parametrize("after_commit", [True, False])
def test_other_calls_are_repeated_to_the_same_end(halls: Halls, after_commit: bool) -> None:
    _lose(halls, 1, after_commit=after_commit)
    halls.hub.invite("h1", "t1")
    device = halls.device("t2")
    _lose(halls, 1, after_commit=after_commit)
    device.hello()
    device.pull()
    _lose(halls, 1, after_commit=after_commit)
    assert halls.hub.publish_settings("h1", "[hall]\nlanguage = 'en'\n") == 2
    _lose(halls, 1, after_commit=after_commit)
    epoch = halls.hub.status("h1").epoch
    halls.hub.promote("h1")
    assert halls.hub.status("h1").epoch != epoch


def test_a_database_that_stays_away_is_busy(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    _lose(halls, 10 * ATTEMPTS, after_commit=False)
    with pytest.raises(HubFault) as caught:
        device.push(device.issued(1))
    assert caught.value.fault is Fault.BUSY
    assert caught.value.retry_after_seconds


def test_a_killed_connection_is_no_fault(
    new_postgresql: str, open_database: Callable[[str], Database]
) -> None:
    import psycopg

    halls = Halls(open_database(new_postgresql))
    halls.create("h1")
    device = halls.opened("t1", 1)
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'hallq hub' AND datname = current_database()"
    )
    with psycopg.connect(new_postgresql, autocommit=True) as killer:
        for number in range(1, 6):
            killer.execute(kill)
            placed = device.push(device.issued(number))
            assert placed.fates == [Fate.ACCEPTED]
            killer.execute(kill)
            assert device.pull().last == placed.place.position


def test_whatever_the_database_says_the_lookout_goes_on(halls: Halls) -> None:
    engine = halls.database.engine
    damaged = [True]

    @sa.event.listens_for(engine, "before_cursor_execute")
    def say_no(*_statement: object) -> None:
        if damaged:
            raise engine.dialect.dbapi.DatabaseError("damaged")  # type: ignore[union-attr]

    assert known_positions(halls.hub._desk, ["h1"]) == {}
    damaged.clear()
    assert known_positions(halls.hub._desk, ["h1"]).keys() == {"h1"}


def test_the_tables_are_the_declared_ones(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert limits.allowance.metadata is metadata
    plain = sa.create_engine(
        database.engine.url, creator=database.engine.pool._creator, module=_module(database)
    )
    with plain.connect() as connection:
        assert present_revision(connection) == HEAD
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    plain.dispose()


def _module(database: Database) -> object:
    return database.engine.dialect.dbapi


def test_the_hall_leads_every_key() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key)).name == "hall", table.name
        for index in table.indexes:
            assert next(iter(index.columns)).name == "hall", index.name


def test_migrating_twice_changes_nothing_and_a_later_one_is_left_alone(database: Database) -> None:
    plain = sa.create_engine(
        database.engine.url, creator=database.engine.pool._creator, module=_module(database)
    )
    again = Database(database.url)
    again.migrate()
    with plain.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchemaError):
        again.migrate()
    again.close()
    plain.dispose()


@pytest.mark.parametrize(
    "change", ["UPDATE entry SET actor = 'x' WHERE hall = :hall", "DELETE FROM entry WHERE hall = :hall"]
)
def test_the_log_is_append_only(halls: Halls, change: str) -> None:
    halls.opened("t1")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), halls.database.writing() as connection:
        connection.execute(sa.text(change), {"hall": "h1"})


def test_a_statement_without_its_hall_is_refused(halls: Halls) -> None:
    with pytest.raises(NamesNoHallError), halls.database.reading() as connection:
        connection.execute(sa.text("SELECT count(*) FROM entry"))


def test_settings_flow_down_in_versions(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    first = halls.hub.settings(device.caller)
    assert (first.version, first.body) == (1, "")
    text = "[hall]\nlanguage = 'en'\n"
    assert halls.hub.publish_settings("h1", text) == halls.hub.publish_settings("h1", text) == 2
    assert halls.hub.settings(device.caller).body == text
    assert device.pull().settings_version == 2
    for wrong in ("not toml", "[hall]\nlanguage = 'xx'\n"):
        with pytest.raises(HubFault) as caught:
            halls.hub.publish_settings("h1", wrong)
        assert caught.value.fault is Fault.BAD_REQUEST


def test_a_fault_is_told_with_its_code_and_nothing_else() -> None:
    connection = driver.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 2")
    with pytest.raises(driver.OperationalError) as full:
        connection.execute("CREATE TABLE large AS SELECT zeroblob(100000)")
    connection.close()
    assert named(full.value) == "OperationalError SQLITE_FULL"
    assert named(TimeoutError("secret")) == "TimeoutError"
