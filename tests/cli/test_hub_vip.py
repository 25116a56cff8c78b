"""`hallq hub vip`: the directory of a hall with many terminals is kept at its hub."""

import io
import sys
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.store.vip_keys import KEY_FILE
from tests.cli.conftest import Said, Shell
from tests.vip.test_rows import PHONE, a_list


@pytest.fixture
def north(shell: Shell) -> Shell:
    """Types `hallq hub vip` for a hall of this hub."""
    shell("hub", "enroll", "--hall", "north", "--name", "Counter 3", "--db", "hub.db")

    def vip(*words: object) -> Said:
        return shell("hub", "vip", *words, "--hall", "north", "--db", "hub.db")

    return vip


def test_the_directory_is_kept_at_the_hub(
    north: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = north("import", a_list(tmp_path, f",{PHONE},gold", ",10000000422,silver"))
    assert (said.code, said.out) == (Exit.OK, "Customers: 2 new, 0 changed, 0 erased.\n")
    assert north("list").out.splitlines() == ["Gold              ****0421", "Silver            ****0422"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PHONE}\n"))
    assert north("remove").code == Exit.OK
    assert north("export", "--masked").out.splitlines()[1:] == [",****0422,silver,,"]


def test_a_lost_key_and_a_hall_that_is_not_here_are_one_line(
    north: Shell, shell: Shell, tmp_path: Path
) -> None:
    good = a_list(tmp_path, f",{PHONE},gold")
    assert north("import", good).code == Exit.OK
    Path("vip-north", KEY_FILE).unlink()
    for words in (("list",), ("import", good)):
        said = north(*words)
        assert (said.code, said.is_one_line) == (Exit.STORE, True), said
    assert north("import", good, "--whole").code == Exit.OK
    said = shell("hub", "vip", "list", "--hall", "south", "--db", "hub.db")
    assert (said.code, said.is_one_line) == (Exit.REFUSED, True)
    assert not Path("vip-south").exists()
