"""Turns to write: in the order of coming, and with time to prepare shortly before."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq.store.turn import Turn
from tests.faults.helpers import end, start
from tests.rig.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a lock that many may wait for")

_COMES = """
import os, sys
from pathlib import Path
from hallq.store.turn import Turn

diary = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND)

def note(what):
    os.write(diary, f"{sys.argv[3]} {what}\\n".encode())

with Turn(Path(sys.argv[1]), 60).taken(lambda: note("prepares")):
    note("begins")
    sys.stdin.readline()
    note("ends")
"""


class Queue:
    """Programs that stand in line for one file, and what they note in common."""

    def __init__(self, folder: Path) -> None:
        """`folder`: for the lock file and the diary."""
        self.path = folder / "hall.db.turn"
        self._diary = folder / "diary"
        self._diary.touch()
        self._programs: dict[str, subprocess.Popen[str]] = {}

    def joins(self, name: str) -> None:
        """One more program; it has its number when this returns."""
        drawn = self._last_drawn()
        self._programs[name] = start(_COMES, self.path, self._diary, name)
        until(lambda: self._last_drawn() > drawn, f"{name} has a number")

    def _last_drawn(self) -> int:
        head = self.path.read_bytes()[:8] if self.path.exists() else b""
        return int(struct.unpack("<Q", head)[0]) if len(head) == 8 else 0

    def ends(self, name: str) -> None:
        """Its turn came, and is over."""
        self.notes(f"{name} begins")
        self._programs[name].communicate("go\n")

    def dies(self, name: str) -> None:
        """It is killed where it stands."""
        end(self._programs[name])

    def notes(self, what: str) -> None:
        """Wait until somebody noted this."""
        until(lambda: what in self.diary(), what)

    def diary(self) -> list[str]:
        """What all did, in order."""
        return self._diary.read_text().splitlines()

    def close(self) -> None:
        """End them all."""
        for program in self._programs.values():
            end(program)


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    """A line that nobody stands in."""
    queue = Queue(tmp_path)
    yield queue
    queue.close()


def test_turns_come_in_order_and_only_the_next_one_prepares(queue: Queue) -> None:
    for name in ("first", "second", "third"):
        queue.joins(name)
    queue.notes("second prepares")
    for name in ("first", "second", "third"):
        queue.ends(name)
    diary = queue.diary()
    assert [note for note in diary if not note.endswith("prepares")] == [
        f"{name} {what}" for name in ("first", "second", "third") for what in ("begins", "ends")
    ]
    assert "first prepares" not in diary
    assert diary.index("second prepares") < diary.index("first ends") < diary.index("third prepares")
    assert diary.index("third prepares") < diary.index("third begins")


def test_who_dies_in_line_gives_the_place_up(queue: Queue) -> None:
    for name in ("first", "second", "third"):
        queue.joins(name)
    queue.dies("second")
    queue.ends("first")
    queue.ends("third")
    assert queue.diary()[-2:] == ["third begins", "third ends"]


def test_who_fails_to_prepare_lets_the_next_one_go(queue: Queue) -> None:
    queue.joins("first")
    queue.notes("first begins")
    turn = Turn(queue.path, patience_seconds=60)
    with pytest.raises(ZeroDivisionError), turn.taken(_fails):
        raise AssertionError("what was not prepared does not begin")
    queue.joins("third")
    queue.ends("first")
    queue.ends("third")
    with turn.taken(_fails):
        queue.notes("third ends")  # nobody is before: nothing to prepare
    turn.close()


def _fails() -> None:
    raise ZeroDivisionError
