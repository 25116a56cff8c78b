"""Help is quick: no screen library and no database library is loaded for it."""

import subprocess
import sys

import pytest

from tests.cli.helped import helped

COMMANDS = (
    *("", "hub", "init", "demo", "guide", "counter", "board", "manager", "replay", "verify", "config check"),
    *("staff", "staff add", "staff recover"),
)


def test_headings_have_the_punctuation_of_their_language() -> None:
    words = [sys.executable, "-m", "hallq", "counter", "--help", "--language", "zh"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert "选项：" in done.stdout
    assert "选项:" not in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_there_and_light(command: str) -> None:
    told = helped(COMMANDS, "en")[command]
    assert (told.code, told.heavy, told.err) == (0, [], "")
    assert told.out.startswith(f"Usage: hallq {command}".strip())
    lines = told.out.splitlines()
    assert len(lines) > 4
    assert not [line for line in lines[2:] if line.endswith("...")], "a sentence is cut off"
