"""`hallq hub staff`: the list of a hall with many terminals is kept at its hub."""

import io
import sys

import pytest

from hallq.cli.exits import Exit
from tests.cli.conftest import Said, Shell

PASSWORD = "first admin says hi"


def test_the_list_is_kept_at_the_hub(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, quick_hashes: None
) -> None:
    def staff(*words: str, line: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))
        return shell("hub", "staff", *words, "--hall", "north", "--db", "hub.db")

    shell("hub", "enroll", "--hall", "north", "--name", "Counter 3", "--db", "hub.db")
    assert staff("list").out == ""
    refused = staff("add", "1001", "--role", "clerk", line=PASSWORD)
    assert (refused.code, refused.is_one_line) == (Exit.REFUSED, True)
    assert staff("add", "9001", "--name", "Li", line=PASSWORD).code == Exit.OK
    assert staff("add", "1001", line=PASSWORD).code == Exit.OK
    assert staff("roles", "1001", "--role", "guide", "--role", "clerk").code == Exit.OK
    assert staff("pin", "1001", line="2580").code == Exit.OK
    assert staff("password", "9001", line=f"{PASSWORD} again").code == Exit.OK
    assert staff("disable", "9001").code == Exit.REFUSED
    told = staff("list")
    assert told.out.splitlines() == ["1001         clerk, guide · has a PIN", "9001     Li  admin"]
    assert staff("disable", "1001").code == Exit.OK
    assert "no longer here" in staff("list").out
