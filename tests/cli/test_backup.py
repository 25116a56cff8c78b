"""`hallq backup` and `hallq hub backup`: what people are told, exit codes, and what is never replaced."""

import shutil
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.store import open_store
from tests.cli.conftest import Said, Shell
from tests.hub.processes import serving

KEY = "hall.db.cipher-key"


def _stopped(said: Said, *words: str) -> None:
    assert (said.code, said.out, said.is_one_line) == (Exit.STORE, "", True)
    assert all(word in said.err for word in words), said.err


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_is_put_back(shell: Shell, hall: Path) -> None:
    said = shell("backup", "one.db", "--dir", hall)
    assert (said.code, said.out) == (Exit.OK, "one.db\n")
    assert str(hall / "hall.db") in said.err
    assert _names(Path.cwd()) == {"one.db"}
    shutil.copy("one.db", hall / "hall.db")
    assert shell("verify", "--dir", hall).code == Exit.OK


def test_an_encrypted_one_says_which_key_opens_it(shell: Shell, hall: Path) -> None:
    shell("encrypt", "--dir", hall)
    said = shell("backup", "one.db", "--dir", hall)
    assert str(hall / KEY) in said.err
    assert "put the key there as one.db.cipher-key" in said.err
    assert _names(Path.cwd()) == {"one.db"}
    _stopped(shell("verify", "--db", "one.db"), "one.db.cipher-key is missing")
    shutil.copy(hall / KEY, "one.db.cipher-key")
    assert shell("verify", "--db", "one.db").code == Exit.OK


def test_nothing_but_an_older_backup_is_replaced_and_only_when_asked(shell: Shell, hall: Path) -> None:
    shell("backup", "one.db", "--dir", hall)
    older = Path("one.db").read_bytes()
    open_store(hall / "hall.db").close()
    shell("hub", "enroll", "--hall", "h", "--name", "x", "--db", "hub.db")
    _stopped(shell("hub", "backup", "one.db", "--db", "hub.db"), "one.db is there already", "--overwrite")
    assert Path("one.db").read_bytes() == older
    assert shell("hub", "backup", "one.db", "--db", "hub.db", "--overwrite").code == Exit.OK
    assert Path("one.db").read_bytes() != older
    text = (hall / "hall.toml").read_text(encoding="utf-8")
    _stopped(shell("backup", hall / "hall.toml", "--dir", hall, "--overwrite"), "no older backup")
    assert (hall / "hall.toml").read_text(encoding="utf-8") == text
    _stopped(shell("backup", ".", "--dir", hall, "--overwrite"), "no older backup")


@pytest.mark.parametrize("ways", ["the same", "a link"])
def test_a_file_is_not_backed_up_onto_itself(shell: Shell, hall: Path, ways: str) -> None:
    target = hall / "hall.db"
    before = target.read_bytes()
    if ways == "a link":
        Path("link.db").symlink_to(target)
        target = Path("link.db")
    _stopped(shell("backup", target, "--dir", hall, "--overwrite"), "is the database itself")
    assert (hall / "hall.db").read_bytes() == before


def test_the_file_of_another_terminal_at_work_is_not_replaced(shell: Shell, hall: Path) -> None:
    assert shell("init", "other").code == Exit.OK
    store = open_store(Path("other/hall.db"))
    with store.writing() as connection:
        connection.execute("INSERT INTO figure VALUES ('2020-01-01', 'x', 1)")
    try:
        said = shell("backup", "other/hall.db", "--dir", hall, "--overwrite")
        _stopped(said, "other/hall.db-wal lies there", "Nothing was changed")
    finally:
        store.close()


def test_places_that_cannot_be(shell: Shell, hall: Path) -> None:
    _stopped(
        shell("backup", "nowhere/one.db", "--dir", hall), "nowhere/one.db: there is no such file or folder"
    )
    Path("a-file").touch()
    _stopped(shell("backup", "a-file/one.db", "--dir", hall), "is a file, not a folder")
    _stopped(shell("backup", "one.db", "--db", "no-hall.db"), "There is no hall at no-hall.db")
    _stopped(shell("hub", "backup", "one.db", "--db", "no-hub.db"), "There is no hub at no-hub.db")
    said = shell("hub", "backup", "one.db", "--db", "postgresql://host/name")
    assert (said.code, said.is_one_line) == (Exit.USAGE, True)
    assert "pg_basebackup" in said.err
    assert _names(Path.cwd()) == {"a-file"}


def test_a_hub_that_serves(shell: Shell) -> None:
    shell("hub", "enroll", "--hall", "north-hall", "--name", "x", "--db", "hub.db")
    shell("hub", "encrypt", "--db", "hub.db")
    with serving(Path.cwd(), "--db", "hub.db"):
        assert shell("hub", "backup", "copy.db", "--db", "hub.db").code == Exit.OK
    shutil.copy("hub.db.cipher-key", "copy.db.cipher-key")
    assert "north-hall" in shell("hub", "status", "--db", "copy.db").out
