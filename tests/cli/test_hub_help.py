"""Help of `hallq hub` is quick: it loads neither a screen nor a database nor a web framework."""

import json
import subprocess
import sys

import pytest

COMMANDS = [
    "",
    "serve",
    "enroll",
    "operator",
    "devices",
    "revoke",
    "status",
    "settings",
    "release",
    "resume",
    "promote",
    "rebuild",
    "upstream",
    "staff",
    "staff add",
]

PROBE = """
import json, sys
from hallq.cli.running import run
code = run(sys.argv[1:])
names = {"textual", "sqlalchemy", "sqlmodel", "alembic", "sqlcipher3", "fastapi", "uvicorn", "psycopg"}
print("\\nPROBE", json.dumps({"code": code, "heavy": sorted(names & set(sys.modules))}))
"""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_is_there_and_light(command: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLQ_LANGUAGE", language)
    words = ["hub", *command.split(), "--help"]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, timeout=60, check=True
    )
    told, probe = done.stdout.split("PROBE")
    assert json.loads(probe) == {"code": 0, "heavy": []}
    assert f"hallq hub {command}".strip() in told
    assert any("\u4e00" <= character <= "\u9fff" for character in told) == (language == "zh")
