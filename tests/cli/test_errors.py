"""Everything that goes wrong is one line and a documented exit code."""

import os
import sqlite3
from pathlib import Path

import pytest

from hallq.cli import main
from hallq.cli.commands import app
from hallq.cli.exits import Exit
from hallq.cli.running import run
from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("--sing",),
        ("counter",),
        ("counter", "zero"),
        ("counter", "0"),
        ("config",),
        ("replay", "day.csv"),
        ("replay", "day.csv", "--counters", "0"),
        ("replay", "day.csv", "--counters", "2", "--vip-counters", "3"),
        ("replay", "day.csv", "--counters", "2", "--speed", "fast"),
        ("replay", "day.csv", "--counters", "2", "--speed", "-1"),
        ("replay", "day.csv", "--counters", "2", "--speed", "nan"),
        ("replay", "day.csv", "--counters", "2", "--policy", "nicely"),
        ("demo", "--role", "king"),
        ("demo", "--speed", "0"),
        ("board", "--language", "fr"),
    ],
)
def test_wrong_words(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert said.is_one_line, said.err


@pytest.mark.parametrize("words", [(), ("guide",), ("counter", "2"), ("board",), ("manager",), ("verify",)])
def test_no_hall_here(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words)
    assert said.code == Exit.STORE
    assert said.is_one_line, said.err
    assert "hallq init" in said.err


def test_a_file_that_is_no_database(shell: Shell) -> None:
    Path("hall.db").write_text("dear diary " * 100, encoding="utf-8")
    said = shell("verify", "--db", "hall.db")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert Path("hall.db").read_text(encoding="utf-8").startswith("dear diary")


def test_a_database_of_another_program(shell: Shell) -> None:
    other = sqlite3.connect("other.db")
    other.execute("CREATE TABLE notes (text)")
    other.commit()
    other.close()
    said = shell("verify", "--db", "other.db")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert "another program" in said.err


def test_settings_that_do_not_fit_name_the_first_fault_and_where_the_others_are(shell: Shell) -> None:
    shell("init")
    Path("hall.toml").write_text('[calling]\npolicy = "x"\nmissed_after = -1\n', encoding="utf-8")
    Path("day.csv").write_text("", encoding="utf-8")
    said = shell("replay", "day.csv", "--counters", "1")
    assert (said.code, said.is_one_line) == (Exit.SETTINGS, True)
    assert "calling.policy" in said.err
    assert "1 more: `hallq config check" in said.err


@pytest.mark.parametrize(
    ("found", "allowed"), [("HALLQ_LANGUAGE=fr", "zh, en"), ("HALLQ_VOICE=loud", "speech, bell, off")]
)
def test_an_environment_that_does_not_fit(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, found: str, allowed: str
) -> None:
    monkeypatch.setenv(*found.split("="))
    said = shell("verify")
    assert (said.code, said.is_one_line) == (Exit.SETTINGS, True)
    assert found in said.err
    assert f"Allowed: {allowed}." in said.err


def test_an_option_before_the_command_holds_for_it(shell: Shell, tmp_path: Path) -> None:
    shell("init", tmp_path / "hall")
    assert shell("--dir", tmp_path / "hall", "verify").code == Exit.OK


def test_troubles_are_told_in_the_language_of_the_terminal(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALLQ_LANGUAGE", "zh")
    said = shell("verify")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert any("\u4e00" <= character <= "\u9fff" for character in said.err)


def test_a_fault_of_hallq_itself_leaves_its_details_in_the_log(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise RuntimeError(f"boom at {path}")

    monkeypatch.setattr("hallq.settings.check_file", broken)
    said = shell("config", "check", "hall.toml")
    assert (said.code, said.is_one_line) == (Exit.UNEXPECTED, True)
    (log,) = (tmp_path / "home").rglob("hallq.log")
    assert str(log) in said.err
    assert "boom at hall.toml" in log.read_text(encoding="utf-8")


def test_the_keyboard_stops_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hallq.settings.check_file", stopped)
    said = shell("config", "check", "hall.toml")
    assert (said.code, said.err) == (Exit.INTERRUPTED, "hallq: interrupted\n")


def test_the_keyboard_stops_it_while_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hallq.cli.running.main", stopped)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == Exit.INTERRUPTED


def test_escape_codes_in_a_name_do_not_reach_the_screen(shell: Shell) -> None:
    said = shell("config", "check", "\x1b[2J\u202ehall.toml")
    assert said.code == Exit.SETTINGS
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_the_version_is_told(shell: Shell) -> None:
    said = shell("--version")
    assert said.code == Exit.OK
    assert said.out.startswith("hallq ")


def test_every_exit_code_is_documented() -> None:
    source = Path(os.path.abspath(run.__code__.co_filename)).with_name("exits.py").read_text(encoding="utf-8")
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    for code in Exit:
        assert f"\n| {int(code)} | " in readme
        assert f'    {code.name} = {int(code)}\n    """' in source
    assert app.info.help
