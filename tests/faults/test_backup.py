"""A backup is one whole moment of a file that others work at, or there is none."""

import contextlib
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.store import StoreError, Trouble, open_store
from hallq.store.backup import back_up
from hallq.store.encrypted import Kind, key_path, kind_of
from hallq.store.proof import verify_file
from tests.faults.helpers import end, prepared, sound_state, start
from tests.faults.test_disk import small_disk
from tests.rig.waiting import until

__all__ = ["small_disk"]

_WRITER = """
import sys
from pathlib import Path
from hallq.domain import intents as i
from hallq.hall import Actor
from tests.faults.helpers import open_hall

hall = open_hall(Path(sys.argv[1]))
while True:
    hall.perform(i.IssueTicket(service="payment"), Actor("guide", "door"))
    print(len(hall.state.tickets), flush=True)
"""


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_of_a_file_that_another_program_writes(tmp_path: Path, encrypted: bool) -> None:
    path, target = tmp_path / "hall.db", tmp_path / "elsewhere" / "one.db"
    prepared(path, waiting=20, counters=1, encrypted=encrypted)
    writer = start(_WRITER, path)
    try:
        assert writer.stdout is not None
        for _backup in range(3):
            target.parent.mkdir()
            before = int(writer.stdout.readline())
            back_up(path, target)
            assert [file.name for file in target.parent.iterdir()] == ["one.db"]
            assert target.stat().st_mode & 0o777 == 0o600
            assert kind_of(target) is (Kind.ENCRYPTED if encrypted else Kind.PLAIN)
            if encrypted:
                shutil.copy(key_path(path), key_path(target))
            assert verify_file(target).agrees
            assert len(sound_state(target).tickets) >= before
            shutil.rmtree(target.parent)
    finally:
        end(writer)
    assert len(sound_state(path).tickets) >= before


def test_what_is_written_meanwhile_is_not_held_up_and_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two steps of the copying a terminal writes; the backup is the moment at which it began."""
    path, target = tmp_path / "hall.db", tmp_path / "one.db"
    prepared(path, waiting=20, counters=1)
    before = path.read_bytes()
    with contextlib.closing(open_store(path)) as store:

        class Source(driver.Connection):  # type: ignore[misc]  # the driver has no types
            def backup(self, target: driver.Connection, **told: object) -> None:
                def step(*_left: int) -> None:
                    with store.writing() as connection:
                        connection.execute("INSERT INTO figure VALUES ('2020-01-01', hex(randomblob(9)), 1)")

                super().backup(target, pages=1, progress=step)

        connect = driver.connect
        monkeypatch.setattr(driver, "connect", lambda *a, **k: connect(*a, factory=Source, **k))
        back_up(path, target)
    assert path.read_bytes() != before
    assert verify_file(target).agrees
    assert not verify_file(path).agrees


def test_a_full_disk_leaves_no_half_backup(small_disk: Path, tmp_path: Path) -> None:
    path, target = tmp_path / "hall.db", small_disk / "one.db"
    prepared(path, waiting=20, counters=1)
    target.write_bytes(path.read_bytes())
    older = target.read_bytes()
    (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free - path.stat().st_size // 2))
    with pytest.raises(StoreError) as caught:
        back_up(path, target, overwrite=True)
    assert caught.value.trouble is Trouble.DISK_FULL
    assert target.read_bytes() == older
    assert sorted(file.name for file in small_disk.iterdir()) == ["ballast", "one.db"]


def test_a_damaged_file_is_told_and_not_backed_up(tmp_path: Path) -> None:
    path, target = tmp_path / "hall.db", tmp_path / "one.db"
    prepared(path, waiting=20, counters=1)
    with path.open("rb+") as file:
        file.seek(3 * 4096)
        file.write(bytes(4096))
    with pytest.raises(StoreError) as caught:
        back_up(path, target)
    assert caught.value.trouble is Trouble.DAMAGED
    assert not target.exists()


def test_a_killed_backup_leaves_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=20, counters=1)
    killed = start(_STUCK, path, tmp_path / "one.db")
    try:
        until(lambda: list(tmp_path.glob(".one.db.*/draft")), "it copies")
    finally:
        end(killed)
    assert not (tmp_path / "one.db").exists()
    back_up(path, tmp_path / "one.db")
    assert sound_state(tmp_path / "one.db") == sound_state(path)


_STUCK = """
import os, sys, time
from pathlib import Path
from hallq.store.backup import back_up
os.fsync = lambda descriptor: time.sleep(600)
back_up(Path(sys.argv[1]), Path(sys.argv[2]))
"""
