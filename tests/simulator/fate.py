"""The steps of a run: fate strikes, somebody does something, some speak with the hub."""

from tests.simulator import disasters, people
from tests.simulator.hands import look_at_hands
from tests.simulator.healing import all_are_there
from tests.simulator.world import World

_SPANS_MS = (500, 2_000, 5_000, 20_000, 90_000)
_IS_CUT = 0.02
_IS_MENDED = 0.1
_ACTS_CUT_OFF = 3
"""So many times as much is done at a terminal that is cut off: what it does alone is what may go wrong."""

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
    _cut_and_mend(world)
    for disaster in world.plan.disasters:
        if chance.random() < world.plan.rate:
            disasters.strike(world, disaster)
    acting = chance.choice(world.terminals)
    for _ in range(chance.randrange(1, 5) * (_ACTS_CUT_OFF if acting.line.is_cut else 1)):
        acting.survives(lambda: people.act(acting, chance))
    for terminal in world.terminals:
        if chance.random() < _SPEAKS:
            terminal.survives(terminal.syncs)
        if terminal.must_be_enrolled and not terminal.line.is_cut and chance.random() < _IS_SEEN:
            terminal.enrol_again()
    if world.was_wiped and chance.random() < _IS_SEEN:
        all_are_there(world)
    look_at_hands(world)


def _cut_and_mend(world: World) -> None:
    """Lines are cut, in the middle of a request, too (`net.py`), and are mended."""
    for terminal in world.terminals:
        was_cut = terminal.line.is_cut
        if world.chance.random() < (_IS_MENDED if was_cut else _IS_CUT):
            terminal.line.is_cut = not was_cut
            world.tell(f"{terminal.name} {'mended' if was_cut else 'cut off'}")
