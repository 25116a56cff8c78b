"""Files and places that cannot work are told apart before the first key press."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.hall import Actor
from hallq.store import StoreError, Trouble, open_store
from tests.faults.helpers import ROOT, open_hall, prepared


def _trouble(path: Path, *, create: bool = False) -> Trouble:
    with pytest.raises(StoreError) as caught:
        open_store(path, create=create)
    return caught.value.trouble


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert _trouble(tmp_path / "hall.db") is Trouble.MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert _trouble(tmp_path / "no" / "hall.db", create=True) is Trouble.NO_FOLDER


@pytest.mark.parametrize("content", [b"a letter to my aunt", b"\x89PNG\r\n", b"SQLite format 2\x00", b"\n"])
def test_any_other_file_is_not_a_database_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hall.db"
    path.write_bytes(content)
    assert _trouble(path, create=True) is Trouble.NOT_A_DATABASE
    assert path.read_bytes() == content


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert _trouble(tmp_path) is Trouble.NOT_A_DATABASE


def test_a_header_without_a_database_is_damaged_or_none(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 4_096)
    assert _trouble(path) in (Trouble.NOT_A_DATABASE, Trouble.DAMAGED)


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    with driver.connect(path) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    assert _trouble(path) is Trouble.FOREIGN_DATABASE
    with driver.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]
    other.close()


def test_a_file_of_a_later_hallq_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    with driver.connect(path) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    assert _trouble(path) is Trouble.NEWER_VERSION


def test_a_file_without_its_revision_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    with driver.connect(path) as other:
        other.execute("DELETE FROM alembic_version")
    other.close()
    assert _trouble(path) is Trouble.DAMAGED


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, Trouble.DISK_FULL),
        (errno.EIO, Trouble.IO_ERROR),
        (errno.EACCES, Trouble.NO_PERMISSION),
        (errno.EROFS, Trouble.NO_PERMISSION),
    ],
)
def test_a_disk_that_takes_no_file_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, told: Trouble
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(code, "the disk")

    monkeypatch.setattr(Path, "touch", failing)
    assert _trouble(tmp_path / "hall.db", create=True) is told


def test_a_file_that_lost_its_end_is_never_taken_for_whole(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=40, counters=1)
    whole = path.read_bytes()
    for keep in (1, 4):
        path.write_bytes(whole[: len(whole) * keep // 5])
        with pytest.raises(StoreError) as caught:
            open_store(path).load_state()
        assert caught.value.trouble in (Trouble.DAMAGED, Trouble.NOT_A_DATABASE)


def test_overwritten_pages_are_damage_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=40, counters=1)
    content = bytearray(path.read_bytes())
    content[8_192:] = b"\xa5" * len(content[8_192:])
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        open_store(path).load_state()
    assert caught.value.trouble is Trouble.DAMAGED


def test_an_event_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=1, counters=1)
    hall = open_hall(path)
    store = open_store(path)
    with store.writing() as connection:
        connection.execute(
            "INSERT INTO event SELECT position + 1, 'ticket.missed', 1, at_ms, wall_ms, boot_id, boot_ms, "
            "terminal, incarnation, seq + 1, actor, business_date, '{', '', '', 0, 0 FROM event "
            "ORDER BY position DESC LIMIT 1"
        )
    store.close()
    for read in (hall.refresh, lambda: hall.perform(i.DivertCustomer(service="payment"), Actor("1", "t"))):
        with pytest.raises(StoreError) as caught:
            read()
        assert caught.value.trouble is Trouble.DAMAGED
    hall.close()


_AS_NOBODY = """
import os, sys
from pathlib import Path
from hallq.domain import intents as i
from hallq.hall import Actor
from hallq.store import StoreError, open_store
os.setuid(65534)
try:
    open_store(Path(sys.argv[1]), create=True)
except StoreError as error:
    print(error.trouble)
"""


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="becomes another user: needs root")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o600, 0o777), (None, 0o755), (0o666, 0o700)])
def test_without_permission_the_reason_is_named(file_mode: int | None, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hall.db"
        if file_mode is not None:
            prepared(path, waiting=1, counters=1)
            path.chmod(file_mode)
        Path(folder).chmod(folder_mode)
        command = [sys.executable, "-c", _AS_NOBODY, str(path)]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr) == ("no-permission\n", "")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "vboxsf", "lustre", "fuse.sshfs", "fuse.rclone"])
def test_a_disk_on_the_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounted = [
        SimpleNamespace(mountpoint="/", fstype="ext4"),
        SimpleNamespace(mountpoint=str(tmp_path), fstype=kind.upper()),
        SimpleNamespace(mountpoint=str(tmp_path / "usb"), fstype="fuse.exfat"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda *, all: mounted)
    assert _trouble(tmp_path / "hall.db", create=True) is Trouble.NETWORK_DISK
    (tmp_path / "usb").mkdir()
    open_store(tmp_path / "usb" / "hall.db", create=True).close()
