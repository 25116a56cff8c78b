"""A user's shell: an empty folder, no settings in the environment, a command to type."""

import gettext
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hallq import i18n
from hallq.cli.exits import Exit
from hallq.cli.running import run


@dataclass(frozen=True)
class Said:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def is_one_line(self) -> bool:
        """Whether the error is one line and no traceback."""
        return self.err.count("\n") == 1 and "Traceback" not in self.err


Shell = Callable[..., Said]


@pytest.fixture
def no_keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Also where pytest itself has a keyboard: no screen is ever opened in this process."""
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "__stdin__", nothing)
        yield


@pytest.fixture
def shell(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    no_keyboard: None,
) -> Shell:
    """Types `hallq` with these words in an empty folder."""
    for name in ("HALLQ_DIR", "HALLQ_DB", "HALLQ_THEME", "LC_ALL", "LC_MESSAGES", "LANG"):
        # Set first, so that what a command sets is undone after the test.
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("HALLQ_LANGUAGE", "en")
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(i18n._Current, "language", "en")
    monkeypatch.setattr(i18n._Current, "catalogue", gettext.NullTranslations())

    def type_in(*words: object) -> Said:
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return type_in


_first: dict[str, bytes] = {}
"""The files of the first new hall."""


@pytest.fixture
def hall(shell: Shell, tmp_path: Path) -> Path:
    """A new hall's folder, with the files that `hallq init` made the first time."""
    folder = tmp_path / "hall"
    if not _first:
        assert shell("init", folder).code == Exit.OK
        _first.update((path.name, path.read_bytes()) for path in folder.iterdir())
        return folder
    folder.mkdir()
    for name, content in _first.items():
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(content)
    return folder
