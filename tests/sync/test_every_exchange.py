"""Each request of a visit or a recovery in turn is lost, its answer is lost, or it comes twice: no matter."""

import contextlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.intents import Intent
from hallq.protocol import Pull
from hallq.store import StoreError
from hallq.store.verify import verify_store
from hallq.sync.status import Link
from tests.builders import DATE, MEMORY_DISK
from tests.sync.lives import HALL, Terminal, Town, agree, does_all

FAULTS = ("down", "request", "answer", "twice", "busy")
VISITS = 1


def _asks_until(terminal: Terminal, intent: Intent, state: CounterState) -> None:
    """A clerk presses the key again as long as nothing has happened; sync goes on beside it."""
    for _ in range(4):
        if terminal.state.counter(2).state is state:
            return
        with contextlib.suppress(StoreError):
            terminal.hall.perform(intent, terminal.actor)
        terminal.syncs()
    assert terminal.state.counter(2).state is state


def _day(clerk: Terminal) -> None:
    """Visits with a sync after each act."""
    _asks_until(clerk, i.OpenCounter(counter=2, clerk="1001"), CounterState.OPEN)
    for _ in range(VISITS):
        clerk.issues()
        clerk.syncs()
        _asks_until(clerk, i.CallNext(counter=2), CounterState.CALLING)
        clerk.does(i.ConfirmArrival(counter=2))
        clerk.syncs()
        clerk.finishes(2)
        clerk.syncs()


def _lived(folder: Path, faults: list[str]) -> int:
    """A day in which these faults meet the clerk's requests in turn; how many of them were met."""
    town = Town(folder)
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    guide.syncs()
    again = town.started(clerk.store, "clerk")  # a new run begins with its hello
    again.line.faults = [*faults]
    again.syncs()
    _day(again)
    met = len(faults) - len(again.line.faults)
    agree(guide, again)
    entries = town.hub.entries(HALL, 0, 1_000)
    kinds = Counter(entry.event.kind for entry in entries)
    wanted = ("ticket.issued", "ticket.announced", "ticket.arrived", "visit.finished")
    assert [kinds[kind] for kind in wanted] == [VISITS] * 4
    assert again.state.figures["tickets.finished"] == VISITS
    assert not any(entry.contested for entry in entries)
    assert verify_store(again.store).agrees
    town.close()
    return met


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_at_each_request_in_turn(fault: str) -> None:
    position, met = -1, 0
    while met > position:  # until the day is over before the fault comes
        position += 1
        with tempfile.TemporaryDirectory(prefix="exchange", dir=MEMORY_DISK) as folder:
            met = _lived(Path(folder), [*[""] * position, fault])
    assert position > 10


def test_a_hub_without_its_database_is_away(town: Town) -> None:
    clerk = town.terminal("clerk")
    does_all(clerk, [i.OpenDay(business_date=DATE), i.OpenCounter(counter=2, clerk="1001")])
    clerk.line.faults = ["busy"]
    assert clerk.syncs() is Link.CUT_OFF
    clerk.issues()
    clerk.does(i.CallNext(counter=2))
    assert clerk.state.counter(2).state is CounterState.CALLING
    agree(clerk)


def _copied(town: Town) -> None:
    """A copy of the hub's database."""
    for path in town.folder.glob("hub.db*"):
        shutil.copy(path, path.with_name(f"backup{path.name}"))


def _put_back(town: Town, *terminals: Terminal) -> None:
    """The hub at which these are goes on from its copy."""
    town.database.close()
    for path in town.folder.glob("backuphub.db*"):
        shutil.copy(path, path.with_name(path.name.removeprefix("backup")))
    (town.folder / "hub.db-shm").unlink(missing_ok=True)
    town.hub = town.new_hub()
    for terminal in terminals:
        terminal.line.hub = town.hub


def _recovered(folder: Path, faults: list[str], *, unsent: int) -> int:
    """A hub from an older copy takes back what it lost, while these faults meet one of those that give it.

    `unsent`: so many tickets more were issued there meanwhile.
    """
    town = Town(folder)
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    agree(guide, clerk)
    _copied(town)
    lost = [guide.issues() for _ in range(3)]
    agree(guide, clerk)
    _put_back(town, guide, clerk)
    guide.line.faults = [*faults]
    after = [guide.issues() for _ in range(unsent)]
    for _ in range(6):  # until the hub has heard everybody
        guide.syncs()
        clerk.syncs()
    met = len(faults) - len(guide.line.faults)
    guide.line.faults = []
    assert not town.hub.status(HALL).recovering
    agree(guide, clerk)
    assert set(clerk.state.tickets) == {*lost, *after}
    assert not any(ticket.contested for ticket in clerk.state.tickets.values())
    assert verify_store(guide.store).agrees
    town.close()
    return met


@pytest.mark.parametrize("unsent", [0, 1])
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_at_each_request_while_a_hub_gets_its_past_back(fault: str, unsent: int) -> None:
    for position in range(6):  # hello, the entries, the end of them, the old lease, hello again, the push
        with tempfile.TemporaryDirectory(prefix="exchange", dir=MEMORY_DISK) as folder:
            assert _recovered(Path(folder), [*[""] * position, fault], unsent=unsent) > position


def test_a_call_of_which_the_proof_is_lost_survives_a_hub_that_gets_its_past_back(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    agree(guide, clerk)
    clerk.does(i.OpenCounter(counter=2, clerk="1001"))
    agree(guide, clerk)
    _copied(town)
    ticket_id = guide.issues()
    agree(guide, clerk)
    proved = clerk.file.place.position
    clerk.does(i.CallNext(counter=2))
    with clerk.store.writing() as connection:
        connection.execute("DELETE FROM seal WHERE position > ?", (proved,))
    _put_back(town, guide, clerk)
    for _ in range(6):
        guide.syncs()
        clerk.syncs()
    assert not town.hub.status(HALL).recovering
    agree(guide, clerk)
    for terminal in (guide, clerk):
        assert terminal.state.counter(2).ticket_id == ticket_id
        assert terminal.state.counter(2).state is CounterState.CALLING


def test_a_page_that_was_overtaken_does_not_take_the_proof_of_a_later_one_away(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    agree(guide, clerk)
    place = clerk.file.place
    overtaken = clerk.line.pull(Pull(session=clerk.worker.session, place=place, lease=0, clear_ms=0))
    guide.issues()
    agree(guide, clerk)
    clerk.file.take_in(overtaken)
    sealed, _ = clerk.file.newest_seal()
    assert sealed == clerk.file.place != place
