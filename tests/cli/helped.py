"""The help of many commands, asked for in one program of its own, and what that program had to load."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

PROBE = """
import contextlib, io, json, sys
from hallq.cli.running import run

HEAVY = {"textual", "sqlalchemy", "sqlmodel", "alembic", "sqlcipher3", "fastapi", "uvicorn", "psycopg"}
told = []
for command in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([*command.split(), "--help"])
    told.append([code, out.getvalue(), err.getvalue(), sorted(HEAVY & set(sys.modules))])
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Helped:
    """What one command said; `heavy`: what was loaded until then and makes a start slow."""

    code: int
    out: str
    err: str
    heavy: list[str]


@cache
def helped(commands: tuple[str, ...], language: str) -> dict[str, Helped]:
    """The help of each command, by its words."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(commands)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={**os.environ, "HALLQ_LANGUAGE": language, "COLUMNS": "80"},
    )
    return dict(zip(commands, (Helped(*each) for each in json.loads(done.stdout)), strict=True))
