"""One hall with everything that can go wrong in it, and the hand of fate: one seed, one run."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

import sqlalchemy as sa

from hallq.domain.config import HallConfig
from hallq.hub import Hub, HubFault, folding, ledger, tables
from hallq.hub.database import Database
from hallq.hub.folding import Folded
from hallq.protocol import Enrol, Enrolled, Entry
from hallq.settings import config_in, default_text
from hallq.store import joined, open_store
from hallq.store.joined import Joined
from hallq.sync.joined_hall import JoinedHall
from tests.hub.lives import KEY, Chance
from tests.simulator import people
from tests.simulator.clocks import Machine, Time
from tests.simulator.ledger import Ledger
from tests.simulator.net import Killed, Net
from tests.simulator.terminals import SimTerminal, copied, identity

T = TypeVar("T")

HALL = "north"
COUNTERS = ((2,), (3, 8), (4, 7), (5, 1))
DISASTERS = ("clocks", "restarts", "clone", "restore", "hub-restore", "hub-wiped", "release")


OFTEN = ("clocks", "restarts", "hub-restore", "release")
DISKS = ("", "restore", "", "")
"""A copy that is cut off cannot know that it is one: `clone` is tried by name only, as is `hub-wiped`."""


@dataclass(frozen=True)
class Plan:
    """What a run is made of. `disasters`: of DISASTERS, each at a share `rate` of the steps."""

    seed: int
    terminals: int = 3
    steps: int = 45
    badness: float = 0.12
    disasters: tuple[str, ...] = ()
    rate: float = 0.03
    most_live: int = 20

    @classmethod
    def of(cls, seed: int) -> "Plan":
        """The plan that a seed stands for."""
        chance = Random(f"plan {seed}")
        disasters = [name for name in OFTEN if chance.random() < 0.3]
        disasters += [name for name in (chance.choice(DISKS),) if name]
        return cls(seed, chance.choice((2, 3, 3, 4)), 45, chance.choice((0.0, 0.1, 0.2)), tuple(disasters))


@dataclass
class World:
    """The hall on its disk."""

    folder: Path
    plan: Plan
    templates: Path
    hall_kind: type[JoinedHall] = JoinedHall
    on_step: Callable[["World"], None] = lambda world: None
    time: Time = field(default_factory=Time)
    ledger: Ledger = field(default_factory=Ledger)
    terminals: list[SimTerminal] = field(default_factory=list)
    was_wiped: bool = False
    had_release: bool = False
    has_lost_devices: bool = False
    story: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A hub, and terminals that have joined it."""
        self.chance = Random(f"run {self.plan.seed}")
        self.random = Chance(f"texts {self.plan.seed}")
        self.config = _config()
        self.hub_machine = Machine(self.time, "hub")
        self.hub_backup: Path | None = None
        copied(self.templates / "hub.db", self.hub_path, beside=False)
        self.net = Net(self.time, self.chance)
        self.start_hub()
        for number in range(self.plan.terminals):
            self._new_terminal(f"t{number}", COUNTERS[number])
        self.net.badness = self.plan.badness

    @property
    def hub_path(self) -> Path:
        """The hub's database."""
        return self.folder / "hub.db"

    def start_hub(self) -> None:
        """A hub process."""
        self.database = Database(f"sqlite:///{self.hub_path}")
        self.net.hub = Hub(self.database, clock=self.hub_machine, key=KEY, new_random=self.random)

    def stop_hub(self) -> None:
        """The hub's process ends."""
        self.net.hub.close()
        self.database.close()

    def enrolled(self, name: str, before: tuple[str, ...] = ()) -> Enrolled:
        """A new device at the hub; `before`: who its file was."""
        code = self.net.hub.invite(HALL, name)
        return self.net.hub.enrol(HALL, Enrol(code=code, devices=before))

    def _new_terminal(self, name: str, counters: tuple[int, ...]) -> None:
        path = self.folder / f"{name}.db"
        copied(self.templates / "terminal.db", path, beside=False)
        store = open_store(path)
        with store.writing() as connection:
            joined.start_anew(connection, identity(Joined("", "", "", "", "", 0), self.enrolled(name)))
        store.close()
        terminal = SimTerminal(self, name, path, Machine(self.time, name), counters)
        terminal.start()
        terminal.syncs()
        self.terminals.append(terminal)

    def meanwhile(self, terminal: SimTerminal) -> None:
        """While the conversation waits for an answer, a clerk of this terminal goes on."""
        if terminal.is_busy:
            terminal.is_busy = False
            people.act(terminal, self.chance)
            terminal.is_busy = True

    def run(self) -> None:
        """All steps of the plan."""
        for _ in range(self.plan.steps):
            self.step()

    def step(self) -> None:
        """Fate, then somebody, then the conversation of some."""
        chance = self.chance
        self.time.passes(chance.choice((500, 2_000, 5_000, 20_000, 90_000)))
        self.net.deliver()
        self.on_step(self)
        if chance.random() < 0.06:
            line = chance.choice(self.terminals).line
            line.is_cut = not line.is_cut
        for disaster in self.plan.disasters:
            if chance.random() < self.plan.rate:
                from tests.simulator import disasters

                disasters.strike(self, disaster)
        self._acts(chance.choice(self.terminals))
        for terminal in self.terminals:
            if chance.random() < 0.3:
                terminal.survives("syncs")

    def _acts(self, terminal: SimTerminal) -> None:
        for _ in range(self.chance.randrange(1, 5)):
            try:
                people.act(terminal, self.chance)
            except Killed:
                self.tell(f"{terminal.name} killed")
                terminal.restart()

    def look(self, work: Callable[[sa.Connection], T]) -> T:
        """A look at the hub's database."""
        return self.database.look(work)

    def position(self) -> int:
        """The newest position at the hub."""
        return self.look(lambda c: ledger.hall_row(c, HALL)).position

    def folded(self) -> Folded:
        """The hub's state, folded from its log alone."""

        def work(connection: sa.Connection) -> Folded:
            return folding.caught_up(connection, ledger.hall_row(connection, HALL), Folded())

        return self.look(work)

    def entries(self) -> list[Entry]:
        """The hub's log."""
        return self.look(lambda c: ledger.entries_after(c, HALL, 0, 1_000_000))

    def leased(self) -> list[tuple[str, int]]:
        """(ticket, counter) of all leases."""
        query = sa.select(tables.lease.c.ticket_id, tables.lease.c.counter)
        return [tuple(row) for row in self.look(lambda c: c.execute(query).all())]

    def quarantined(self) -> int:
        """How many events the hub could not read."""
        query = sa.select(sa.func.count()).select_from(tables.quarantine)
        return self.look(lambda c: int(c.execute(query).scalar_one()))

    def held_by(self, terminal: SimTerminal) -> Counter[tuple[str, str]]:
        """All events in a terminal's file."""
        with terminal.store.reading() as connection:
            rows = connection.execute("SELECT kind, body FROM event").fetchall()
            rows += connection.execute("SELECT kind, body FROM outbox").fetchall()
        return Counter((kind, body) for kind, body in rows)

    def confirmed_only_in(self, terminal: SimTerminal) -> Counter[tuple[str, str]]:
        """What people were told, and is on no other disk."""
        elsewhere = Counter((entry.event.kind, entry.event.body) for entry in self.entries())
        for other in self.terminals:
            if other is not terminal:
                elsewhere |= self.held_by(other)
        return self.ledger.confirmed - elsewhere

    def tell(self, what: str) -> None:
        """A line for whoever looks for the fault."""
        self.story.append(f"{(self.time.now_ms // 1000) % 100_000}: {what}")

    def close(self) -> None:
        """The end."""
        for terminal in self.terminals:
            terminal.store.close()
        with suppress(HubFault):
            self.stop_hub()


@cache
def _config() -> HallConfig:
    return config_in(default_text())


def templates(folder: Path) -> Path:
    """A blank terminal's file, and a hub's with one hall."""
    open_store(folder / "terminal.db", create=True).close()
    database = Database(f"sqlite:///{folder / 'hub.db'}")
    database.migrate()
    hub = Hub(database, clock=Machine(Time(), "hub"), key=KEY, new_random=Chance("template"))
    hub.create_hall(HALL, "North hall", default_text())
    hub.close()
    database.close()
    return folder
