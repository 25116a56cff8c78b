"""A folder whose rights somebody forgot: said in one line, by every command that needs it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.store import open_store

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="becomes another user: needs root"
)

# Modules are loaded first: the other user need not be allowed to read them. A command that has
# run once has loaded all that it needs.
AS_NOBODY = """
import contextlib, io, json, os, sys
from hallq.cli.running import run

def typed(words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(words)
    return [code, out.getvalue(), err.getvalue()]

own, other, commands = json.loads(sys.argv[1])
for words in commands:
    typed([word.format(own) for word in words])
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print(json.dumps([typed([word.format(other) for word in words]) for words in commands]))
"""

COMMANDS = [
    ["verify", "--dir", "{}"],
    ["verify", "--db", "{}/hall.db"],
    ["config", "check", "{}/hall.toml"],
    ["config", "check", "--dir", "{}"],
    ["init", "{}"],
    ["init", "{}/new"],
    ["replay", "{}/day.csv", "--counters", "1"],
]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that anybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def made(folder: Path) -> Path:
    """A hall's folder that holds a day file too."""
    folder.mkdir()
    (folder / "hall.toml").write_text('[hall]\nid = "north"\n', encoding="utf-8")
    (folder / "day.csv").write_text("x", encoding="utf-8")
    open_store(folder / "hall.db", create=True).close()
    return folder


@pytest.mark.parametrize("rights", [0o000, 0o500, 0o555], ids=["none", "its owner's", "read only"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_folder_without_rights(home: Path, rights: int, language: str) -> None:
    own, other = made(home / "own"), made(home / "other")
    for path in other.iterdir():
        path.chmod(0o600)
    other.chmod(rights)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, json.dumps([str(own), str(other), COMMANDS])],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        env={**os.environ, "HALLQ_LANGUAGE": language, "HOME": str(home)},
    )
    assert done.stderr == ""
    for words, (code, out, err) in zip(COMMANDS, json.loads(done.stdout), strict=True):
        assert code in (Exit.STORE, Exit.SETTINGS, Exit.DAY_FILE, Exit.REFUSED), (words, code, err)
        assert (out, err.count("\n")) == ("", 1), (words, out, err)
        assert code == Exit.REFUSED or ("right" if language == "en" else "权限") in err, (words, err)
