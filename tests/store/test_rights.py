"""A hall's files belong to the one who made them."""

import sys
from pathlib import Path

import pytest

from hallq.store import Store


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_nobody_else_may_read_the_hall(store: Store) -> None:
    store.load_state()
    files: list[Path] = sorted(store.path.parent.glob(store.path.name + "*"))
    assert len(files) >= 3
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in files} == {
        file.name: "0o600" for file in files
    }
