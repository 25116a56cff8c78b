"""What befalls machines: wrong clocks, restarts, copies and older copies of disks, lost hubs."""

import json

from hallq.store import outbox
from tests.builders import DAY_MS
from tests.simulator.terminals import SimTerminal, copied
from tests.simulator.world import HALL, World

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
    """A disk is copied, and both run on: the copy on another machine, perhaps with the small files beside."""
    if any(t.is_copy for t in world.terminals):
        return
    source = world.chance.choice(world.terminals)
    name = f"{source.name}c"
    path = world.folder / f"{name}.db"
    copied(source.path, path, beside=world.chance.random() < 0.5)
    machine = type(source.machine)(world.time, name)
    clone = SimTerminal(world, name, path, machine, source.counters, is_copy=True)
    clone.start()
    clone.line.is_cut = world.chance.random() < 0.5
    with source.store.reading() as connection:  # two disks hold them, and neither can know
        world.ledger.released.update(outbox.own_unsent_tickets(connection))
    world.tell(f"{name} is a clone of {source.name}, cut {clone.line.is_cut}")
    world.terminals.append(clone)


def _restore(world: World) -> None:
    """A backup is made; later one comes back."""
    terminal = world.chance.choice([t for t in world.terminals if not t.is_copy])
    if len(terminal.backups) < KEPT_BACKUPS and (not terminal.backups or world.chance.random() < 0.5):
        terminal.back_up()
        return
    world.tell(f"{terminal.name} restored")
    lost = world.confirmed_only_in(terminal)
    terminal.put_back(world.chance.choice(terminal.backups))
    gone = lost - world.held_by(terminal)
    world.ledger.excused += gone
    # Where a disk forgot it and the hub does too, nobody knows that these were called.
    world.ledger.released.update(json.loads(body).get("ticket_id", "") for _, body in gone)


def _hub_restore(world: World) -> None:
    """The hub's backup is made; later it comes back."""
    backup = world.folder / "hub.backup"
    if world.hub_backup is None:
        copied(world.hub_path, backup, beside=False)
        world.hub_backup = backup
        return
    world.tell("hub restored")
    world.stop_hub()
    copied(backup, world.hub_path, beside=False)
    world.start_hub()
    world.hub_backup = None


def _hub_wiped(world: World) -> None:
    """The hub's database is gone; its key was kept, and everybody is enrolled again."""
    if world.was_wiped:
        return
    world.was_wiped = True
    world.tell("hub wiped")
    world.stop_hub()
    copied(world.templates / "hub.db", world.hub_path, beside=False)
    world.start_hub()
    world.net.hub.promote(HALL)  # as `hallq hub rebuild` does
    world.hub_backup = None


def _release(world: World) -> None:
    """A manager looks at a silent counter and frees its tickets."""
    silent = [t for t in world.terminals if t.line.is_cut]
    if silent:
        terminal = world.chance.choice(silent)
        release(world, world.chance.choice(terminal.counters))


def release(world: World, counter: int) -> None:
    """A person frees what a counter was given; it stays marked."""
    freed = world.net.hub.release(HALL, counter, "manager")
    world.tell(f"counter {counter} released: {len(freed)}")
    world.ledger.released.update(freed)
    world.had_release = True


_KINDS = {
    "clocks": _clocks,
    "restarts": _restarts,
    "clone": _clone,
    "restore": _restore,
    "hub-restore": _hub_restore,
    "hub-wiped": _hub_wiped,
    "release": _release,
}
