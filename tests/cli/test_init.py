"""`hallq init`: a hall to start from, and nothing overwritten."""

from pathlib import Path

from hallq.cli.exits import Exit
from hallq.settings import default_text
from tests.cli.conftest import Shell


def test_a_new_hall_has_settings_and_a_file_that_verifies(shell: Shell, tmp_path: Path) -> None:
    made = shell("init", tmp_path / "hall")
    assert made.code == Exit.OK
    assert made.out.splitlines() == [str(tmp_path / "hall" / name) for name in ("hall.toml", "hall.db")]
    assert (tmp_path / "hall" / "hall.toml").read_text(encoding="utf-8") == default_text()
    assert shell("verify", "--dir", tmp_path / "hall").code == Exit.OK


def test_without_a_folder_it_is_here_and_found_again(shell: Shell) -> None:
    assert shell("init").code == Exit.OK
    assert Path("hall.db").exists()
    assert shell("verify").code == Exit.OK


def test_a_second_init_changes_nothing_and_says_so(shell: Shell, tmp_path: Path) -> None:
    shell("init", tmp_path / "hall")
    settings = tmp_path / "hall" / "hall.toml"
    settings.write_text(default_text() + "# ours\n", encoding="utf-8")
    again = shell("init", tmp_path / "hall")
    assert again.code == Exit.REFUSED
    assert again.is_one_line
    assert "already has a hall; nothing was changed" in again.err
    assert settings.read_text(encoding="utf-8").endswith("# ours\n")


def test_a_lost_database_is_made_beside_the_settings_that_are_kept(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text('[hall]\nid = "north"\n', encoding="utf-8")
    made = shell("init", tmp_path)
    assert made.code == Exit.OK
    assert "is there already and was kept" in made.err
    assert (tmp_path / "hall.toml").read_text(encoding="utf-8") == '[hall]\nid = "north"\n'


def test_an_init_that_was_stopped_early_is_taken_up_again(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text(default_text(), encoding="utf-8")
    (tmp_path / "hall.db").touch()
    assert shell("init", tmp_path).code == Exit.OK
    assert shell("verify", "--dir", tmp_path).code == Exit.OK


def test_a_folder_that_cannot_be_made(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = shell("init", tmp_path / "file" / "hall")
    assert (refused.code, refused.is_one_line) == (Exit.STORE, True)
    assert "Choose another folder" in refused.err
