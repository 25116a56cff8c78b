"""Disks that are copied and set back: noticed, told in words, and nothing is lost or printed twice."""

import json
import shutil
from functools import partial
from pathlib import Path

from tests.rig.waiting import until
from tests.torture.house import PAUSE_SECONDS, House, breaches, hall_of
from tests.torture.hub_process import HALL, HubProcess
from tests.torture.terminal_process import TerminalProcess

EVENTS_LOST = 1_000
BATCH = 100
SPEED = 60
DOOR = 'do IssueTicket {"service": "payment"}'


def _lived(house: House, events: int) -> None:
    """So many events by all terminals that live."""
    house.all_be("live")
    house.lives_on(events, seconds=30)
    house.all_be("rest")
    house.agree_within(60)


def _status(house: House, terminal: TerminalProcess) -> str:
    """What `hallq status` says there."""
    return house.hub.command("status", "--db", str(terminal.db))


def _prints(terminal: TerminalProcess, count: int) -> None:
    """Customers take numbers there."""
    before = len(terminal.confirmed)
    for _ in range(count):
        terminal.order(DOOR)
    until(lambda: len(terminal.confirmed) >= before + count, f"{count} numbers at {terminal.number}")


def _copy(house: House, source: TerminalProcess) -> TerminalProcess:
    """A terminal whose disk is the copy of another one's, as it lies there at this moment."""
    clone = house.unjoined()
    shutil.copytree(source.folder, clone.folder)
    return clone


def test_a_copy_that_runs_beside_its_original_is_told_to_enrol_anew(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), 2, seed=1, speed=SPEED) as house:
        house.open()
        _lived(house, 40)
        original = house.terminals[1]
        clone = _copy(house, original)
        _prints(original, 3)
        house.agree_within(60)
        clone.start()
        until(partial(_is, clone, "fenced"), "the copy is fenced", every_seconds=PAUSE_SECONDS)
        assert "this is a copy of a terminal, or was moved here: enrol it anew" in _status(house, clone)
        clone.order(DOOR)
        _prints(original, 2)
        until(lambda: clone.faults and clone.faults[-1]["reason"] == "enrol-anew", "it gives no numbers")
        clone.kill()
        clone.join(house.hub, f"Counter {original.number}")
        clone.start()
        house.agree_within(60)
        _lived(house, 20)
        house.end()
        assert breaches(house) == []


def test_a_terminal_whose_disk_is_set_back_takes_its_past_from_the_hub(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), 2, seed=2, speed=SPEED) as house:
        house.open()
        _lived(house, 30)
        terminal = house.terminals[1]
        terminal.end()
        backup = folder / "backup.db"
        shutil.copy(terminal.db, backup)
        terminal.start()
        _prints(terminal, 5)
        _lived(house, 30)
        terminal.kill()
        for name in ("hall.db-wal", "hall.db-shm"):
            (terminal.folder / name).unlink(missing_ok=True)
        shutil.copy(backup, terminal.db)
        terminal.proxy.cut()
        terminal.start()
        _prints(terminal, 5)
        terminal.proxy.heal()
        house.agree_within(60)
        _lived(house, 20)
        house.end()
        assert breaches(house) == []


FILES = ("hub.db", "hub.db-wal")


def _back_up(hub: HubProcess) -> None:
    """A copy of the hub's database, as it lies on the disk after a crash."""
    hub.kill()
    for name in FILES:
        shutil.copy(hub.folder / name, hub.folder / f"backup-{name}")
    hub.start()


def _lose(hub: HubProcess) -> None:
    """The hub's database is gone; its key is not."""
    hub.kill()
    for name in (*FILES, "hub.db-shm"):
        (hub.folder / name).unlink(missing_ok=True)


def _put_back(hub: HubProcess) -> None:
    """The hub's database is the older one from now on."""
    _lose(hub)
    for name in FILES:
        shutil.copy(hub.folder / f"backup-{name}", hub.folder / name)
    hub.start()


def test_a_hub_that_is_a_thousand_events_old_gets_its_past_back(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), 3, seed=3, speed=SPEED) as house:
        house.open()
        _lived(house, 20)
        _back_up(house.hub)
        guide = house.terminals[0]
        before = len(house.entries())
        for _ in range(EVENTS_LOST // BATCH):
            _prints(guide, BATCH)
        _lived(house, 20)
        epoch = _epoch(guide)
        assert len(house.entries()) - before >= EVENTS_LOST
        _put_back(house.hub)
        until_recovered(house, epoch)
        _prints(guide, 3)
        house.agree_within(60)
        house.end()
        assert breaches(house) == []


def test_a_hub_that_is_lost_is_rebuilt_from_its_terminals(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), 3, seed=4, speed=SPEED) as house:
        house.open()
        _lived(house, 60)
        epoch = _epoch(house.terminals[0])
        _lose(house.hub)
        assert "Enrol each terminal" in house.hub.command("hub", "rebuild", "--hall", HALL)
        house.hub.start()
        _prints(house.terminals[1], 2)
        for terminal in house.terminals:
            until(partial(_is, terminal, "revoked"), "the hub knows nobody", every_seconds=PAUSE_SECONDS)
            terminal.end()
        said = _status(house, house.terminals[0])
        assert "the hub does not know this terminal any more: enrol it anew" in said
        for terminal in house.terminals:
            terminal.join(house.hub)
            terminal.start()
        until(lambda: "waits for" not in house.hub.command("hub", "status"), "all are heard")
        assert "recovering" in house.hub.command("hub", "status")
        house.hub.command("hub", "resume", "--hall", HALL)
        until_recovered(house, epoch)
        _prints(house.terminals[2], 2)
        _lived(house, 20)
        house.end()
        assert breaches(house) == []


def _is(terminal: TerminalProcess, link: str) -> bool:
    return bool(terminal.tell()["link"] == link)


def _epoch(terminal: TerminalProcess) -> str:
    return str(json.loads(terminal.tell()["place"])["epoch"])


def until_recovered(house: House, epoch: str) -> None:
    """All are connected in another epoch and equal."""
    until(
        lambda: all(t["link"] == "connected" and epoch not in t["place"] for t in house.tells()),
        "the hub has its past back",
        every_seconds=PAUSE_SECONDS,
    )
    house.agree_within(60)
