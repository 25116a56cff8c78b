"""A full disk, a locked file, a stuck terminal: nothing lost, and work goes on afterwards."""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.hall import Actor, Done, Hall
from hallq.store import StoreError, Trouble, open_store
from tests.builders import a_config
from tests.faults.helpers import end, open_hall, prepared, sound_state, start

ACTOR = Actor("1001", "t1")
ISSUE = i.IssueTicket(service="payment")


def _impatient(path: Path) -> Hall:
    return Hall(open_store(path, patience_seconds=0.05), a_config())


def _trouble(hall: Hall) -> Trouble:
    before = hall.state
    with pytest.raises(StoreError) as caught:
        hall.perform(ISSUE, ACTOR)
    assert hall.state == before
    return caught.value.trouble


def _issued_until_it_fails(hall: Hall) -> tuple[int, Trouble]:
    done = 0
    while True:
        try:
            hall.perform(ISSUE, ACTOR)
        except StoreError as error:
            return done, error.trouble
        done += 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk of its own needs the right to mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_recovers(small_disk: Path) -> None:
    path, ballast = small_disk / "hall.db", small_disk / "ballast"
    prepared(path, waiting=3, counters=1)
    hall = open_hall(path)
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4_096)
    done, trouble = _issued_until_it_fails(hall)
    assert trouble is Trouble.DISK_FULL
    assert len(hall.state.tickets) == 3 + done
    assert _trouble(hall) is Trouble.DISK_FULL
    ballast.unlink()
    assert isinstance(hall.perform(ISSUE, ACTOR), Done)
    hall.close()
    assert len(sound_state(path).tickets) == 4 + done


def test_a_file_locked_by_another_program_is_told_and_recovers(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    hall = _impatient(path)
    other = driver.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert _trouble(hall) is Trouble.LOCKED
    assert _trouble(hall) is Trouble.LOCKED
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(hall.perform(ISSUE, ACTOR), Done)
    hall.close()
    assert len(sound_state(path).tickets) == 2


_HOLDER = """
import sys
from pathlib import Path
from hallq.store import open_store
store = open_store(Path(sys.argv[1]))
with store.writing():
    print("mine", flush=True)
    sys.stdin.readline()
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP")
def test_a_stopped_terminal_that_holds_the_turn_is_told_and_waited_for_again(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    holder = start(_HOLDER, path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "mine\n"
    os.kill(holder.pid, signal.SIGSTOP)
    hall = _impatient(path)
    assert [_trouble(hall) for _ in range(3)] == [Trouble.ANOTHER_TERMINAL_STUCK] * 3
    os.kill(holder.pid, signal.SIGCONT)
    holder.communicate("go\n")
    assert isinstance(hall.perform(ISSUE, ACTOR), Done)
    assert isinstance(open_hall(path).perform(ISSUE, ACTOR), Done)
    hall.close()
    assert len(sound_state(path).tickets) == 3


_GATE_KEEPER = """
import os, sys
from hallq.locks import wait_for_lock
wait_for_lock(os.open(sys.argv[1], os.O_RDWR), 1 << 24)
print("mine", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX locks")
@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, Trouble.DISK_FULL), (errno.EIO, Trouble.IO_ERROR)])
def test_a_disk_that_fails_while_a_terminal_stands_in_line_is_told_and_recovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: Trouble
) -> None:
    import fcntl

    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    hall = open_hall(path)
    keeper = start(_GATE_KEEPER, path.with_name("hall.db.turn"))
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "mine\n"
    locked = fcntl.lockf

    def failing(descriptor: int, how: int, *place: int) -> None:
        if how == fcntl.LOCK_EX:  # only where it would wait
            raise OSError(code, "the disk")
        locked(descriptor, how, *place)

    with monkeypatch.context() as disk:
        disk.setattr(fcntl, "lockf", failing)
        assert _trouble(hall) is told
    end(keeper)
    assert isinstance(hall.perform(ISSUE, ACTOR), Done)
    hall.close()
    assert len(sound_state(path).tickets) == 2


def test_a_terminal_that_dies_in_its_turn_gives_it_up(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    holder = start(_HOLDER, path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "mine\n"
    end(holder)
    hall = _impatient(path)
    assert isinstance(hall.perform(ISSUE, ACTOR), Done)
    hall.close()


class _FaultyConnection(driver.Connection):  # type: ignore[misc]
    """A connection whose disk fails once, before or after the commit took place; or for all that is read."""

    fails: str | None = None
    reads_fail = False

    def execute(self, *arguments: Any) -> Any:
        """Execute as the disk allows."""
        if _FaultyConnection.reads_fail:
            raise driver.OperationalError("disk I/O error")
        return super().execute(*arguments)

    def commit(self) -> None:
        """Commit as the disk allows."""
        failing, _FaultyConnection.fails = _FaultyConnection.fails, None
        if failing is None or failing.startswith("after"):
            super().commit()
        if failing is not None:
            _FaultyConnection.reads_fail = failing.endswith("for longer")
            raise driver.OperationalError("disk I/O error")


@pytest.fixture
def faulty_hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A hall on a disk that can be told to fail."""
    connect = driver.connect

    def connect_faulty(*arguments: Any, **options: Any) -> Any:
        return connect(*arguments, factory=_FaultyConnection, **options)

    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    monkeypatch.setattr(driver, "connect", connect_faulty)
    hall = open_hall(path)
    yield hall
    _FaultyConnection.reads_fail = False
    hall.close()


def test_a_commit_that_failed_after_it_was_written_is_done(faulty_hall: Hall, tmp_path: Path) -> None:
    _FaultyConnection.fails = "after"
    result = faulty_hall.perform(ISSUE, ACTOR)
    assert isinstance(result, Done)
    assert len(result.state.tickets) == 2
    assert sound_state(tmp_path / "hall.db") == faulty_hall.state == result.state


def test_a_commit_that_failed_before_it_was_written_is_not_done(faulty_hall: Hall, tmp_path: Path) -> None:
    _FaultyConnection.fails = "before"
    assert _trouble(faulty_hall) is Trouble.IO_ERROR
    assert sound_state(tmp_path / "hall.db") == faulty_hall.state
    assert isinstance(faulty_hall.perform(ISSUE, ACTOR), Done)
    assert len(sound_state(tmp_path / "hall.db").tickets) == 2


@pytest.mark.parametrize(("fails", "tickets"), [("after, for longer", 2), ("before, for longer", 1)])
def test_a_commit_that_cannot_be_looked_up_is_called_unknown_until_it_can(
    faulty_hall: Hall, tmp_path: Path, fails: str, tickets: int
) -> None:
    _FaultyConnection.fails = fails
    assert _trouble(faulty_hall) is Trouble.OUTCOME_UNKNOWN
    assert _trouble(faulty_hall) is Trouble.OUTCOME_UNKNOWN
    with pytest.raises(StoreError):
        faulty_hall.refresh()
    _FaultyConnection.reads_fail = False
    assert faulty_hall.refresh() is (tickets == 2)
    assert len(faulty_hall.state.tickets) == tickets
    assert sound_state(tmp_path / "hall.db") == faulty_hall.state


def test_an_unknown_outcome_is_looked_up_before_the_next_write(faulty_hall: Hall, tmp_path: Path) -> None:
    _FaultyConnection.fails = "after, for longer"
    assert _trouble(faulty_hall) is Trouble.OUTCOME_UNKNOWN
    _FaultyConnection.reads_fail = False
    assert isinstance(faulty_hall.perform(ISSUE, ACTOR), Done)
    assert sorted(t.label for t in faulty_hall.state.tickets.values()) == ["B001", "B002", "B003"]
    assert sound_state(tmp_path / "hall.db") == faulty_hall.state
