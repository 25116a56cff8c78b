"""The hub's database dies with its machine, and a synchronous standby takes over, while a hall is at work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.load import url_of
from tests.rig import postgres
from tests.rig.standby import Pair, pair
from tests.rig.waiting import until
from tests.torture.house import PAUSE_SECONDS, House, breaches, hall_of
from tests.torture.test_kills import SEED

TERMINALS = 2
SPEED = 60


@pytest.fixture
def machines() -> Iterator[Pair]:
    """A primary and its synchronous standby."""
    if why := postgres.missing():
        pytest.skip(why)
    with pair() as running:
        yield running


def _links(house: House) -> set[str]:
    """What the last lines of the screens say of the hub."""
    return {told["link"] for told in house.tells()}


def _calls(house: House) -> int:
    return sum(1 for done in house.confirmed if done["kind"] == "ticket.announced")


def test_a_promoted_standby_goes_on_with_the_hall(folder: Path, machines: Pair) -> None:
    with hall_of(folder, url_of(machines.dsn()), TERMINALS, seed=SEED, speed=SPEED, workers=2) as house:
        house.open()
        house.all_be("live")
        house.lives_on(40, seconds=60)
        machines.primary.kill()
        until(
            lambda: _links(house) == {"cut-off"},
            "every screen says that the hub is away",
            every_seconds=PAUSE_SECONDS,
        )
        calls = _calls(house)
        until(lambda: _calls(house) > calls, "customers are called all the same")
        assert any(told["unsent"] for told in house.tells())
        machines.standby.promote()
        until(
            lambda: _links(house) <= {"connected", "behind"},
            "every screen says that the hub is back",
            every_seconds=PAUSE_SECONDS,
        )
        calls = _calls(house)
        until(lambda: _calls(house) > calls + TERMINALS, "the hall goes on")
        house.all_be("rest")
        house.agree_within(60)
        assert _links(house) == {"connected"}
        house.empties_within(60)
        house.agree_within(60)
        house.end()
        assert breaches(house) == []
