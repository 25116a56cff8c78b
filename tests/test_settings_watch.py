"""A settings file that changes while a terminal runs."""

from pathlib import Path

import pytest

from hallq.settings import load_config
from hallq.settings.watch import SettingsWatch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A hall's settings file."""
    file = tmp_path / "hall.toml"
    file.write_text("[calling]\nmissed_window_minutes = 30.0\n", encoding="utf-8")
    return file


def test_only_a_change_of_what_it_says_is_told(path: Path) -> None:
    told: list[bool] = []
    watch = SettingsWatch(path, load_config(path), told.append)
    watch.look()
    watch.look()
    assert told == [False]
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    watch.look()
    assert told == [False, False]
    path.write_text("[calling]\nmissed_window_minutes = 20.0\n", encoding="utf-8")
    watch.look()
    assert told[-1] is True
    path.write_text("[calling]\nmissed_window_minutes = 30.0\n\n", encoding="utf-8")
    watch.look()
    assert told[-1] is False


def test_a_file_that_is_gone_or_half_written_says_nothing(path: Path) -> None:
    told: list[bool] = []
    watch = SettingsWatch(path, load_config(path), told.append)
    path.write_text("[calling", encoding="utf-8")
    watch.look()
    path.unlink()
    watch.look()
    assert told == []


def test_a_thread_ends_when_told(path: Path) -> None:
    watch = SettingsWatch(path, load_config(path), lambda _changed: None)
    watch.start()
    watch.stop()
    watch.join(60)
    assert not watch.is_alive()
