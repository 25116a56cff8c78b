"""Workers on one PostgreSQL tell each other at once; without that, looking finds what is new."""

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest

from hallq.clock import SystemClock
from hallq.hub import Hub, bell
from hallq.hub.database import Database
from tests.hub.lives import KEY, Chance, Halls

NEVER_SECONDS = 3_600.0


@pytest.fixture
def two(new_postgresql: str, open_database: Callable[[str], Database]) -> Iterator[tuple[Halls, Hub]]:
    """A hall at one worker, and another worker; both notify."""
    halls = Halls(open_database(new_postgresql))
    made = [
        Hub(
            open_database(new_postgresql),
            clock=SystemClock(),
            key=KEY,
            new_random=Chance(seed),
            notifying=True,
        )
        for seed in ("first", "second")
    ]
    halls.hub = made[0]
    halls.create("h1")
    yield halls, made[1]
    for hub in made:
        hub.close()


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is told is heard."""
    monkeypatch.setattr(bell, "LOOK_SECONDS", NEVER_SECONDS)


@pytest.mark.usefixtures("nobody_looks")
def test_news_comes_without_looking(two: tuple[Halls, Hub]) -> None:
    halls, there = two
    device = halls.opened("t1", 1)
    last = there.last("h1")
    told = there.wait_after("h1", last, 0.2)  # from now on it listens
    assert told == last
    device.issues(3)
    assert there.wait_after("h1", last, 10) == last + 3


@pytest.fixture
def many_lines() -> Iterator[None]:
    """As many open bells as hundreds of terminals have."""
    resource = pytest.importorskip("resource", reason="Windows counts open files otherwise")
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 2_000:
        pytest.skip("this machine lets a program open fewer than 2,000 files")
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_100)]
    yield
    for descriptor in opened:
        os.close(descriptor)


@pytest.mark.usefixtures("nobody_looks")
def test_news_comes_at_a_hub_with_a_thousand_open_lines(many_lines: None, two: tuple[Halls, Hub]) -> None:
    test_news_comes_without_looking(two)


def _lines_cut(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'hallq hub courier' AND datname = current_database()"
        )


@pytest.mark.usefixtures("nobody_looks")
def test_a_lost_line_is_made_again_and_what_rang_meanwhile_is_looked_up(
    two: tuple[Halls, Hub], new_postgresql: str
) -> None:
    halls, there = two
    device = halls.opened("t1", 1)
    for number in range(1, 4):
        last = there.last("h1")
        there.wait_after("h1", last, 0.05)
        _lines_cut(new_postgresql)
        device.issues(1, first=number)
        assert there.wait_after("h1", last, 10) == last + 1
