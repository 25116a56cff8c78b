"""A number is given to one customer only, also when files come back from backups."""

import shutil
from pathlib import Path

import pytest

from hallq.store import numbers, open_store
from tests.builders import HandClock, TryHall, a_hall


def _opened(path: Path) -> TryHall:
    return a_hall(open_store(path, create=True), HandClock())


def _issued(hall: TryHall) -> str:
    ticket_id = hall.issues()
    return hall.state.tickets[ticket_id].label


@pytest.fixture
def put_back(tmp_path: Path) -> Path:
    """A file from a backup after three tickets, in the place of one with five."""
    path, backup = tmp_path / "hall.db", tmp_path / "backup.db"
    for count in (3, 2):
        hall = _opened(path)
        for _ in range(count):
            hall.issues()
        hall.hall.close()
        if count == 3:
            shutil.copy(path, backup)
    shutil.copy(backup, path)
    return path


def test_a_new_hall_begins_with_one(tmp_path: Path) -> None:
    hall = _opened(tmp_path / "hall.db")
    assert _issued(hall) == "B001"
    hall.hall.close()


def test_the_file_beside_the_database_knows_what_it_forgot(put_back: Path) -> None:
    hall = _opened(put_back)
    assert _issued(hall) == "B006"
    hall.hall.close()


def test_without_that_file_the_numbers_leap_once(put_back: Path) -> None:
    numbers.path_of(put_back).unlink()
    hall = _opened(put_back)
    assert [_issued(hall), _issued(hall)] == ["B104", "B105"]
    hall.hall.close()
