"""The stage on which all runs of a test process take place."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import MEMORY_DISK
from tests.simulator.stage import Stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """On a quick disk."""
    with tempfile.TemporaryDirectory(prefix="sim", dir=MEMORY_DISK) as folder:
        yield Stage(Path(folder))
