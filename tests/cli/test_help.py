"""Help is quick: no screen library and no database library is loaded for it."""

import json
import subprocess
import sys

import pytest

COMMANDS = [
    *("", "hub", "init", "demo", "guide", "counter", "board", "manager", "replay", "verify", "config check"),
    *("staff", "staff add", "staff recover"),
]

PROBE = """
import json, sys
from hallq.cli.running import run
code = run(sys.argv[1:])
heavy = {"textual", "sqlalchemy", "sqlmodel", "alembic", "sqlcipher3"} & set(sys.modules)
print("\\nPROBE", json.dumps({"code": code, "heavy": sorted(heavy)}))
"""


def test_headings_have_the_punctuation_of_their_language() -> None:
    words = [sys.executable, "-m", "hallq", "counter", "--help", "--language", "zh"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert "选项：" in done.stdout
    assert "选项:" not in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_there_and_light(command: str) -> None:
    words = [*command.split(), "--help"]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, timeout=60, check=True
    )
    told, probe = done.stdout.split("PROBE")
    assert json.loads(probe) == {"code": 0, "heavy": []}
    assert f"Usage: hallq {command}".strip() in told
    assert len(told.splitlines()) > 4
    assert not [line for line in told.splitlines()[2:] if line.endswith("...")], "a sentence is cut off"
    assert done.stderr == ""
