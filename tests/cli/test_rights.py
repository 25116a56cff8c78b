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
from tests.builders import new_store

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

def all_of(folder, language):
    os.environ["HALLQ_LANGUAGE"] = language
    return [typed([word.format(folder) for word in words]) for words in commands]

own, others, commands = json.loads(sys.argv[1])
for _, language in others:
    all_of(own, language)
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print(json.dumps([all_of(*other) for other in others]))
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


def made(folder: Path) -> Path:
    """A hall's folder that holds a day file too."""
    folder.mkdir()
    (folder / "hall.toml").write_text('[hall]\nid = "north"\n', encoding="utf-8")
    (folder / "day.csv").write_text("x", encoding="utf-8")
    new_store(folder / "hall.db").close()
    return folder


RIGHTS = {"none": 0o000, "its owner's": 0o500, "read only": 0o555}
CASES = [(name, language) for name in RIGHTS for language in ("en", "zh")]


@pytest.fixture(scope="module")
def told() -> Iterator[dict[tuple[str, str], list[tuple[int, str, str]]]]:
    """What every command says of a folder with such rights in such a language: code, output, error."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        own, others = made(home / "own"), []
        for name, language in CASES:
            other = made(home / f"{name} {language}")
            for path in other.iterdir():
                path.chmod(0o600)
            other.chmod(RIGHTS[name])
            others.append((str(other), language))
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, json.dumps([str(own), others, COMMANDS])],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=True,
            env={**os.environ, "HOME": folder},
        )
        assert done.stderr == ""
        yield dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(("rights", "language"), CASES)
def test_a_folder_without_rights(
    told: dict[tuple[str, str], list[tuple[int, str, str]]], rights: str, language: str
) -> None:
    for words, (code, out, err) in zip(COMMANDS, told[rights, language], strict=True):
        assert code in (Exit.STORE, Exit.SETTINGS, Exit.INPUT, Exit.REFUSED), (words, code, err)
        assert (out, err.count("\n")) == ("", 1), (words, out, err)
        assert code == Exit.REFUSED or ("right" if language == "en" else "权限") in err, (words, err)
