"""One hall with all its machines, and the looks at it that nobody in the hall has."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import sqlalchemy as sa

from hallq.domain.events import TicketAnnounced
from hallq.hub import Hub, HubFault, folding, ledger, tables
from hallq.hub.folding import Folded
from hallq.hub.kept import KeptCache, read_kept
from hallq.protocol import Entry
from hallq.sync.joined_hall import JoinedHall
from tests.hub.lives import KEY, Chance
from tests.simulator import people
from tests.simulator.clocks import Machine, Time
from tests.simulator.files import copied
from tests.simulator.ledger import Ledger
from tests.simulator.net import Net
from tests.simulator.plans import Plan
from tests.simulator.stage import HALL, Stage, config
from tests.simulator.terminals import SimTerminal

T = TypeVar("T")


class Here(Executor):
    """The run's own thread does all work, at once."""

    def submit(self, work: Callable[..., T], /, *args: Any, **named: Any) -> "Future[T]":
        """Done when this returns."""
        done: Future[T] = Future()
        done.set_result(work(*args, **named))
        return done


COUNTERS = ((2,), (3, 8), (4, 7), (5, 1))
"""Whose clerks sit where."""


@dataclass
class World:
    """The hall on its stage."""

    stage: Stage
    plan: Plan
    hall_kind: type[JoinedHall] = JoinedHall
    on_step: Callable[["World"], None] = lambda world: None
    time: Time = field(default_factory=Time)
    ledger: Ledger = field(default_factory=Ledger)
    terminals: list[SimTerminal] = field(default_factory=list)
    was_wiped: bool = False
    was_put_back: bool = False
    has_forgotten: bool = False
    has_lost_devices: bool = False
    hub_backup: Path | None = None
    story: list[str] = field(default_factory=list)
    known: Folded = field(default_factory=Folded)
    kept: KeptCache = field(default_factory=KeptCache)

    def __post_init__(self) -> None:
        """A hub, and terminals that have joined it."""
        self.stage.begin()
        self.chance = Random(f"run {self.plan.seed}")
        self.random = Chance(f"texts {self.plan.seed}")
        self.config = config()
        self.hub_machine = Machine(self.time, "hub")
        self.net = Net(self.time, self.chance)
        copied(self.stage.hub_with(self.plan.terminals), self.stage.hub_path)
        self.start_hub()
        for number in range(self.plan.terminals):
            name = f"t{number}"
            path = self.folder / f"{name}.db"
            copied(self.stage.beginnings / path.name, path)
            machine = Machine(self.time, name)
            terminal = SimTerminal(self, name, path, machine, COUNTERS[number], self.stage.tokens[name])
            terminal.start()
            terminal.syncs()
            self.terminals.append(terminal)
        people.doors_open(self)
        self.net.badness = self.plan.badness

    @property
    def folder(self) -> Path:
        """Where all files lie."""
        return self.stage.folder

    def start_hub(self) -> None:
        """A hub process."""
        self.kept = KeptCache()
        self.net.hub = Hub(
            self.stage.database, clock=self.hub_machine, key=KEY, new_random=self.random, leaders=Here()
        )

    def stop_hub(self) -> None:
        """The hub's process ends."""
        self.net.hub.close()

    def meanwhile(self, terminal: SimTerminal) -> None:
        """While the conversation waits for an answer, a clerk of this terminal goes on."""
        if terminal.is_busy:
            terminal.is_busy = False
            people.act(terminal, self.chance)
            terminal.is_busy = True

    def look(self, work: Callable[[sa.Connection], T]) -> T:
        """A look at the hub's database."""
        return self.stage.database.look(work)

    def position(self) -> int:
        """The newest position at the hub."""
        return self.look(lambda c: ledger.hall_row(c, HALL)).position

    def folded(self) -> Folded:
        """The hub's state, folded from its log alone."""

        def work(connection: sa.Connection) -> Folded:
            return folding.caught_up(connection, ledger.hall_row(connection, HALL), self.known)

        self.known = self.look(work)
        return self.known

    def entries(self) -> list[Entry]:
        """The hub's log."""
        return self.look(lambda c: ledger.entries_after(c, HALL, 0, 1_000_000))

    def leased(self) -> list[tuple[str, int]]:
        """(ticket, counter) of all leases."""
        query = sa.select(tables.lease.c.ticket_id, tables.lease.c.counter)
        return [tuple(row) for row in self.look(lambda c: c.execute(query).all())]

    def kept_as_unsent(self, counter: int) -> set[str]:
        """Tickets of a counter's terminal that are granted to nobody else: more of its events follow."""
        folded = self.folded()
        device = folded.state.counter(counter).device
        kept = self.look(lambda c: read_kept(c, HALL))
        return {i for i, origin in folded.origins.items() if origin == device and device in kept.unsent}

    def quarantined(self) -> int:
        """How many events the hub could not read."""
        query = sa.select(sa.func.count()).select_from(tables.quarantine)
        return self.look(lambda c: int(c.execute(query).scalar_one()))

    def everywhere(self) -> dict[tuple[str, int], tuple[str, str]]:
        """All events at the hub and at those who wrote them: kind and text by name.

        What both lost comes back from another terminal only while the hub recovers.
        """
        found = {(e.event.incarnation, e.event.seq): (e.event.kind, e.event.body) for e in self.entries()}
        for terminal in self.terminals:
            found |= terminal.held()
        return found

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Something happens to a disk; what neither the hub nor who wrote it has afterwards is forgotten."""
        before = self.everywhere()
        yield
        after = self.everywhere()
        gone = [told for name, told in before.items() if name not in after]
        self.ledger.forgotten.update(gone)
        called = [json.loads(body)["ticket_id"] for kind, body in gone if kind == TicketAnnounced.kind]
        self.ledger.doubts(called, "only disks that were put back knew of the call")

    def tell(self, what: str) -> None:
        """A line for whoever looks for the fault."""
        self.story.append(f"{(self.time.now_ms // 1000) % 100_000}: {what}")

    def close(self) -> None:
        """The end; the stage is empty again."""
        for terminal in self.terminals:
            terminal.store.close()
        with suppress(HubFault):
            self.stop_hub()
        self.stage.clear()
