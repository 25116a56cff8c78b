"""`hallq hub ...` on its database: what it makes, says and refuses, each in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.protocol import Enrol
from tests.cli.conftest import Shell


@pytest.fixture
def enrolled(shell: Shell) -> str:
    """A hub with one hall and one terminal; the terminal's device id."""
    from hallq.hub.opening import hub_on

    code = shell("hub", "enroll", "--hall", "north", "--name", "Counter 3", "--db", "hub.db").out.strip()
    hub, _database = hub_on("hub.db", bytes.fromhex(Path("hub.key").read_text(encoding="ascii")))
    device = hub.enrol("north", Enrol(code=code)).device
    hub.close()
    return device


def test_enroll_makes_the_hall_once_and_gives_a_code_each_time(shell: Shell) -> None:
    first = shell("hub", "enroll", "--hall", "north", "--name", "Counter 3", "--db", "hub.db")
    again = shell("hub", "enroll", "--hall", "north", "--name", "Counter 4", "--db", "hub.db")
    assert (first.code, again.code) == (Exit.OK, Exit.OK)
    assert "north is new" in first.err
    assert "is new" not in again.err
    assert first.out != again.out
    assert first.out.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "command"),
    [((), "hallq join {url} {code}"), (("--hub",), "hallq hub upstream --hall north {url} {code}")],
)
def test_enroll_says_what_to_type_there(shell: Shell, words: tuple[str, ...], command: str) -> None:
    said = shell("hub", "enroll", "--hall", "north", "--name", "Counter 3", "--db", "hub.db", *words)
    code = said.out.strip()
    assert code.isprintable()
    assert command.format(url="https://HUB:8765/v1/halls/north", code=code) + "\n" in said.err
    assert "HUB is the name of this machine" in said.err
    assert "--ca" in said.err


@pytest.mark.parametrize("text", ["[1]", "{", '{"north": {"url": "nonsense", "token": "x"}}'])
def test_a_damaged_file_of_upstreams_is_named_and_nobody_is_served(
    shell: Shell, enrolled: str, text: str
) -> None:
    Path("hub.upstream").write_text(text, encoding="ascii")
    said = shell("hub", "serve", "--db", "hub.db", "--port", "0")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert "hub.upstream is damaged" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_the_key_is_for_its_owner_alone(shell: Shell, enrolled: str) -> None:
    key = Path("hub.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text(encoding="ascii").encode() not in Path("hub.db").read_bytes()
    key.chmod(0o640)
    said = shell("hub", "status", "--db", "hub.db")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert "chmod 600 hub.key" in said.err


def test_devices_are_listed_and_revoked(shell: Shell, enrolled: str) -> None:
    listed = shell("hub", "devices", "--hall", "north", "--db", "hub.db").out
    assert enrolled in listed
    assert "Counter 3" in listed
    assert shell("hub", "revoke", "--hall", "north", enrolled, "--db", "hub.db").code == Exit.OK
    assert "revoked" in shell("hub", "devices", "--hall", "north", "--db", "hub.db").out
    said = shell("hub", "revoke", "--hall", "north", "nobody", "--db", "hub.db")
    assert (said.code, said.is_one_line) == (Exit.REFUSED, True)


def test_status_tells_each_hall_and_what_needs_a_look(shell: Shell, enrolled: str) -> None:
    calm = shell("hub", "status", "--db", "hub.db")
    assert calm.code == Exit.OK
    assert calm.out.startswith("north · ")
    assert "recovering" not in calm.out
    assert shell("hub", "promote", "--db", "hub.db").code == Exit.OK
    assert "recovering" in shell("hub", "status", "--hall", "north", "--db", "hub.db").out
    assert shell("hub", "resume", "--hall", "north", "--db", "hub.db").code == Exit.OK
    assert "recovering" not in shell("hub", "status", "--db", "hub.db").out


def test_an_operator_gets_a_token_that_the_hub_knows(shell: Shell, enrolled: str) -> None:
    from hallq.hub import Role
    from hallq.hub.opening import hub_on

    token = shell("hub", "operator", "--hall", "north", "--name", "watch", "--db", "hub.db").out.strip()
    hub, _database = hub_on("hub.db", bytes.fromhex(Path("hub.key").read_text(encoding="ascii")))
    assert hub.authenticate("north", token).role is Role.OPERATOR
    hub.close()


def test_settings_are_checked_and_numbered(shell: Shell, enrolled: str) -> None:
    Path("good.toml").write_text("[calling]\nmissed_after = 4\n", encoding="utf-8")
    Path("bad.toml").write_text('[calling]\npolicy = "x"\n', encoding="utf-8")
    good = shell("hub", "settings", "--hall", "north", "good.toml", "--db", "hub.db")
    assert (good.code, "version 2" in good.err) == (Exit.OK, True)
    bad = shell("hub", "settings", "--hall", "north", "bad.toml", "--db", "hub.db")
    assert (bad.code, bad.is_one_line) == (Exit.SETTINGS, True)


def test_release_and_rebuild_say_what_they_did(shell: Shell, enrolled: str) -> None:
    freed = shell("hub", "release", "--hall", "north", "--counter", 3, "--db", "hub.db")
    assert (freed.code, freed.out) == (Exit.OK, "")
    refused = shell("hub", "rebuild", "--hall", "north", "--db", "hub.db")
    assert (refused.code, refused.is_one_line) == (Exit.REFUSED, True)
    rebuilt = shell("hub", "rebuild", "--hall", "south", "--db", "hub.db")
    assert (rebuilt.code, "hallq hub resume --hall south" in rebuilt.err) == (Exit.OK, True)
    assert "recovering" in shell("hub", "status", "--hall", "south", "--db", "hub.db").out
    assert "goes on" in shell("hub", "resume", "--hall", "south", "--db", "hub.db").err
    assert "recovering" not in shell("hub", "status", "--hall", "south", "--db", "hub.db").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status", "--db", "none.db"), Exit.STORE),
        (("enroll", "--hall", "no good", "--name", "x", "--db", "new.db"), Exit.USAGE),
        (("enroll", "--hall", "h", "--name", "x", "--db", "new.db", "--settings", "no.toml"), Exit.SETTINGS),
        (("status", "--db", "postgresql://nobody:hidden@127.0.0.1:1/none"), Exit.STORE),
        (("serve", "--workers", "2", "--db", "new.db"), Exit.USAGE),
        (("serve", "--host", "0.0.0.0", "--db", "new.db"), Exit.USAGE),
        (("serve", "--host", "192.0.2.1", "--insecure-http", "--db", "new.db"), Exit.REFUSED),
        (("serve", "--tls-key", "key.pem", "--db", "new.db"), Exit.USAGE),
        (("serve", "--tls-cert", "none.pem", "--db", "new.db"), Exit.STORE),
        (("serve", "--port", "70000"), Exit.USAGE),
        (("hide",), Exit.USAGE),
    ],
)
def test_what_goes_wrong_is_one_line(shell: Shell, words: tuple[str, ...], code: Exit) -> None:
    said = shell("hub", *words)
    assert (said.code, said.out) == (code, "")
    assert said.is_one_line, said.err
    assert "hidden" not in said.err


def test_a_counter_is_released_also_where_the_computer_knows_no_users(
    shell: Shell, enrolled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    freed = shell("hub", "release", "--hall", "north", "--counter", 3, "--db", "hub.db")
    assert (freed.code, freed.is_one_line) == (Exit.OK, True)


def test_a_hall_that_is_not_there_is_named_as_such(shell: Shell, enrolled: str) -> None:
    for words in (("status",), ("devices",), ("resume",), ("promote",), ("release", "--counter", "1")):
        said = shell("hub", *words, "--hall", "nowhere", "--db", "hub.db")
        assert (said.code, said.is_one_line) == (Exit.REFUSED, True), words
        assert "no such hall" in said.err


def test_a_later_hallq_has_been_here(shell: Shell, enrolled: str) -> None:
    import sqlite3

    later = sqlite3.connect("hub.db")
    later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.commit()
    later.close()
    said = shell("hub", "status", "--db", "hub.db")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert "later hallq" in said.err


def test_without_its_packages_the_hub_says_what_to_install(tmp_path: Path) -> None:
    probe = (
        "import sys; sys.modules['fastapi'] = None\n"
        "from hallq.cli.running import run\n"
        "sys.exit(run(['hub', 'serve', '--db', 'new.db']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "HALLQ_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == Exit.REFUSED
    assert done.stderr.count("\n") == 1
    assert 'pip install "hallq[hub]"' in done.stderr
