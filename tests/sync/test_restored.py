"""A terminal whose disk is set back to each of twenty points of a day: nothing lost, no number twice."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random

from hallq.cli.commands.status import status_lines
from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.protocol import Standing
from hallq.store import open_store
from hallq.store.verify import verify_store
from hallq.sync.report import report
from tests.builders import DATE
from tests.sync.lives import HALL, Terminal, Town, agree
from tests.torture.digest import digest

POINTS = 20
ENDINGS = ("", "-wal")
EXPLAINED = "this file came back from a backup; it took what it lacked from the hub"


def _status(terminal: Terminal) -> list[str]:
    """What `hallq status` says."""
    found = report(terminal.store, terminal.clock)
    assert found is not None
    return list(status_lines(found))


def _backed_up(terminal: Terminal, folder: Path) -> Path:
    """Its file as it lies on the disk at this moment."""
    folder.mkdir()
    for ending in ENDINGS:
        shutil.copy(f"{terminal.store.path}{ending}", folder / f"hall.db{ending}")
    return folder


def _put_back(town: Town, terminal: Terminal, backup: Path) -> Terminal:
    """The disk is the older one, and the program starts on it; the hub had not heard of it for a while."""
    path = terminal.store.path
    terminal.store.close()
    Path(f"{path}-shm").unlink(missing_ok=True)
    for ending in ENDINGS:
        shutil.copy(backup / f"hall.db{ending}", f"{path}{ending}")
    town.clock.pass_minutes(2)
    return town.started(open_store(path), "clerk")


def _lives(terminal: Terminal, chance: Random, steps: int) -> list[e.Event]:
    """What a clerk does; everything that was confirmed."""
    confirmed: list[e.Event] = []
    for _ in range(steps):
        terminal.clock.pass_ms(chance.randint(1, 60_000))
        state = terminal.state.counter(2).state
        wanted: i.Intent = i.IssueTicket(service="payment")
        if state is CounterState.CALLING:
            wanted = i.ConfirmArrival(counter=2)
        elif state is CounterState.SERVING and chance.random() < 0.7:
            wanted = i.FinishVisit(counter=2)
        elif state is CounterState.OPEN and terminal.state.waiting() and chance.random() < 0.6:
            wanted = i.CallNext(counter=2)
        confirmed += terminal.does(wanted)
        if chance.random() < 0.3:
            terminal.syncs()
    return confirmed


def test_twenty_points_of_a_day(town: Town) -> None:
    chance = Random(1)
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    clerk.opens(2)
    confirmed: list[e.Event] = []
    for point in range(POINTS):
        confirmed += _lives(clerk, chance, chance.randint(1, 8))
        backup = _backed_up(clerk, town.folder / f"backup-{point}")
        confirmed += _lives(clerk, chance, chance.randint(1, 8))
        clerk = town.started(clerk.store, "clerk")  # a new run of the program, and of the conversation
        clerk.syncs()
        confirmed += _lives(clerk, chance, chance.randint(0, 4))
        clerk.syncs()  # what was written after the backup lives at the hub alone
        clerk = _put_back(town, clerk, backup)
        clerk.syncs()
        assert clerk.file.joined.standing == Standing.RESTORED
        assert EXPLAINED in _status(clerk)
        agree(guide, clerk)
        assert digest(guide.state) == digest(clerk.state)
    entries = town.hub.entries(HALL, 0, 100_000)
    _all_there(confirmed, [(entry.event.kind, entry.event.body) for entry in entries])
    assert not any(entry.contested for entry in entries)
    assert verify_store(clerk.store).agrees


def _all_there(confirmed: list[e.Event], placed: list[tuple[str, str]]) -> None:
    """Each once in the hub's log, and no number twice."""
    lost = Counter((event.kind, event.model_dump_json()) for event in confirmed) - Counter(placed)
    assert not lost
    issued = [event for event in confirmed if isinstance(event, e.TicketIssued)]
    numbers = Counter((event.series, event.number) for event in issued)
    assert len(numbers) == len(issued) == sum(kind == e.TicketIssued.kind for kind, _ in placed)
