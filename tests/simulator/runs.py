"""One run after the other on a quick disk; what broke is told with the seed that brings it back."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hallq.sync.joined_hall import JoinedHall
from tests.builders import MEMORY_DISK
from tests.simulator.checks import breaches
from tests.simulator.healing import heal
from tests.simulator.world import Plan, World

SCHEDULES = int(os.environ.get("HALLQ_SCHEDULES", "100"))
"""How many schedules are tried: 100 with every test run, 500 or 10,000 now and then."""


def run(
    plan: Plan,
    templates: Path,
    hall_kind: type[JoinedHall] = JoinedHall,
    on_step: Callable[[World], None] = lambda world: None,
) -> tuple[World, list[str]]:
    """A hall from its morning to its healing; the breaches."""
    with tempfile.TemporaryDirectory(prefix="sim", dir=MEMORY_DISK) as folder:
        world = World(Path(folder), plan, templates, hall_kind, on_step)
        try:
            world.run()
            found = breaches(world) if heal(world) else [f"not healed: {world.story[-1]}"]
        finally:
            world.close()
    return world, found


def told(seeds: range, templates: Path, **changes: Any) -> list[str]:
    """A line for each seed whose run broke something."""
    lines = []
    for seed in seeds:
        plan = replace(Plan.of(seed), **changes)
        _, found = run(plan, templates)
        if found:
            lines.append(f"{plan}: {found[:3]}")
    return lines
