"""SIGKILL to terminals, workers of the hub and PostgreSQL in turn, while a day is lived."""

import os
import random
from pathlib import Path

from tests.rig.postgres import Postgres
from tests.torture.house import House, breaches, hall_of

KILLS = int(os.environ.get("HALLQ_TORTURE_KILLS", "30"))
SEED = int(os.environ.get("HALLQ_TORTURE_SEED", "1"))


def _kill(house: House, postgres: Postgres, number: int, chance: random.Random) -> None:
    """The next victim; it comes back at once, as a supervisor or a person would see to it."""
    if number % 3 == 0:
        terminal = chance.choice(house.terminals)
        terminal.kill()
        terminal.start()
    elif number % 3 == 1:
        house.hub.kill_worker(chance.randrange(2))
    else:
        postgres.kill()
        postgres.start()


def test_thirty_kills_lose_nothing(folder: Path, postgres_server: Postgres, postgres_dsn: str) -> None:
    chance = random.Random(SEED)
    with hall_of(folder, postgres_dsn, 6, seed=SEED, speed=30, workers=2) as house:
        house.open()
        house.all_be("live")
        for number in range(KILLS):
            house.lives_on(chance.randint(1, 8), seconds=1)
            _kill(house, postgres_server, number, chance)
        house.all_be("rest")
        house.agree_within(60)
        assert len(house.confirmed) > KILLS
        house.empties_within(60)
        house.agree_within(60)
        house.end()
        assert breaches(house) == []
