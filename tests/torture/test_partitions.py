"""Ten terminals on bad networks that come and go by chance: soon after all is healed, all are equal."""

import os
import random
from pathlib import Path

from tests.rig.proxy import Fault, FaultProxy, Plan, always, by_seed
from tests.torture.house import House, breaches, hall_of

RUNS = int(os.environ.get("HALLQ_TORTURE_PARTITIONS", "5"))
SEED = int(os.environ.get("HALLQ_TORTURE_SEED", "1"))
TERMINALS = 10
STROKES = 16
HEALED_SECONDS = float(os.environ.get("HALLQ_TORTURE_HEALED_SECONDS", "60"))
"""Alone on a machine 10 are enough."""
CUTS = (Fault.RESET, Fault.DROP, Fault.BLACK_HOLE)
SHARES = {
    Plan(Fault.CUT_ANSWER): 0.1,
    Plan(Fault.CUT_ANSWER, 200): 0.1,
    Plan(Fault.HALF_CLOSE): 0.05,
    Plan(Fault.HALF_CLOSE, 300): 0.05,
    Plan(Fault.MUTE): 0.05,
    Plan(Fault.TWICE): 0.15,
    Plan(Fault.DELAY, 0.1): 0.1,
    Plan(Fault.RESET): 0.05,
}


def _stroke(proxy: FaultProxy, chance: random.Random) -> None:
    """Something happens to one network."""
    drawn = chance.random()
    if drawn < 0.4:
        proxy.cut(chance.choice(CUTS))
    elif drawn < 0.7:
        proxy.heal()
    else:
        proxy.plans = by_seed(chance.randrange(1 << 30), SHARES)


def _heal(house: House) -> None:
    for terminal in house.terminals:
        terminal.proxy.plans = always(Fault.NONE)
        terminal.proxy.heal()


def test_all_are_equal_soon_after_the_heal(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), TERMINALS, seed=SEED, speed=40) as house:
        house.open()
        for run in range(RUNS):
            chance = random.Random(f"{SEED} {run}")
            house.all_be("live")
            for _ in range(STROKES):
                house.lives_on(chance.randint(1, 6), seconds=0.5)
                _stroke(chance.choice(house.terminals).proxy, chance)
            house.all_be("rest")
            _heal(house)
            house.agree_within(HEALED_SECONDS)
        house.empties_within(60)
        house.agree_within(HEALED_SECONDS)
        house.end()
        assert breaches(house) == []
