"""A whole hall of processes, and what must be true of it when all is healed."""

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hallq.clock import SystemClock
from hallq.domain.events import PriorityGiven, TicketCancelled, TicketReturned
from hallq.domain.fold import fold
from hallq.domain.state import HallState
from hallq.hub import ledger
from hallq.hub.database import Database
from hallq.protocol import Entry
from hallq.store import Store, open_store, outbox
from hallq.store import joined as joining
from hallq.store.entries import from_entry
from hallq.store.proof import verify_file
from hallq.sync.file import TerminalFile
from tests.rig.invariants import broken_invariants
from tests.rig.proxy import LOOPBACK, FaultProxy
from tests.rig.waiting import until
from tests.torture.digest import digest
from tests.torture.hub_process import HALL, HubProcess
from tests.torture.terminal_process import Life, TerminalProcess

PAUSE_SECONDS = 0.1
"""A terminal that is asked how all is has work for some ms: it is not asked all the time."""


class House:
    """A hub and its terminals, each behind its own proxy."""

    def __init__(self, folder: Path, hub: HubProcess, life: Life, ends: contextlib.ExitStack) -> None:
        """Nothing runs yet."""
        self.folder = folder
        self.hub = hub
        self.life = life
        self._ends = ends
        self.terminals: list[TerminalProcess] = []

    def terminal(self) -> TerminalProcess:
        """One more terminal, that has joined; it does not run yet."""
        terminal = self.unjoined()
        terminal.join(self.hub)
        return terminal

    def unjoined(self) -> TerminalProcess:
        """A terminal without a file."""
        number = len(self.terminals)
        proxy = self._ends.enter_context(FaultProxy((LOOPBACK, self.hub.port)))
        terminal = TerminalProcess(number, self.folder / f"t{number}", proxy, self.life)
        self._ends.callback(terminal.kill)
        self.terminals.append(terminal)
        return terminal

    def open(self) -> None:
        """Everybody comes, and the first opens the day."""
        for terminal in self.terminals:
            terminal.start()
        first = self.terminals[0]
        until(lambda: first.tell()["reachable"], "the hub is found", every_seconds=PAUSE_SECONDS)
        first.order('do OpenDay {"business_date": "2026-11-22"}')
        until(lambda: first.confirmed, "the day is open")

    def all_be(self, mode: str) -> None:
        """Every terminal that runs is told so."""
        for terminal in self.terminals:
            if terminal.process is not None:
                terminal.be(mode)

    def lives_on(self, events: int, seconds: float) -> None:
        """Until so many more events are confirmed; where nothing can be, so many seconds."""
        goal = len(self.confirmed) + events
        with contextlib.suppress(TimeoutError):
            until(lambda: len(self.confirmed) >= goal, "the day goes on", seconds=seconds)

    @property
    def confirmed(self) -> list[dict[str, Any]]:
        """Everything that was confirmed anywhere."""
        return [done for terminal in self.terminals for done in terminal.confirmed]

    def tells(self) -> list[dict[str, Any]]:
        """How all is at every terminal that runs."""
        return [terminal.tell() for terminal in self.terminals if terminal.process is not None]

    def agree_within(self, seconds: float) -> float:
        """Everybody has sent all and holds the same place and state; how long that took."""
        begun = time.monotonic()
        last: list[dict[str, Any]] = []

        def same() -> bool:
            last[:] = self.tells()
            one = {(told["place"], told["digest"]) for told in last}
            return len(one) == 1 and not any(told["unsent"] for told in last)

        try:
            until(same, "all agree", seconds=seconds, every_seconds=PAUSE_SECONDS)
        except TimeoutError:
            shown = [{k: t[k] for k in ("link", "unsent", "reachable", "place")} for t in last]
            raise AssertionError(f"not equal after {seconds} s: {json.dumps(shown, indent=1)}") from None
        return time.monotonic() - begun

    def empties_within(self, seconds: float) -> None:
        """In haste everybody who waits is called and served: no queue is stuck."""
        self.all_be("haste")

        def empty() -> bool:
            told = self.terminals[0].tell()
            return not told["waiting"] and not told["busy"]

        until(empty, "nobody waits or is served any more", seconds=seconds, every_seconds=PAUSE_SECONDS)
        self.all_be("rest")

    def entries(self) -> list[Entry]:
        """The hub's log."""
        database = Database(self.hub.db)
        try:
            return database.look(lambda c: ledger.entries_after(c, HALL, 0, 10_000_000))
        finally:
            database.close()

    def end(self) -> None:
        """All terminals end by themselves."""
        for terminal in self.terminals:
            terminal.end()


@contextlib.contextmanager
def hall_of(
    folder: Path, db: str, terminals: int, *, seed: int, speed: float, workers: int = 1
) -> Iterator[House]:
    """A served hub and terminals that joined it; nobody is left at the end."""
    with contextlib.ExitStack() as ends:
        hub = HubProcess(db, folder, workers)
        hub.key()
        hub.make_hall()
        ends.callback(hub.kill)
        hub.start()
        life = Life(seed, time.time_ns() // 1_000_000, terminals, speed)
        house = House(folder, hub, life, ends)
        for _ in range(terminals):
            house.terminal()
        yield house


# --- what must be true -------------------------------------------------------------------

MAY_BE_DECIDED_TWICE = {TicketReturned.kind, TicketCancelled.kind, PriorityGiven.kind}
"""At a terminal that was cut off, and at the hub before it had all of that terminal's events."""


def breaches(house: House) -> list[str]:
    """What is wrong in a hall whose terminals have ended."""
    entries = house.entries()
    found = [*_lost(house, entries), *_numbers(house, entries)]
    contested = [e for e in entries if e.contested and e.event.kind not in MAY_BE_DECIDED_TWICE]
    found += [f"contested: {e.event.kind} {e.event.body}" for e in contested]
    state = fold(HallState(), [from_entry(entry) for entry in entries])
    found += broken_invariants(state)
    last = (entries[-1].position, entries[-1].hash)
    for terminal in house.terminals:
        found += _of_file(terminal, last, digest(state.settled()))
    return found


def _lost(house: House, entries: list[Entry]) -> Iterator[str]:
    """Each confirmed event is in the hub's log under its name, once."""
    placed = Counter((e.event.incarnation, e.event.seq) for e in entries)
    bodies = Counter((e.event.kind, e.event.body) for e in entries)
    wanted = Counter((done["kind"], done["body"]) for done in house.confirmed)
    for done in house.confirmed:
        if done["name"] is not None and placed[tuple(done["name"])] != 1:
            yield f"{placed[tuple(done['name'])]} times in the log: {done}"
    yield from (f"lost: {kind} {body}" for kind, body in (wanted - bodies))
    yield from (f"{times} times in the log: {name}" for name, times in placed.items() if times != 1)


def _numbers(house: House, entries: list[Entry]) -> Iterator[str]:
    """No number is printed twice, nor announced for somebody whose number is not in the log."""
    issued = [json.loads(e.event.body) for e in entries if e.event.kind == "ticket.issued"]
    printed = Counter((t["business_date"], t["series"], t["number"]) for t in issued)
    yield from (f"number {number}: {times} times" for number, times in printed.items() if times > 1)
    shown = [json.loads(d["body"]) for d in house.confirmed if d["kind"] == "ticket.issued"]
    twice = Counter((t["business_date"], t["series"], t["number"]) for t in shown)
    yield from (f"number {number}: printed {times} times" for number, times in twice.items() if times > 1)


def _of_file(terminal: TerminalProcess, last: tuple[int, str], whole: str) -> Iterator[str]:
    store = open_store(terminal.db)
    try:
        yield from (f"terminal {terminal.number}: {told}" for told in _of_store(store, last, whole))
    finally:
        store.close()
    yield from (f"terminal {terminal.number}: {told}" for told in verify_file(terminal.db).differences)


def _of_store(store: Store, last: tuple[int, str], whole: str) -> Iterator[str]:
    place = TerminalFile(store, SystemClock()).place
    if (place.position, place.hash) != last:
        yield f"is at {place}, the hub at {last}"
    if digest(store.load_state()) != whole:
        yield "another state on the disk"
    with store.reading() as connection:
        if count := outbox.mark(connection).count:
            yield f"{count} unsent"
        if joining.open_commands(connection):
            yield "a command without an answer"
        if count := joining.quarantined(connection):
            yield f"{count} in quarantine"
