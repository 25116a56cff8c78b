"""`hallq config check`: a manager reads what cannot work before the morning."""

from pathlib import Path

from hallq.cli.exits import Exit
from hallq.settings import default_text
from tests.cli.conftest import Shell


def test_the_defaults_can_work(shell: Shell) -> None:
    Path("hall.toml").write_text(default_text(), encoding="utf-8")
    said = shell("config", "check", "hall.toml")
    assert said.code == Exit.OK
    assert "the hall can work" in said.err
    assert said.out == ""


def test_faults_are_data_and_their_number_is_told(shell: Shell) -> None:
    Path("hall.toml").write_text(
        '[[counters]]\nnumber = 1\nzone = "vip"\nservices = ["payment"]\n', encoding="utf-8"
    )
    said = shell("config", "check", "hall.toml")
    assert said.code == Exit.FAULTS_FOUND
    assert 'fault: services[code = "points"]: no counter offers it' in said.out
    assert "hall.toml: 23 to correct" in said.err


def test_a_file_that_cannot_be_read(shell: Shell) -> None:
    Path("hall.toml").write_bytes(b"\xff\xfe\x00")
    said = shell("config", "check", "hall.toml")
    assert (said.code, said.out, said.is_one_line) == (Exit.SETTINGS, "", True)
