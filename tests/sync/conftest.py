"""A town on a quick disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import MEMORY_DISK
from tests.sync.lives import Town


@pytest.fixture
def town() -> Iterator[Town]:
    """A hub with one hall."""
    with tempfile.TemporaryDirectory(prefix="town", dir=MEMORY_DISK) as folder:
        town = Town(Path(folder))
        yield town
        town.close()
