"""What the command line says is said in the language of whoever reads it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.cli.exits import Exit
from hallq.cli.help import wrapped
from tests.cli.conftest import Said, Shell
from tests.cli.helped import helped
from tests.cli.test_help import COMMANDS
from tests.simulation.days import busy_morning, day_file


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> str:
    """Each language in turn, asked for by the terminal's environment."""
    language: str = request.param
    monkeypatch.setenv("HALLQ_LANGUAGE", language)
    return language


def said_in(language: str, said: Said) -> bool:
    """Whether all that was said is in the language, but for paths."""
    lines = [line for line in (said.out + said.err).splitlines() if not line.startswith("/")]
    return (
        all(is_chinese(line) for line in lines) if language == "zh" else not is_chinese(said.out + said.err)
    )


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("--sing",),
        ("verify", "--dbb"),
        ("counter",),
        ("counter", "0"),
        ("config",),
        ("verify", "a", "b"),
        ("verify", "--db"),
        ("replay", "day.csv", "--counters", "2", "--json=1"),
        ("replay", "day.csv", "--counters", "0"),
        ("replay", "day.csv", "--counters", "2", "--vip-counters", "-1"),
        ("replay", "day.csv", "--counters", "2", "--vip-counters", "3"),
        ("replay", "day.csv", "--counters", "2", "--speed", "fast"),
        ("demo", "--role", "king"),
        ("demo",),
        ("guide",),
        ("verify", "--dir", "nowhere"),
        ("config", "check", "nowhere.toml"),
        ("config", "check"),
        ("replay", "nowhere.csv", "--counters", "2"),
    ],
)
def test_each_fault_is_told_in_both(shell: Shell, spoken: str, words: tuple[str, ...]) -> None:
    said = shell(*words)
    assert said_in(spoken, said), said
    assert said.is_one_line or words == ("config", "check")


def test_a_hall_is_made_checked_and_verified_in_both(shell: Shell, spoken: str, tmp_path: Path) -> None:
    hall = tmp_path / "hall"
    for words in (
        ("init", hall),
        ("init", hall),
        ("config", "check", "--dir", hall),
        ("verify", "--dir", hall),
    ):
        said = shell(*words)
        assert said_in(spoken, said), said


def test_a_replay_is_told_in_both(shell: Shell, spoken: str, tmp_path: Path) -> None:
    told = shell("replay", busy_morning(tmp_path, 8), "--counters", 3)
    assert is_chinese(told.out) is (spoken == "zh")
    bad = day_file(
        tmp_path, "soon,payment,none,60,,b", "2026-11-20T09:00:00,payment,none,60,,b", name="bad.csv"
    )
    told = shell("replay", bad, "--counters", 1, "--json")
    assert is_chinese(told.err) is (spoken == "zh")


def test_a_missing_value_is_told_as_such(shell: Shell, spoken: str, tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    shell("replay", busy_morning(tmp_path, 2), "--counters", 1, "--json", "--db", db)
    with driver.connect(str(db)) as connection:
        connection.execute("UPDATE ticket SET wait_ms = NULL")
    connection.close()
    assert {"zh": "库里是 空", "en": "stored is no value"}[spoken] in shell("verify", "--db", db).out


def test_the_hall_says_which_language_until_the_terminal_does(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HALLQ_LANGUAGE", "")
    shell("init", tmp_path / "hall")
    settings = tmp_path / "hall" / "hall.toml"
    assert is_chinese(shell("verify", "--dir", tmp_path / "hall").out)
    assert not is_chinese(shell("verify", "--dir", tmp_path / "hall", "--language", "en").out)
    settings.write_text('# language = "zh"\n[hall]\nlanguage = "en"\n[oops\n', encoding="utf-8")
    assert not is_chinese(shell("config", "check", "--dir", tmp_path / "hall").err)


@pytest.mark.parametrize(
    ("name", "value", "chinese"),
    [
        ("LANG", "zh_CN.UTF-8", True),
        ("LC_ALL", "zh_TW", True),
        ("LANG", "en_US.UTF-8", False),
        ("LANG", "C", False),
    ],
)
def test_without_a_hall_the_computer_says_which(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str, value: str, chinese: bool
) -> None:
    monkeypatch.setenv("HALLQ_LANGUAGE", "")
    monkeypatch.setenv(name, value)
    assert is_chinese(shell("verify").err) is chinese
    assert is_chinese(shell("dance").err) is chinese


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_there_in_chinese(command: str) -> None:
    told = helped(COMMANDS, "zh")[command]
    assert (told.code, told.heavy) == (0, [])
    assert told.out.startswith(f"用法： hallq {command}".strip())
    assert "显示这段说明。" in told.out
    for english in ("Usage", "Options", "Commands", "Arguments", "default:", "required", "Without it"):
        assert english not in told.out


def test_long_texts_are_broken_by_cells() -> None:
    lines = list(wrapped("营业厅排队叫号，hall.toml 里的设置。", 12))
    assert lines == ["营业厅排队叫", "号，", "hall.toml 里", "的设置。"]


def test_letters_that_the_terminal_has_not_are_told_by_their_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hallq", "dance"],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "HALLQ_LANGUAGE": "zh", "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == Exit.USAGE
    assert b"\\u6ca1" in done.stderr
    assert b"Traceback" not in done.stderr
