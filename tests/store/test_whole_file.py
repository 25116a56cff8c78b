"""Keys, tokens and settings: whole or not at all, and there after a power cut."""

import os
from pathlib import Path

import pytest

from hallq.whole_file import AS_USUAL, write_whole


@pytest.mark.parametrize("only_new", [False, True])
def test_name_and_content_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_new: bool
) -> None:
    path, synced, fsync = tmp_path / "key", list[tuple[int, bool]](), os.fsync

    def seen(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, path.exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    write_whole(path, b"abc", only_new=only_new)
    assert synced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_replaced_or_stays_where_a_link_leads(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "hall.toml"
    link.symlink_to(elsewhere / "hall.toml")
    for content, only_new in ((b"first", True), (b"second", True), (b"third", False)):
        write_whole(link, content, mode=AS_USUAL, only_new=only_new)
        assert link.is_symlink()
        assert link.read_bytes() == (b"third" if content == b"third" else b"first")
    assert [path.name for path in elsewhere.iterdir()] == ["hall.toml"]


def test_without_room_for_a_draft_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    path.write_bytes(b"old")
    with pytest.raises(OSError, match="too long"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
