"""Shared fixtures: a clock in the hand, a store on a temporary file, a hall on both."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hallq import hashing, typed_ahead
from hallq.i18n import set_language
from hallq.store import Store
from tests.builders import MEMORY_DISK, HandClock, TryHall, a_hall, new_store
from tests.staff.people import EVERYBODY, employ

_SLOW_DISK = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "ci", max_examples=50, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW_DISK
)
settings.register_profile(
    "long", max_examples=1_500, deadline=None, print_blob=True, suppress_health_check=_SLOW_DISK
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


LONGEST = frozenset(
    {
        *("torture", "day", "test_schedules", "test_more_schedules", "test_controls", "test_killed"),
        *("test_fuzz", "test_whole", "test_power_cut", "test_wheel", "test_sign_in", "test_hall_machine"),
    }
)
"""Folders and files of the tests that take longest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin first, so that no processor is idle while the last one ends."""
    items.sort(key=lambda item: LONGEST.isdisjoint((item.path.stem, item.path.parent.name)))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many of the longest tests wait for other programs."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def state_folder() -> Iterator[None]:
    """What programs keep for their user, logs and witnesses, goes away with the tests."""
    with (
        tempfile.TemporaryDirectory(prefix="state", dir=MEMORY_DISK) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("XDG_STATE_HOME", folder)
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language the one before ended in."""
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes longer than a person who has looked at the screen again: no key is dropped."""
    monkeypatch.setattr(typed_ahead, "PATIENCE_SECONDS", 60.0)


def pytest_collection_finish() -> None:
    """Programs and tests are here to stay: nobody looks through them for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def nothing_lingers() -> Iterator[None]:
    """What the tests of a file left in circles is let go, open files too, before it fills the memory.

    What is left then, caches above all, stays until the end; the next search passes it by.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> HandClock:
    """A clock that moves only when told."""
    return HandClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new hall's file."""
    opened = new_store(tmp_path / "hall.db")
    yield opened
    opened.close()


@pytest.fixture
def hall(store: Store, clock: HandClock) -> TryHall:
    """A hall in the morning: the day is open, nobody is here yet."""
    return a_hall(store, clock)


@pytest.fixture
def staffed(hall: TryHall) -> TryHall:
    """A hall with everybody on its list."""
    employ(hall.hall, *EVERYBODY)
    return hall


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost little: what is tried is not how dear they are."""
    monkeypatch.setattr(hashing, "COST", (1, 8, 1))
