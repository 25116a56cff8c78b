"""The highest numbers given out, beside the database."""

from pathlib import Path

from hallq.store import numbers

DATE = "2026-11-22"


def test_the_highest_of_each_series_stays(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.keep(path, DATE, {"A": 12, "B": 3})
    numbers.keep(path, DATE, {"A": 5, "B": 4, "C": 1})
    assert numbers.read(path, DATE) == {"A": 12, "B": 4, "C": 1}


def test_a_new_day_begins_anew_also_after_a_long_one(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.keep(path, DATE, {f"A{digit}": 100 + digit for digit in range(100)})
    assert len(numbers.read(path, DATE)) == 100
    numbers.keep(path, "2026-11-23", {"A": 1})
    assert numbers.read(path, "2026-11-23") == {"A": 1}
    assert numbers.read(path, DATE) == {}


def test_a_file_that_cannot_be_read_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.path_of(path).write_bytes(b"\xff{")
    assert numbers.read(path, DATE) == {}
    numbers.keep(path, DATE, {"A": 1})
    assert numbers.read(path, DATE) == {"A": 1}


def test_a_series_that_the_database_has_forgotten_stays_known(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.keep(path, DATE, {"A": 3, "V": 2})
    numbers.keep(path, DATE, {"A": 1, "B": 1})
    assert numbers.read(path, DATE) == {"A": 3, "V": 2, "B": 1}
