"""Work whose commits reach the disk together: nothing else about the file changes."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.store import Store, open_store
from hallq.store.verify import verify_store
from tests.builders import HandClock, TryHall, a_hall


def synchronous(store: Store) -> int:
    """SQLite's setting on a connection: 1 syncs later, 2 with each commit."""
    with store.reading() as connection:
        return int(connection.execute("PRAGMA synchronous").fetchone()[0])


def test_it_holds_inside_only(store: Store) -> None:
    assert synchronous(store) == 2
    with store.synced_at_the_end():
        assert synchronous(store) == 1
    assert synchronous(store) == 2


def test_all_is_in_the_file_itself_at_the_end(hall: TryHall) -> None:
    with hall.store.synced_at_the_end():
        hall.opens(2)
        for _ in range(20):
            hall.issues()
            hall.serves()
            hall.finishes()
    journal = hall.store.path.with_name(hall.store.path.name + "-wal")
    assert journal.stat().st_size == 0
    assert verify_store(hall.store).agrees
    assert hall.store.load_state() == hall.state


def test_others_are_noticed_afterwards(hall: TryHall, store: Store) -> None:
    with store.synced_at_the_end():
        hall.issues()
    assert not hall.refuses(i.OpenDay(business_date="2026-11-22")).startswith("x")
    hall.hall.refresh()
    assert len(hall.state.waiting()) == 1


def test_with_a_reader_in_between_all_is_on_the_disk_too(tmp_path: Path) -> None:
    hall = a_hall(open_store(tmp_path / "hall.db", create=True, patience_seconds=0.05), HandClock())
    reader = driver.connect(tmp_path / "hall.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM event").fetchall()
    with hall.store.synced_at_the_end():
        hall.issues()
    reader.close()
    assert verify_store(hall.store).agrees
    hall.hall.close()


_TRIES = """
import fcntl, os, sys
descriptor = os.open(sys.argv[1], os.O_RDWR)
try:
    fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
except OSError:
    print("in use")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX lets go of locks when any descriptor closes")
def test_sqlite_keeps_its_lock_on_the_file(hall: TryHall) -> None:
    with hall.store.synced_at_the_end():
        hall.issues()
    command = [sys.executable, "-c", _TRIES, str(hall.store.path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "in use\n"
