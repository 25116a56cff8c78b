"""One PostgreSQL for the tests of a run, and folders that are quick."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import MEMORY_DISK
from tests.rig.conftest import postgres_dsn, postgres_server

__all__ = ["folder", "postgres_dsn", "postgres_server"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder on a quick disk: a killed program loses no more there than on a real one."""
    with tempfile.TemporaryDirectory(prefix="torture", dir=MEMORY_DISK) as path:
        yield Path(path)
