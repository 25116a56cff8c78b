"""`hallq replay`: figures as data, bad rows by name, no day written over another."""

import _thread
import json
import signal
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from hallq.cli.exits import Exit
from tests.cli.conftest import Said, Shell
from tests.simulation.days import busy_morning, day_file

LANE = {"tickets": int, "service_level": float, "wait_p50_s": float, "wait_p90_s": float, "wait_max_s": float}
SCHEMA = {
    "tickets": int,
    "served": int,
    "missed": int,
    "waiting_at_close": int,
    "rejected": int,
    "contested": int,
    "events": int,
    "wall_seconds": float,
    "policy": str,
    "counters": int,
    "lanes": {"priority": LANE, "standard": LANE},
    "transactions": {"count": int, "service_level": float, "p50_s": float, "p90_s": float},
}


def shape(value: Any) -> Any:
    """An object's keys and types."""
    return {key: shape(part) for key, part in value.items()} if isinstance(value, dict) else type(value)


def figures(said: Said) -> dict[str, Any]:
    """The one object that was printed, without the time it took."""
    (line,) = said.out.splitlines()
    told: dict[str, Any] = json.loads(line)
    assert told.pop("wall_seconds") >= 0
    return told


def test_one_object_with_these_keys(shell: Shell, tmp_path: Path) -> None:
    said = shell("replay", busy_morning(tmp_path), "--counters", 5, "--json")
    assert (said.code, said.err) == (Exit.OK, "")
    assert shape(json.loads(said.out)) == SCHEMA


def test_the_same_day_gives_the_same_figures(shell: Shell, tmp_path: Path) -> None:
    day = busy_morning(tmp_path)
    words = ("replay", day, "--counters", 5, "--vip-counters", 1, "--policy", "strict", "--json")
    assert figures(shell(*words)) == figures(shell(*words))


def test_everybody_is_accounted_for(shell: Shell, tmp_path: Path) -> None:
    told = figures(shell("replay", busy_morning(tmp_path), "--counters", 5, "--json"))
    assert told["tickets"] == told["served"] + told["missed"] + told["waiting_at_close"] == 60
    assert told["missed"] > 0
    assert told["transactions"]["count"] == told["served"]
    assert sum(lane["tickets"] for lane in told["lanes"].values()) == 60


def test_bad_rows_are_named_left_out_and_counted(shell: Shell, tmp_path: Path) -> None:
    day = day_file(
        tmp_path,
        "2026-11-20T09:00:00,payment,none,60,,a",
        "2026-11-20T09:00:00,payment,none,60",
        "soon,payment,none,60,,b",
        "2026-11-20T09:00:00,singing,none,60,,c",
        "2026-11-20T09:00:00,payment,king,60,,d",
        "2026-11-20T09:00:00,payment,none,-60,,e",
        "2026-11-20T09:00:00,payment,none,60,-1,\x1b[2J",
    )
    said = shell("replay", day, "--counters", 1, "--json")
    assert said.code == Exit.OK
    assert figures(said)["rejected"] == 6
    assert figures(said)["tickets"] == 1
    assert [line.split(":")[0] for line in said.err.splitlines()] == [f"line {n}" for n in range(3, 9)]
    assert "\x1b" not in said.err


def test_strict_stops_at_the_first_bad_row(shell: Shell, tmp_path: Path) -> None:
    day = day_file(tmp_path, "2026-11-20T09:00:00,payment,none,60,,a", "soon,payment,none,60,,b")
    said = shell("replay", day, "--counters", 1, "--json", "--strict", "--db", tmp_path / "r.db")
    assert (said.code, said.out, said.is_one_line) == (Exit.INPUT, "", True)
    assert "line 3" in said.err
    assert not (tmp_path / "r.db").exists()


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\x00\xff\xfe\x81", b"arrived_at,service\n1,2\n"])
def test_a_file_that_is_no_day(shell: Shell, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "day.csv").write_bytes(content)
    said = shell("replay", tmp_path / "day.csv", "--counters", 1, "--json")
    assert (said.code, said.out, said.is_one_line) == (Exit.INPUT, "", True)


def test_a_file_that_holds_a_day_is_refused_unless_appended_to(shell: Shell, tmp_path: Path) -> None:
    day, db = busy_morning(tmp_path, 12), tmp_path / "r.db"
    first = figures(shell("replay", day, "--counters", 3, "--db", db, "--json"))
    refused = shell("replay", day, "--counters", 3, "--db", db, "--json")
    assert (refused.code, refused.out, refused.is_one_line) == (Exit.REFUSED, "", True)
    assert "--append" in refused.err
    more = figures(shell("replay", day, "--counters", 3, "--db", db, "--json", "--append"))
    assert more["tickets"] == first["tickets"] == 12
    assert shell("verify", "--db", db).code == Exit.OK


def test_an_older_day_may_follow_a_newer_one_in_the_same_file(shell: Shell, tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    shell("replay", busy_morning(tmp_path, 6), "--counters", 3, "--db", db, "--json")
    older = day_file(tmp_path, "1969-12-31T23:59:30,payment,none,60,,a", name="older.csv")
    said = shell("replay", older, "--counters", 1, "--db", db, "--json", "--append")
    assert figures(said)["served"] == 1
    assert shell("verify", "--db", db).code == Exit.OK


def test_a_day_worked_before_is_not_worked_again(shell: Shell, tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    old = day_file(tmp_path, "2026-11-19T09:00:00,payment,none,60,,a", name="old.csv")
    for day in (old, busy_morning(tmp_path, 6)):
        shell("replay", day, "--counters", 1, "--db", db, "--json", "--append")
    said = shell("replay", old, "--counters", 1, "--db", db, "--json", "--append")
    assert (said.code, said.out, said.is_one_line) == (Exit.REFUSED, "", True)
    assert "2026-11-19" in said.err


def _press_while_it_runs(folder: Path, ended: threading.Event) -> None:
    """Ctrl+C once the replay has its file."""
    while not list(folder.iterdir()) and not ended.wait(0.05):
        pass
    if not ended.wait(0.3):
        _thread.interrupt_main()


def test_the_keyboard_stops_it_and_nothing_is_left_behind(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    day = day_file(
        tmp_path, "2026-11-20T09:00:00,payment,none,60,,a", "2026-11-20T19:00:00,payment,none,60,,b"
    )
    # Started in the background of a shell, a program is deaf to this key, and so are these tests.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    ended = threading.Event()
    key = threading.Thread(target=_press_while_it_runs, args=(tmp_path / "tmp", ended))
    key.start()
    said = shell("replay", day, "--counters", 1, "--speed", 1)
    ended.set()
    key.join()
    signal.signal(signal.SIGINT, before)
    assert (said.code, said.err) == (Exit.INTERRUPTED, "hallq: interrupted\n")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_nothing_is_left_behind_without_a_file(shell: Shell, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    assert shell("replay", busy_morning(tmp_path, 6), "--counters", 3, "--json").code == Exit.OK
    assert list((tmp_path / "tmp").iterdir()) == []


def test_customers_are_not_in_the_file(shell: Shell, tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    day = day_file(tmp_path, "2026-11-20T09:00:00,payment,none,60,,customer-of-the-test")
    shell("replay", day, "--counters", 1, "--db", db, "--json")
    assert b"customer-of-the-test" not in db.read_bytes()
    with sqlite3.connect(db) as connection:
        (reference,) = connection.execute("SELECT customer FROM ticket").fetchone()
    connection.close()
    assert len(reference) == 24


def test_the_figures_for_people(shell: Shell, tmp_path: Path) -> None:
    said = shell("replay", busy_morning(tmp_path, 12), "--counters", 3)
    assert said.code == Exit.OK
    assert "Priority" in said.out
    assert "tickets 12, served" in said.out


def test_the_halls_own_settings_count(shell: Shell, tmp_path: Path) -> None:
    shell("init", tmp_path / "hall")
    (tmp_path / "hall" / "hall.toml").write_text('[calling]\npolicy = "arrival"\n', encoding="utf-8")
    said = shell("replay", busy_morning(tmp_path, 6), "--counters", 3, "--json", "--dir", tmp_path / "hall")
    assert figures(said)["policy"] == "arrival"
