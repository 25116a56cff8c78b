"""What people type to get in is in no file, no log and no report of a fault, under any wrong or right try."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq import logs
from hallq.app import HallApp
from hallq.hall import Actor, Hall
from hallq.store import open_store
from tests.builders import TryHall, a_config
from tests.screens.hands import painted, settled
from tests.screens.test_sign_in import at, types
from tests.staff.people import CLERK, EVERYBODY, PASSWORD, PIN, employ

TYPED = ("wrong but telling guess", "739164", PASSWORD)


def _everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's log, beside the hall's file."""
    monkeypatch.setattr(logs._Current, "file", None)
    path = logs.start_log(tmp_path / "log")
    assert path is not None
    yield path
    if logs._Current.file is not None:
        logs._Current.file.close()


async def test_nothing_that_opens_a_door_is_written(hall: TryHall, journal: Path, tmp_path: Path) -> None:
    employ(hall.hall, *EVERYBODY)
    async with at(hall, "counter", counter=2) as pilot:
        await types(pilot, "1001", TYPED[0], PASSWORD)
        await pilot.press("f12")
        await types(pilot, TYPED[1], PIN)
        assert pilot.app.current_mode == "counter"
    written = _everything(tmp_path)
    assert CLERK.number.encode() in written
    for secret in (*TYPED, f'"{PIN}"'):
        assert secret.encode() not in written


async def test_a_fault_while_a_password_is_looked_at_tells_nothing_of_it(
    hall: TryHall, journal: Path, tmp_path: Path
) -> None:
    employ(hall.hall, *EVERYBODY)
    store = open_store(tmp_path / "hall.db")
    broken = Hall(store, a_config(), clock=hall.clock)
    with store.writing() as connection:
        connection.execute("DROP TABLE wrong_try")
    async with at(TryHall(broken, store, hall.clock), "guide") as pilot:
        await types(pilot, "2001", TYPED[0])
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"
        assert TYPED[0] not in painted(pilot)
    store.close()
    assert TYPED[0].encode() not in _everything(tmp_path)


def test_a_crash_names_no_values(hall: TryHall, journal: Path) -> None:
    app = HallApp(hall.hall, Actor("", "t1"))

    def typing(password: str) -> None:
        raise ValueError(len(password))

    try:
        typing(TYPED[0])
    except ValueError:
        app.report_trouble(sys.exc_info()[1])  # type: ignore[arg-type]
    assert TYPED[0] not in journal.read_text(encoding="utf-8")
    assert "ValueError" in journal.read_text(encoding="utf-8")
