"""`hallq verify`: a row that was changed behind the log's back is found and named."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.cli.exits import Exit
from tests.cli.conftest import Shell
from tests.simulation.days import busy_morning, day_file


@pytest.fixture
def db(shell: Shell, tmp_path: Path) -> Path:
    """A hall's file with two worked days."""
    path = tmp_path / "hall.db"
    early = day_file(tmp_path, "2026-11-19T09:00:00,payment,gold,60,,a", name="early.csv")
    for day in (early, busy_morning(tmp_path, 20)):
        assert shell("replay", day, "--counters", 3, "--db", path, "--json", "--append").code == Exit.OK
    return path


def tamper(path: Path, *statements: str) -> None:
    """Change the file without asking the hall."""
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_honest_file_agrees(shell: Shell, db: Path) -> None:
    said = shell("verify", "--db", db)
    assert said.code == Exit.OK
    assert "agree" in said.out
    assert "tickets 21" in said.out
    assert "days 2" in said.out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE ticket SET wait_ms = 1 WHERE series = 'V' AND number = 1", "wait_ms: the events say"),
        ("DELETE FROM ticket WHERE series = 'B' AND number = 1", "no row is stored"),
        (
            "CREATE TEMP TABLE copied AS SELECT * FROM ticket LIMIT 1;"
            "UPDATE copied SET ticket_id = 'stranger', number = 900;"
            "INSERT INTO ticket SELECT * FROM copied",
            "ticket stranger: stored, but no event made it",
        ),
        ("UPDATE service_transaction SET duration_ms = 1", "duration_ms: the events say"),
        ("UPDATE counter SET served = served + 1 WHERE number = 2", "counter 2: served"),
        (
            "INSERT INTO counter (number, state, since_ms, clerk, served) VALUES (99, 'open', 0, 'x', 0)",
            "counter 99: stored, but no event",
        ),
        ("UPDATE business_day SET closed_ms = NULL WHERE date = '2026-11-19'", "day 2026-11-19: closed_ms"),
        ("UPDATE series SET last_number = 500 WHERE business_date = '2026-11-20'", "last number of series"),
        (
            "UPDATE figure SET value = 7 WHERE business_date = '2026-11-19' AND name = 'tickets.issued'",
            "figure of 2026-11-19 tickets.issued: the events say 1, stored is 7",
        ),
        ("INSERT INTO figure VALUES ('2020-01-01', 'x', 1)", "no event opened that day"),
        ("DELETE FROM business_day WHERE date = '2026-11-19'", "day 2026-11-19: no row is stored"),
        ("DELETE FROM business_day", "day 2026-11-20: no row is stored"),
        ("INSERT INTO series VALUES ('2020-01-01', 'B', 1)", "last number of series 2020-01-01 B"),
        ("DELETE FROM series", "last number of series 2026-11-20"),
        ("DELETE FROM counter", "counter 2: no row is stored"),
        ("INSERT INTO rescue VALUES (9999, 'standard', 5)", "rescue at position 9999: stored, but no event"),
        ("UPDATE ticket SET state = 'brewing'", "'brewing' is not a valid TicketState"),
        ("UPDATE counter SET state = 'brewing'", "'brewing' is not a valid CounterState"),
    ],
)
def test_a_changed_row_is_named(shell: Shell, db: Path, statement: str, told: str) -> None:
    tamper(db, *statement.split(";"))
    said = shell("verify", "--db", db)
    assert said.code == Exit.FAULTS_FOUND
    assert told in said.out
    assert "cannot be read" not in said.out
    assert said.is_one_line


@pytest.mark.parametrize(
    ("guard", "change", "told"),
    [
        ("delete", "DELETE FROM event WHERE position = 10", "the log jumps from position 9 to 11"),
        (
            "update",
            "UPDATE event SET body = '{' WHERE position = 10",
            "the event after position 9 cannot be read",
        ),
        (
            "update",
            "UPDATE event SET version = 99 WHERE position = 10",
            "the event at position 10 was written by a newer hallq",
        ),
    ],
)
def test_what_is_wrong_with_the_log_is_named(
    shell: Shell, db: Path, guard: str, change: str, told: str
) -> None:
    tamper(db, f"DROP TRIGGER event_no_{guard}", change)
    said = shell("verify", "--db", db)
    assert said.code == Exit.FAULTS_FOUND
    assert told in said.out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "ALTER TABLE ticket DROP COLUMN why",
            "table ticket: why: VARCHAR is declared, the file has –",
        ),
        (
            "ALTER TABLE figure ADD COLUMN more TEXT",
            "table figure: more: – is declared, the file has TEXT",
        ),
        ("DROP TABLE rescue", "table rescue: is missing"),
    ],
)
def test_other_tables_are_named_and_compared_no_further(
    shell: Shell, db: Path, change: str, told: str
) -> None:
    tamper(db, change)
    said = shell("verify", "--db", db)
    assert said.code == Exit.FAULTS_FOUND
    assert said.out.splitlines() == [told]


def test_a_log_without_its_guard_is_named(shell: Shell, db: Path) -> None:
    tamper(db, "DROP TRIGGER event_no_delete")
    said = shell("verify", "--db", db)
    assert said.code == Exit.FAULTS_FOUND
    assert "the guard event_no_delete is missing" in said.out


def test_many_differences_are_counted_and_not_all_told(shell: Shell, db: Path) -> None:
    tamper(db, "UPDATE figure SET value = value + 1", "UPDATE ticket SET calls = 9, recalls = 9, walk_ms = 9")
    said = shell("verify", "--db", db)
    assert said.code == Exit.FAULTS_FOUND
    assert "... and" in said.out
    assert len(said.out.splitlines()) == 101
