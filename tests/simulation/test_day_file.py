"""Day files: what is read, and how a bad row is named."""

from datetime import datetime
from pathlib import Path

import pytest

from hallq.settings import load_config
from hallq.simulation.day_file import DayFileError, read_day
from tests.simulation.days import HEADING, day_file

CONFIG = load_config()
GOOD = "2026-11-20T09:00:00,payment,none,60,,a"


def problem(folder: Path, row: str) -> str:
    """What is said about a row beside a good one."""
    (bad,) = read_day(day_file(folder, GOOD, row), CONFIG).bad_rows
    assert bad.line == 3
    return str(bad.problem)


def test_a_row_becomes_an_arrival_in_the_halls_own_time(tmp_path: Path) -> None:
    day = read_day(day_file(tmp_path, "2026-11-20T09:00:00.5,payment,gold,61.5,30,x"), CONFIG)
    (arrival,) = day.arrivals
    expected = datetime(2026, 11, 20, 9, 0, 0, 500_000, tzinfo=CONFIG.zone_info)
    assert arrival.arrived_ms == round(expected.timestamp() * 1000)
    assert (arrival.tier, arrival.service_ms, arrival.patience_ms) == ("gold", 61_500, 30_000)
    assert day.business_date == "2026-11-20"


def test_rows_are_taken_in_order_of_arrival(tmp_path: Path) -> None:
    day = read_day(day_file(tmp_path, "2026-11-20T10:00:00,payment,none,60,,late", GOOD), CONFIG)
    assert [arrival.customer for arrival in day.arrivals] == ["a", "late"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-11-20T09:00:00,payment,none,60,", "6 columns are needed, found 5"),
        ("2026-11-20T09:00:00,payment,none,60,,a,b", "6 columns are needed, found 7"),
        ('"2026-11-20T09:00:00,payment,none,60,,a', "a quotation mark is not closed"),
        ("2026-11-20T09:00:00,singing,none,60,,a", 'unknown service "singing"'),
        ("2026-11-20T09:00:00,,none,60,,a", 'unknown service ""'),
        ("2026-11-20T09:00:00,payment,king,60,,a", 'unknown tier "king"'),
        ("2026-11-20T09:00:00,payment,,60,,a", 'unknown tier ""'),
        ("2026-11-20,payment,none,60,,a", "unreadable time"),
        ("9 o'clock,payment,none,60,,a", "unreadable time"),
        ("2026-11-20T25:00:00,payment,none,60,,a", "unreadable time"),
        (",payment,none,60,,a", "unreadable time"),
        ("2026-11-20T09:00:00,payment,none,-1,,a", 'service_seconds "-1" is negative'),
        ("2026-11-20T09:00:00,payment,none,nan,,a", 'service_seconds "nan" is not a number'),
        ("2026-11-20T09:00:00,payment,none,1e9,,a", "longer than a day"),
        ("2026-11-20T09:00:00,payment,none,60,soon,a", 'patience_seconds "soon" is not a number'),
        ("0001-01-01T00:00:00,payment,none,60,,a", "unreadable time"),
        ("9999-12-31T23:00:00,payment,none,60,,a", "unreadable time"),
        ("1950-01-01T00:00:00,payment,none,60,,a", "is not the day of this file (2026-11-20)"),
        ("\x00\x1b[31m" * 3000 + ",payment,none,60,,a", "unreadable time"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, told: str) -> None:
    found = problem(tmp_path, row)
    assert told in found
    assert len(found) < 200
    assert found.isprintable()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_from_any_desk_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes(f"{HEADING}\r\n{GOOD[:-1]}客户\r\n\r\n".encode(encoding))
    assert [arrival.customer for arrival in read_day(path, CONFIG).arrivals] == ["客户"]


def test_customers_after_midnight_belong_to_the_day_that_began_before(tmp_path: Path) -> None:
    day = read_day(
        day_file(
            tmp_path, "2026-11-21T00:30:00,payment,none,60,,b", "2026-11-20T23:30:00,payment,none,60,,a"
        ),
        CONFIG,
    )
    assert (day.business_date, len(day.arrivals)) == ("2026-11-20", 2)
    night = read_day(day_file(tmp_path, "2026-11-21T00:30:00,payment,none,60,,b"), CONFIG)
    assert night.business_date == "2026-11-20"


@pytest.mark.parametrize("content", ["", HEADING, HEADING + "\nx\n", "service\npayment\n"])
def test_a_file_without_a_usable_row_is_no_day(tmp_path: Path, content: str) -> None:
    path = tmp_path / "day.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DayFileError) as raised:
        read_day(path, CONFIG)
    assert "\n" not in str(raised.value)


def test_strict_stops_at_the_first_bad_row(tmp_path: Path) -> None:
    with pytest.raises(DayFileError, match="line 3: 6 columns"):
        read_day(day_file(tmp_path, GOOD, "x", "y"), CONFIG, strict=True)
