"""`hallq init --encrypted`, `encrypt`, `decrypt`, the same at a hub: what people are told, and exit codes."""

from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.store import open_store
from tests.cli.conftest import Said, Shell
from tests.faults.helpers import end, start
from tests.hub.processes import serving

KEY = "hall.db.cipher-key"


def _start_of(path: Path) -> bytes:
    return path.read_bytes()[:15]


def test_a_new_hall_is_encrypted_from_its_first_byte_and_everything_opens_it(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "hall"
    said = shell("init", folder, "--encrypted")
    assert said.out.split() == [str(folder / name) for name in ("hall.toml", "hall.db", KEY)]
    assert "in another place" in said.err
    assert _start_of(folder / "hall.db") == b"hallq encrypted"
    assert shell("verify", "--dir", folder).code == Exit.OK
    assert shell("status", "--dir", folder).out == "This hall has no hub.\n"
    doctor = shell("doctor", "--dir", folder).out
    assert f"✓ encrypted, key: {folder / KEY}" in doctor
    assert shell("init", folder, "--encrypted").code == Exit.REFUSED


def test_a_key_that_others_may_read_is_noticed(shell: Shell, hall: Path) -> None:
    shell("encrypt", "--dir", hall)
    (hall / KEY).chmod(0o644)
    assert f"✗ {hall / KEY} can be read by others" in shell("doctor", "--dir", hall).out


def test_there_and_back(shell: Shell, hall: Path) -> None:
    said = shell("encrypt", "--dir", hall)
    assert (said.code, said.out) == (Exit.OK, f"{hall / KEY}\n")
    assert _start_of(hall / "hall.db") == b"hallq encrypted"
    assert "encrypted already" in shell("encrypt", "--dir", hall).err
    said = shell("decrypt", "--dir", hall)
    assert f"{hall / KEY}.kept" in said.err
    assert _start_of(hall / "hall.db") == b"SQLite format 3"
    assert "is not encrypted." in shell("decrypt", "--dir", hall).err
    assert shell("verify", "--dir", hall).code == Exit.OK


def _stopped(said: Said, *words: str) -> None:
    assert (said.code, said.out, said.is_one_line) == (Exit.STORE, "", True)
    assert all(word in said.err for word in words), said.err


@pytest.mark.parametrize("command", ["verify", "status", "day", "decrypt", "guide"])
def test_without_the_key_each_command_says_which_one_is_missing(
    shell: Shell, hall: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("encrypt", "--dir", hall)
    (hall / KEY).rename(hall / "elsewhere")
    if command == "guide":
        monkeypatch.setattr("hallq.cli.screens.has_terminal", lambda: True)
    _stopped(shell(command, "--dir", hall), "is encrypted, and its key", KEY, "Put the key back")
    (hall / "elsewhere").rename(hall / KEY)
    assert shell("verify", "--dir", hall).code == Exit.OK


def test_another_halls_key_and_a_plain_copy_are_told(shell: Shell, hall: Path) -> None:
    plain = (hall / "hall.db").read_bytes()
    shell("encrypt", "--dir", hall)
    key = (hall / KEY).read_bytes()
    (hall / KEY).write_bytes(key[::-1])
    _stopped(shell("status", "--dir", hall), "does not open", "Put the right key back")
    (hall / KEY).write_bytes(key)
    encrypted = (hall / "hall.db").read_bytes()
    (hall / "hall.db").write_bytes(plain)
    _stopped(shell("status", "--dir", hall), "is not encrypted, but its key", "`hallq encrypt`")
    assert shell("encrypt", "--dir", hall).code == Exit.OK
    assert (hall / KEY).read_bytes() == key
    (hall / "hall.db").write_bytes(encrypted)
    assert shell("status", "--dir", hall).code == Exit.OK
    (hall / "hall.db").write_bytes(plain)
    assert shell("decrypt", "--dir", hall).code == shell("status", "--dir", hall).code == Exit.OK
    assert _start_of(hall / "hall.db") == b"SQLite format 3"


_OPEN = """
import sys
from pathlib import Path
from hallq.store import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def test_while_a_terminal_is_open_it_is_refused(shell: Shell, hall: Path) -> None:
    terminal = start(_OPEN, hall / "hall.db")
    assert terminal.stdout is not None
    assert terminal.stdout.readline() == "open\n"
    try:
        _stopped(shell("encrypt", "--dir", hall), "is in use", "nothing was changed")
    finally:
        end(terminal)
    assert sorted(path.name for path in hall.glob("*.converting")) == []
    open_store(hall / "hall.db").close()


def test_a_hub_on_sqlite(shell: Shell) -> None:
    assert shell("hub", "enroll", "--hall", "north-hall", "--name", "x", "--db", "hub.db").code == Exit.OK
    assert b"north-hall" in Path("hub.db").read_bytes()
    assert shell("hub", "encrypt", "--db", "hub.db").out == "hub.db.cipher-key\n"
    content = Path("hub.db").read_bytes()
    assert content.startswith(b"hallq encrypted")
    assert b"north-hall" not in content
    assert "north-hall" in shell("hub", "status", "--db", "hub.db").out
    with serving(Path.cwd(), "--db", "hub.db") as running:
        assert running.url.startswith("http://")
        _stopped(shell("hub", "decrypt", "--db", "hub.db"), "hub.db is in use")
    Path("hub.db.cipher-key").rename("elsewhere")
    _stopped(shell("hub", "status", "--db", "hub.db"), "is encrypted, and its key hub.db.cipher-key")
    Path("elsewhere").rename("hub.db.cipher-key")
    assert shell("hub", "decrypt", "--db", "hub.db").code == Exit.OK
    assert "north-hall" in shell("hub", "status", "--db", "hub.db").out
    assert Path("hub.db").read_bytes().startswith(b"SQLite")


def test_postgresql_is_not_ours_to_encrypt(shell: Shell) -> None:
    said = shell("hub", "encrypt", "--db", "postgresql://nowhere/hallq")
    assert (said.code, said.is_one_line) == (Exit.USAGE, True)
    assert "encrypts its disk" in said.err
