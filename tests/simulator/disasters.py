"""What befalls machines: wrong clocks, restarts, copies and older copies of disks, lost hubs."""

import json

from hallq.hub import HubFault
from hallq.sync.status import Link
from tests.builders import DAY_MS
from tests.simulator.files import copied
from tests.simulator.ledger import FORGOTTEN
from tests.simulator.stage import HALL
from tests.simulator.terminals import FREE_COUNTERS, SimTerminal
from tests.simulator.world import World

KEPT_BACKUPS = 3


def strike(world: World, disaster: str) -> None:
    """One disaster of this kind."""
    _KINDS[disaster](world)


def _clocks(world: World) -> None:
    """Wall clocks jump, and machines start again with a wrong one."""
    machine = world.chance.choice([world.hub_machine, *(t.machine for t in world.terminals)])
    span_ms = world.chance.choice((-DAY_MS, -3_600_000, -300_000, 300_000, 3_600_000, DAY_MS))
    machine.jump(span_ms)
    world.tell(f"clock of {machine.name} {span_ms}")
    if world.chance.random() < 0.3:
        machine.restart()
        for terminal in world.terminals:
            if terminal.machine is machine:
                terminal.restart()


def _restarts(world: World) -> None:
    """A program ends and begins."""
    if world.chance.random() < 0.3:
        world.tell("hub restarts")
        world.stop_hub()
        world.start_hub()
        return
    terminal = world.chance.choice(world.terminals)
    world.tell(f"{terminal.name} restarts")
    if world.chance.random() < 0.4:
        terminal.machine.restart()
    terminal.restart()


def _clone(world: World) -> None:
    """A folder is copied, and both run on: the copy on another machine, at a counter of its own."""
    if any(t.is_copy for t in world.terminals):
        return
    source = world.chance.choice(world.terminals)
    name = f"{source.name}c"
    path = world.folder / f"{name}.db"
    copied(source.path, path, beside=True)
    machine = type(source.machine)(world.time, name)
    clone = SimTerminal(world, name, path, machine, FREE_COUNTERS, source.token, source.proofs, is_copy=True)
    clone.start()
    clone.file.change(standing=Link.FENCED.value)  # as it finds at its start by what lies beside it
    clone.line.is_cut = world.chance.random() < 0.5
    world.tell(f"{name} is a clone of {source.name}, cut {clone.line.is_cut}")
    world.terminals.append(clone)


def _restore(world: World) -> None:
    """A backup is made; later one comes back."""
    terminal = world.chance.choice([t for t in world.terminals if not t.is_copy])
    if len(terminal.backups) < KEPT_BACKUPS and (not terminal.backups or world.chance.random() < 0.5):
        terminal.back_up()
        return
    world.tell(f"{terminal.name} restored")
    in_place = world.chance.random() < 0.5
    with world.forgetting():
        terminal.put_back(world.chance.choice(terminal.backups), in_place=in_place)
    world.ledger.doubts(terminal.at_counters(), "stands at a counter as an older file knows it")


def _hub_restore(world: World) -> None:
    """The hub's backup is made; later it comes back."""
    backup = world.folder / "hub.backup"
    if world.hub_backup is None:
        copied(world.stage.hub_path, backup)
        world.hub_backup = backup
        return
    world.was_put_back = True
    world.tell("hub restored")
    before, leased = world.entries(), [ticket_id for ticket_id, _ in world.leased()]
    with world.forgetting():
        world.stop_hub()
        copied(backup, world.stage.hub_path)
        world.start_hub()
    if world.chance.random() < 0.7:
        world.net.hub.promote(HALL)  # as who put it back should say
    else:
        world.has_forgotten = True
        lost = [json.loads(entry.event.body) for entry in before[world.position() :]]
        world.ledger.doubts([*leased, *(facts.get("ticket_id", "") for facts in lost)], FORGOTTEN)
    world.hub_backup = None


def _hub_wiped(world: World) -> None:
    """The hub's database is gone; its key was kept, and everybody is enrolled again."""
    if world.was_wiped:
        return
    world.was_wiped = True
    world.tell("hub wiped")
    with world.forgetting():
        world.stop_hub()
        copied(world.stage.beginnings / "blank.db", world.stage.hub_path)
        world.start_hub()
    world.net.hub.rebuild(HALL)
    world.hub_backup = None


def _release(world: World) -> None:
    """A manager looks at a silent counter and frees its tickets."""
    silent = [t for t in world.terminals if t.line.is_cut]
    if not silent:
        return
    counter = world.chance.choice(world.chance.choice(silent).counters)
    unsent = world.kept_as_unsent(counter)
    try:
        freed = world.net.hub.release(HALL, counter, "manager")
    except HubFault as no:
        world.tell(f"counter {counter} is not released: {no.fault}")
        return
    world.tell(f"counter {counter} released: {' '.join(ticket_id[-12:] for ticket_id in freed)}")
    world.ledger.doubts([*freed, *unsent], "released by a person")
    for terminal in world.terminals:
        if counter in terminal.counters:
            world.ledger.doubts(
                terminal.called_unheard(counter), "called at a counter before it was released"
            )
            terminal.taken.add(counter)


_KINDS = {
    "clocks": _clocks,
    "restarts": _restarts,
    "clone": _clone,
    "restore": _restore,
    "hub-restore": _hub_restore,
    "hub-wiped": _hub_wiped,
    "release": _release,
}
