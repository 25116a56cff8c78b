"""The highest numbers given out, beside the database."""

from pathlib import Path

from hallq.store import numbers
from hallq.store.numbers import LEAP, Given

DATE = "2026-11-22"
NEXT = "2026-11-23"


def _keep(path: Path, date: str = DATE, **given: int) -> None:
    numbers.keep(path, date, given, DATE)


def test_the_highest_of_each_series_stays(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.begin(path)
    _keep(path, A=12, B=3)
    _keep(path, A=5, B=4, C=1)
    assert numbers.read(path, DATE) == Given({"A": 12, "B": 4, "C": 1})


def test_a_new_day_begins_anew_also_after_a_long_one(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.begin(path)
    numbers.keep(path, DATE, {f"A{digit}": 100 + digit for digit in range(100)}, DATE)
    assert len(numbers.read(path, DATE).highest) == 100
    _keep(path, NEXT, A=1)
    assert numbers.read(path, NEXT) == Given({"A": 1})
    assert numbers.read(path, DATE) == Given()


def test_where_the_file_is_lost_each_series_leaps_once(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    for lost in (None, b"\xff{", b"[]"):
        if lost is not None:
            numbers.path_of(path).write_bytes(lost)
        assert numbers.read(path, DATE) == Given(leap=LEAP)
        _keep(path, A=113)
        assert numbers.read(path, DATE) == Given({"A": 113}, LEAP)
        assert numbers.read(path, NEXT) == Given()


def test_a_day_that_the_database_has_forgotten_leaps_too(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.keep(path, DATE, {"A": 113}, NEXT)
    assert numbers.read(path, NEXT) == Given(leap=LEAP)
    numbers.keep(path, NEXT, {"A": 101}, NEXT)
    assert numbers.read(path, NEXT) == Given({"A": 101}, LEAP)


def test_a_file_that_is_older_too_leaps_over_what_it_knows(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.begin(path)
    _keep(path, A=12)
    numbers.doubt(path)
    assert numbers.read(path, DATE) == Given({"A": 112}, LEAP)


def test_a_series_that_the_database_has_forgotten_stays_known(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    numbers.begin(path)
    _keep(path, A=3, V=2)
    _keep(path, A=1, B=1)
    assert numbers.read(path, DATE) == Given({"A": 3, "V": 2, "B": 1})
