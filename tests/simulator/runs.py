"""One run after the other; what broke is told with the seed that brings it back."""

import os
from collections.abc import Callable, Iterable

from hallq.sync.joined_hall import JoinedHall
from tests.simulator.checks import breaches, disagreements
from tests.simulator.emptying import serve_all
from tests.simulator.fate import live
from tests.simulator.healing import heal
from tests.simulator.plans import Plan
from tests.simulator.stage import Stage
from tests.simulator.world import World

SCHEDULES = int(os.environ.get("HALLQ_SCHEDULES", "500"))
"""How many schedules are tried with every run of the tests: the long mode sets 10,000."""

SHARE = 25
"""So many are one test."""


def run(
    plan: Plan,
    stage: Stage,
    hall_kind: type[JoinedHall] = JoinedHall,
    on_step: Callable[[World], None] = lambda world: None,
) -> tuple[World, list[str]]:
    """A hall from its morning over its healing until all are served; the breaches."""
    world = World(stage, plan, hall_kind, on_step)
    try:
        live(world)
        if heal(world):
            found = [*disagreements(world), *serve_all(world), *breaches(world)]
        else:
            found = [f"not healed: {world.story[-1]}"]
    finally:
        world.close()
    return world, found


def told(seeds: Iterable[int], stage: Stage) -> list[str]:
    """A line for each seed whose run broke something, with the way to see it again."""
    lines = []
    for seed in seeds:
        plan = Plan.of(seed)
        try:
            _, found = run(plan, stage)
        except Exception as error:
            found = [repr(error)]
        if found:
            lines.append(f"python -m tests.simulator {seed}  # {found[:3]} {plan}")
    return lines
