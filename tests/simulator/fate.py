"""The steps of a run: fate strikes, somebody does something, some speak with the hub."""

from tests.simulator import disasters, people
from tests.simulator.healing import all_are_there
from tests.simulator.world import World

_SPANS_MS = (500, 2_000, 5_000, 20_000, 90_000)
_CUT_OR_MENDED = 0.06
_SPEAKS = 0.3
_IS_SEEN = 0.1
"""So likely somebody does what the screen says."""


def live(world: World) -> None:
    """All steps of the plan."""
    for _ in range(world.plan.steps):
        step(world)


def step(world: World) -> None:
    """One step."""
    chance = world.chance
    world.time.passes(chance.choice(_SPANS_MS))
    world.net.deliver()
    world.on_step(world)
    if chance.random() < _CUT_OR_MENDED:
        terminal = chance.choice(world.terminals)
        terminal.line.is_cut = not terminal.line.is_cut
        world.tell(f"{terminal.name} {'cut off' if terminal.line.is_cut else 'mended'}")
    for disaster in world.plan.disasters:
        if chance.random() < world.plan.rate:
            disasters.strike(world, disaster)
    acting = chance.choice(world.terminals)
    for _ in range(chance.randrange(1, 5)):
        acting.survives(lambda: people.act(acting, chance))
    for terminal in world.terminals:
        if chance.random() < _SPEAKS:
            terminal.survives(terminal.syncs)
        if terminal.must_be_enrolled and not terminal.line.is_cut and chance.random() < _IS_SEEN:
            terminal.enrol_again()
    if world.was_wiped and chance.random() < _IS_SEEN:
        all_are_there(world)
    world.ledger.saw_hands(world.terminals)
