"""Files that every run begins with, made once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import MEMORY_DISK
from tests.simulator import world


@pytest.fixture(scope="session")
def templates() -> Iterator[Path]:
    """A blank terminal's file and a hub's database."""
    with tempfile.TemporaryDirectory(prefix="sim", dir=MEMORY_DISK) as folder:
        yield world.templates(Path(folder))
