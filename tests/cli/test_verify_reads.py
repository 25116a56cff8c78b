"""`hallq verify` only reads: whatever state the file is in, the folder stays as it was."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.cli.exits import Exit
from hallq.store import Store, open_store, schema
from tests.cli.conftest import Said, Shell

OLD_FILE = Path(__file__).parent.parent / "store" / "data" / "schema_0001.db"
STRANGE_ROW = "INSERT INTO figure VALUES ('2020-01-01', 'x', 1)"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; empty again in the end."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def working(hall: Path) -> Iterator[Store]:
    """A terminal that has written a row by which its part of the file is known."""
    store = open_store(hall / "hall.db")
    with store.writing() as connection:
        connection.execute(STRANGE_ROW)
    yield store
    store.close()


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time of its last change.

    Of the terminals' shared notes (-shm) only that they are there: whoever reads says so in them.
    """
    return {
        path.name: (b"", 0) if path.suffix == ".db-shm" else (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def verified(shell: Shell, folder: Path) -> Said:
    """What `hallq verify` says, after which the folder is as it was."""
    before = contents(folder)
    said = shell("verify", "--dir", folder)
    assert contents(folder) == before
    return said


def test_a_file_at_rest(shell: Shell, hall: Path) -> None:
    assert verified(shell, hall).code == Exit.OK


def test_a_file_that_a_terminal_works_on(shell: Shell, hall: Path, working: Store) -> None:
    said = verified(shell, hall)
    assert said.code == Exit.FAULTS_FOUND
    assert "2020-01-01" in said.out


@pytest.mark.parametrize("endings", [("", "-wal", "-shm"), ("", "-wal")], ids=["killed", "copied"])
def test_a_file_that_nobody_closed(
    shell: Shell, hall: Path, working: Store, tmp_path: Path, endings: tuple[str, ...]
) -> None:
    (tmp_path / "left").mkdir()
    for ending in endings:
        shutil.copy(hall / f"hall.db{ending}", tmp_path / "left")
    assert "2020-01-01" in verified(shell, tmp_path / "left").out


def test_a_file_of_an_older_hallq(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    shutil.copy(OLD_FILE, tmp_path / "old" / "hall.db")
    assert verified(shell, tmp_path / "old").code == Exit.OK


@pytest.mark.parametrize("revision", ["9998", None])
def test_a_newer_or_headless_file(shell: Shell, hall: Path, revision: str | None) -> None:
    with driver.connect(str(hall / "hall.db")) as connection:
        connection.execute("DELETE FROM alembic_version")
        if revision is not None:
            assert revision > schema.HEAD
            connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
    connection.close()
    said = verified(shell, hall)
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert str(hall / "hall.db") in said.err
