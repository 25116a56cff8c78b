"""`hallq day`: a day's figures to read and for a spreadsheet; its half hours add up."""

import csv
import io
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.domain import intents as i
from hallq.hall import Hall
from hallq.settings import load_config
from tests.builders import DATE, HandClock, TryHall, new_store
from tests.cli.conftest import Shell


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A hall's file with a worked day: 45 minutes at counter 2, five of them busy, a pause of ten."""
    path, clock = tmp_path / "hall.db", HandClock()
    store = new_store(path)
    hall = TryHall(Hall(store, load_config(), clock=clock), store, clock)
    hall.does(i.OpenDay(business_date=DATE))
    hall.does(i.OpenCounter(counter=2, clerk="=1+1"))
    clock.pass_minutes(30)
    hall.issues("payment")
    hall.serves(2)
    clock.pass_minutes(5)
    hall.finishes(2)
    hall.does(i.PauseCounter(counter=2, reason="rest"))
    clock.pass_minutes(10)
    hall.does(i.CloseDay())
    hall.hall.close()
    return path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_half_hours_say_how_many_counters_were_busy(shell: Shell, db: Path) -> None:
    said = shell("day", "--half-hours", "--db", db)
    assert said.code == Exit.OK
    hours = table(said.out)
    assert (hours[0]["starts"], hours[-1]["starts"]) == ("08:30", "17:30")
    worked = [hour for hour in hours if float(hour["counters"])]
    assert [(h["starts"], h["issued"], h["called"]) for h in worked] == [
        ("09:30", "0", "0"),
        ("10:00", "1", "1"),
    ]
    assert [(h["busy_minutes"], h["idle_minutes"], h["paused_minutes"]) for h in worked] == [
        ("0.0", "30.0", "0.0"),
        ("5.0", "0.0", "10.0"),
    ]
    assert [(h["counters"], h["busy_percent"]) for h in worked] == [("1.00", "0"), ("0.50", "100")]


def test_every_figure_has_a_row(shell: Shell, db: Path) -> None:
    said = shell("day", DATE, "--csv", "--db", db)
    rows = {(row["section"], row["item"], row["figure"]): row["value"] for row in table(said.out)}
    assert {row["date"] for row in table(said.out)} == {DATE}
    assert rows["numbers", "", "issued"] == rows["numbers", "", "finished"] == "1"
    assert rows["lane", "standard", "within_target"] == rows["lane", "standard", "counted"] == "1"
    assert rows["service", "payment", "mean_minutes"] == "5.0"
    assert rows["pause", "'=1+1/rest", "minutes"] == "10.0"
    assert rows["work", "2/'=1+1", "visits"] == "1"
    assert rows["complaints", "", "taken"] == "0"


def test_the_page_is_there_to_read(shell: Shell, db: Path) -> None:
    said = shell("day", "--db", db, "--language", "en")
    assert said.out.splitlines()[:2] == ["Service hall", "Sun 11/22: the whole day, 09:30–10:15"]
    assert "Where the numbers went" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 68


def test_a_day_that_was_not_worked_is_said(shell: Shell, db: Path) -> None:
    said = shell("day", "2020-01-01", "--db", db, "--language", "en")
    assert (said.code, said.err) == (Exit.REFUSED, "hallq: This hall has not worked on that day.\n")
