"""`python -m tests.simulator SEED ...`: the story of these schedules, and what broke in them."""

import os
import sys
import tempfile
from pathlib import Path

from tests.builders import MEMORY_DISK
from tests.simulator.plans import Plan
from tests.simulator.runs import run
from tests.simulator.stage import Stage

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="sim", dir=MEMORY_DISK) as folder:
        os.environ["XDG_STATE_HOME"] = folder
        stage = Stage(Path(folder))
        for seed in map(int, sys.argv[1:]):
            plan = Plan.of(seed)
            world, found = run(plan, stage)
            told = [str(plan), *world.story, *(f"BROKEN: {breach}" for breach in found)]
            sys.stdout.write("\n".join(told) + "\n")
