"""Which hall is meant, and what may stand in its place."""

import os
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.settings import default_text
from tests.cli.conftest import Shell
from tests.simulation.days import busy_morning


def test_an_empty_file_is_told_as_empty(shell: Shell) -> None:
    Path("hall.db").touch()
    said = shell("verify", "--db", "hall.db")
    assert (said.code, said.is_one_line) == (Exit.STORE, True)
    assert "is empty" in said.err
    assert Path("hall.db").read_bytes() == b""


@pytest.mark.parametrize("words", [(), ("guide",), ("counter", "1"), ("board",), ("manager",), ("verify",)])
def test_what_stands_in_the_place_of_a_hall(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for option, place, told in (
        ("--dir", tmp_path / "file", "is a file. Use --db"),
        ("--db", tmp_path, "is a folder. Use --dir"),
        ("--dir", tmp_path / "no", "does not exist"),
        ("--db", tmp_path / "no" / "hall.db", "There is no hall at"),
    ):
        said = shell(*words, option, place)
        assert (said.code, said.is_one_line) == (Exit.STORE, True), said
        assert told in said.err


def test_db_and_dir_mean_the_same_hall_everywhere(
    shell: Shell, hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [
        shell("verify", "--dir", hall).out,
        shell("verify", "--db", hall / "hall.db").out,
        shell("--db", hall / "hall.db", "verify").out,
        shell("--dir", hall, "verify").out,
    ]
    monkeypatch.setenv("HALLQ_DIR", "")
    monkeypatch.setenv("HALLQ_DB", str(hall / "hall.db"))
    told.append(shell("verify").out)
    assert len(set(told)) == 1
    (hall / "hall.toml").write_text('[calling]\npolicy = "nicely"\n', encoding="utf-8")
    for words in (("--dir", hall), ("--db", hall / "hall.db"), ()):
        assert "calling.policy" in shell("config", "check", *words).out


def test_a_replay_takes_the_settings_beside_its_database(shell: Shell, hall: Path, tmp_path: Path) -> None:
    (hall / "hall.toml").write_text('[calling]\npolicy = "arrival"\n', encoding="utf-8")
    day = busy_morning(tmp_path, 3)
    assert '"arrival"' in shell("replay", day, "--counters", 2, "--json", "--db", hall / "r.db").out
    os.chdir(hall)
    assert '"arrival"' in shell("replay", day, "--counters", 2, "--json", "--db", tmp_path / "r.db").out


def test_config_check_without_a_file_checks_what_a_start_would_use(shell: Shell) -> None:
    assert "hallq's own defaults" in shell("config", "check").out
    Path("hall.toml").write_text("counters = []\n", encoding="utf-8")
    said = shell("config", "check")
    assert said.code == Exit.FAULTS_FOUND
    assert "counters: the list is empty" in said.out


@pytest.mark.parametrize("made", [b"\xef\xbb\xbf%s", b"%s"])
def test_settings_of_a_windows_editor_are_read(shell: Shell, made: bytes) -> None:
    text = default_text().replace("\n", "\r\n").encode()
    Path("hall.toml").write_bytes(made.replace(b"%s", text))
    assert shell("config", "check").code == Exit.OK


def test_settings_in_the_old_encoding_are_told_so(shell: Shell) -> None:
    Path("hall.toml").write_bytes('[hall]\nname = { zh = "北京路营业厅", en = "x" }\n'.encode("gb18030"))
    said = shell("config", "check")
    assert (said.code, said.is_one_line) == (Exit.SETTINGS, True)
    assert "looks like GBK or GB18030. Save it as UTF-8." in said.err


@pytest.mark.parametrize("words", [("guide",), ("counter", "1"), ("demo",), ()])
def test_no_screen_without_a_terminal(shell: Shell, words: tuple[str, ...]) -> None:
    shell("init")
    said = shell(*words)
    assert (said.code, said.is_one_line) == (Exit.NO_SCREEN, True)
    assert "terminal" in said.err
