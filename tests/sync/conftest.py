"""A town on a quick disk; and streets to a real service."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import MEMORY_DISK
from tests.hub.test_web.conftest import Served, served
from tests.sync.lives import Town
from tests.sync.network import Streets

_halls = itertools.count(1)


@pytest.fixture
def town() -> Iterator[Town]:
    """A hub with one hall."""
    with tempfile.TemporaryDirectory(prefix="town", dir=MEMORY_DISK) as folder:
        town = Town(Path(folder))
        yield town
        town.close()


@pytest.fixture(scope="session")
def hub_service() -> Iterator[Served]:
    """A hub on a socket."""
    with (
        tempfile.TemporaryDirectory(prefix="sync", dir=MEMORY_DISK) as folder,
        served(Path(folder) / "hub.db", Path(folder)) as running,
    ):
        yield running


@pytest.fixture
def streets(hub_service: Served) -> Iterator[Streets]:
    """A hall of its own at the service."""
    hub_service.moment.ms += 3_600_000
    with tempfile.TemporaryDirectory(prefix="streets", dir=MEMORY_DISK) as folder:
        streets = Streets(hub_service, f"hall-{next(_halls)}", Path(folder))
        yield streets
        streets.close()
