"""The end of all faults: lines are mended, people do what the screens tell them to, everybody catches up."""

from hallq.sync.status import Link
from tests.simulator.stage import HALL
from tests.simulator.world import World

ROUNDS = 24


def heal(world: World) -> bool:
    """Whether all have the same place in the end, with nothing left to send."""
    world.net.badness = 0
    world.net.is_up = True
    for terminal in world.terminals:
        terminal.line.is_cut = False
    world.net.deliver(all_of_them=True)
    for round_number in range(ROUNDS):
        world.time.passes(5_000)
        links = {terminal.name: terminal.syncs() for terminal in world.terminals}
        for terminal in world.terminals:
            if terminal.must_be_enrolled:
                terminal.enrol_again()
        all_are_there(world)
        if round_number > ROUNDS // 2 and Link.RECOVERING in links.values():
            if not world.was_wiped and not world.has_lost_devices:
                return False  # recovery ends by itself when everybody has been heard
            world.tell("a person ends recovery")
            world.net.hub.resume(HALL)
        if set(links.values()) == {Link.CONNECTED} and is_one(world):
            return True
    world.tell(f"links {links}")
    return False


def all_are_there(world: World) -> None:
    """Who rebuilds a hub knows how many terminals there are, and says when all have come back."""
    status = world.net.hub.status(HALL)
    known = {device.device for device in status.devices}
    originals = {t.file.joined.device for t in world.terminals if not t.is_copy}
    if status.by_word and not status.awaited and originals <= known:
        world.tell("a person says that all terminals are there")
        world.net.hub.resume(HALL)


def is_one(world: World) -> bool:
    """Whether all files have the hub's place, and nobody has anything to send or to ask."""
    places = {terminal.file.place.model_dump_json() for terminal in world.terminals}
    at_rest = all(t.file.unsent() == 0 and not t.file.open_commands() for t in world.terminals)
    return len(places) == 1 and at_rest and world.terminals[0].file.place.position == world.position()
