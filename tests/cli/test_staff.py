"""`hallq staff`: the list is kept from the command line, and secrets are neither shown nor kept."""

import io
import os
import sys
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.domain.staff import Role
from hallq.hall import Hall
from hallq.settings import load_config
from hallq.store import open_store
from tests.cli.conftest import Said, Shell
from tests.cli.test_terminal import drawn, in_terminal

FIRST, SECOND, THIRD = "first admin says hi", "second is a clerk", "third time lucky"


class Typist:
    """Types commands with these lines in the pipe behind them."""

    def __init__(self, shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Works on the hall in `folder`."""
        self.folder = folder
        self._shell = shell
        self._monkeypatch = monkeypatch

    def __call__(self, *words: object, lines: tuple[str, ...] = ()) -> Said:
        """`hallq staff` with these words."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return self._shell("staff", *words, "--dir", self.folder)


@pytest.fixture
def staff(shell: Shell, hall: Path, monkeypatch: pytest.MonkeyPatch, quick_hashes: None) -> Typist:
    """`hallq staff` on a new hall."""
    return Typist(shell, hall, monkeypatch)


@pytest.fixture
def employed(staff: Typist) -> Typist:
    """An admin and a clerk."""
    assert staff("add", "9001", "--name", "Li", lines=(FIRST,)).code == Exit.OK
    added = staff("add", "1001", "--name", "王芳", "--as", "9001", lines=(FIRST, SECOND))
    assert added.code == Exit.OK
    return staff


def _hall(folder: Path) -> Hall:
    return Hall(open_store(folder / "hall.db"), load_config(folder / "hall.toml"))


def test_the_first_one_is_an_admin(staff: Typist) -> None:
    refused = staff("add", "1001", "--role", "clerk", lines=(FIRST,))
    assert (refused.code, refused.is_one_line) == (Exit.REFUSED, True)
    assert staff("list").out == ""
    assert staff("add", "9001", lines=(FIRST,)).code == Exit.OK
    assert staff("list").out.split() == ["9001", "admin"]


def test_everybody_is_listed_without_a_secret(employed: Typist) -> None:
    told = employed("list")
    assert told.out.splitlines() == ["1001     王芳  clerk", "9001     Li    admin"]
    everything = b"".join(path.read_bytes() for path in employed.folder.glob("hall.db*"))
    assert all(secret.encode() not in everything for secret in (FIRST, SECOND))


@pytest.mark.parametrize(
    ("words", "lines", "says"),
    [
        (("add", "2", "--as", "9001"), ("wrong guess", SECOND), "do not fit"),
        (("add", "2", "--as", "1001"), (SECOND, THIRD), "Only an admin"),
        (("add", "2", "--as", "9001"), (FIRST, "short"), "at least 8"),
        (("add", "2", "--as", "9001"), (FIRST, "password1"), "try that first"),
        (("add", "2"), (FIRST, THIRD), "Only an admin"),
        (("add", "1001", "--as", "9001"), (FIRST, THIRD), "on the list already"),
        (("add", "a b", "--as", "9001"), (FIRST, THIRD), "one word"),
        (("roles", "9001", "--role", "clerk", "--as", "9001"), (FIRST,), "only admin"),
        (("roles", "1001", "--as", "9001"), (FIRST,), "at least one role"),
        (("disable", "9001", "--as", "9001"), (FIRST,), "only admin"),
        (("disable", "77", "--as", "9001"), (FIRST,), "Nobody on the staff list"),
        (("password", "1001"), (FIRST, THIRD), "do not fit"),
        (("pin", "1001"), (SECOND, "1111"), "try that PIN first"),
    ],
)
def test_what_is_refused_changes_nothing_and_says_why(
    employed: Typist, words: tuple[str, ...], lines: tuple[str, ...], says: str
) -> None:
    before = employed("list").out
    refused = employed(*words, lines=lines)
    assert refused.code in (Exit.REFUSED, Exit.USAGE)
    assert refused.is_one_line
    assert says in refused.err
    assert employed("list").out == before


def test_passwords_pins_and_roles_change(employed: Typist) -> None:
    assert employed("password", "1001", lines=(SECOND, THIRD)).code == Exit.OK
    assert employed("pin", "1001", lines=(THIRD, "2580")).code == Exit.OK
    words = ("roles", "1001", "--role", "clerk", "--role", "guide", "--as", "9001")
    assert employed(*words, lines=(FIRST,)).code == Exit.OK
    assert "clerk, guide · has a PIN" in employed("list").out
    hall = _hall(employed.folder)
    person = hall.reception.sign_in("1001", THIRD, "t1")
    assert person == hall.roster.numbered("1001")
    assert hall.reception.unlock(hall.roster.numbered("1001").staff_id, "2580", "t1") == person  # type: ignore[union-attr]
    hall.close()


def test_who_leaves_may_come_back_with_a_new_password(employed: Typist) -> None:
    assert employed("disable", "1001", "--as", "9001", lines=(FIRST,)).code == Exit.OK
    assert "no longer here" in employed("list").out
    assert employed("password", "1001", lines=(SECOND, THIRD)).code == Exit.REFUSED
    assert employed("password", "1001", "--as", "9001", lines=(FIRST, THIRD)).code == Exit.OK
    assert "no longer here" not in employed("list").out


def test_a_lost_password_of_the_only_admin(employed: Typist, shell: Shell) -> None:
    assert employed("recover", "9001", lines=(THIRD,)).code == Exit.OK
    assert employed("add", "1002", "--as", "9001", lines=(THIRD, SECOND)).code == Exit.OK
    assert employed("recover", "9002", "--name", "new", "--yes", lines=(SECOND,)).code == Exit.OK
    hall = _hall(employed.folder)
    admins = {person.number for person in hall.roster.with_role(Role.ADMIN)}
    assert admins == {"9001", "9002"}
    with open_store(employed.folder / "hall.db").reading() as connection:
        bodies = connection.execute("SELECT body FROM event WHERE body LIKE '%recovered%'").fetchall()
    assert len(bodies) == 2
    hall.close()
    assert shell("verify", "--dir", employed.folder).code == Exit.OK


@pytest.mark.parametrize("number", ["1001", "9902"])
def test_nobody_becomes_an_admin_by_a_slip_of_the_finger(employed: Typist, number: str) -> None:
    said = employed("recover", number, lines=(SECOND,))
    assert (said.code, said.is_one_line) == (Exit.REFUSED, True)
    assert number in said.err.split("--yes")[0]
    assert employed("list").out.count("admin") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs terminals of Unix")
def test_a_password_typed_at_a_keyboard_is_not_shown(hall: Path) -> None:
    with in_terminal("staff", "add", "9001", "--dir", hall, HALLQ_LANGUAGE="en") as (program, terminal):
        told = ""
        for piece in drawn(terminal):
            told += piece
            if told.endswith(("password of 9001: ", "Once more: ")):
                os.write(terminal, f"{FIRST}\n".encode())
                told += "|"
        assert program.wait(120) == Exit.OK
    assert told.count("|") == 2
    assert FIRST not in told
    assert "9001 is on the staff list." in told
