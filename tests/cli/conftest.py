"""A user's shell: an empty folder, no settings in the environment, a command to type."""

import gettext
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hallq import i18n
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
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
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
