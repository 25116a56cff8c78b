"""A terminal: the real file, hall and conversation, which can be killed, copied and put back."""

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Refused
from hallq.hub import Caller
from hallq.protocol import Enrolled
from hallq.store import Store, StoreError, Trouble, joined, open_store
from hallq.store.joined import Joined
from hallq.sync.asking import Asking
from hallq.sync.file import TerminalFile
from hallq.sync.joined_hall import JoinedHall
from hallq.sync.status import Link
from hallq.sync.worker import SyncWorker
from tests.simulator.clocks import Machine
from tests.simulator.net import Killed, SimLine

if TYPE_CHECKING:
    from tests.simulator.world import World

_PARTS = ("", "-wal")
_BESIDE = (".numbers", ".contact")


def copied(source: Path, target: Path, *, beside: bool) -> None:
    """The database as it lies there at this moment; `beside`: the small files next to it, too."""
    for part in (*_PARTS, *(_BESIDE if beside else ())):
        target.with_name(target.name + part).unlink(missing_ok=True)
        if source.with_name(source.name + part).exists():
            shutil.copy(source.with_name(source.name + part), target.with_name(target.name + part))
    target.with_name(target.name + "-shm").unlink(missing_ok=True)


def identity(before: Joined, told: Enrolled) -> Joined:
    """Who the terminal is from now on; the hall's log and the clock's anchor stay good."""
    fresh = {"session": "", "lease_number": 0, "standing": ""}
    named = {"hall_name": told.hall_name, "device": told.device, "name": told.name, "digit": told.digit}
    return replace(before, hall=told.hall, **named, **fresh)  # type: ignore[arg-type]


@dataclass
class SimTerminal:
    """One terminal. `counters`: those whose clerks sit at it. `is_copy`: a clone of another one."""

    world: "World"
    name: str
    path: Path
    machine: Machine
    counters: tuple[int, ...]
    is_copy: bool = False
    store: Store = None  # type: ignore[assignment]
    hall: JoinedHall = None  # type: ignore[assignment]
    worker: SyncWorker = None  # type: ignore[assignment]
    file: TerminalFile = None  # type: ignore[assignment]
    line: SimLine = None  # type: ignore[assignment]
    is_busy: bool = False
    backups: list[Path] = field(default_factory=list)

    def start(self) -> None:
        """A run of the program on the file."""
        was_cut = self.line is not None and self.line.is_cut
        world = self.world
        self.store = open_store(self.path)
        self.file = TerminalFile(self.store, self.machine)
        caller = Caller(self.file.joined.hall, self.file.joined.device)
        self.line = SimLine(world.net, caller, was_cut, lambda: world.meanwhile(self))
        self.worker = SyncWorker(
            self.file,
            self.line,
            clock=self.machine,
            new_random=world.random,
            home=self.machine.name,
            give_up=self._give_up,
        )
        worker = self.worker
        self.hall = world.hall_kind(
            self.store,
            world.config,
            asking=Asking(TerminalFile(self.store, self.machine), self.line, world.random),
            is_reachable=lambda: worker.status.link in (Link.CONNECTED, Link.BEHIND),
            on_lost=lambda: worker.lost(),
            clock=self.machine,
            new_incarnation=lambda: world.random()[:32],
        )

    def _give_up(self, ticket_id: str, counter: int) -> None:
        self.does(i.HandBack(counter=counter, ticket_id=ticket_id))

    def does(self, intent: Intent) -> Done | Refused | None:
        """What a person asks for; None when the hub's answer is not known. People see what was confirmed."""
        try:
            result = self.hall.perform(intent, Actor("1001", self.name))
        except StoreError as error:
            if error.trouble is Trouble.HUB_SILENT:
                return None
            raise
        if isinstance(result, Done):
            self.world.ledger.saw(self.name, result.events, self.world.time.now_ms)
        return result

    def syncs(self) -> Link:
        """One step of the conversation."""
        self.is_busy = True
        try:
            status = self.worker.step()
        finally:
            self.is_busy = False
        self.hall.refresh()
        return status.link

    def restart(self) -> None:
        """The program was killed, and is started again."""
        self.store.close()
        self.start()

    def survives(self, work: str) -> None:
        """A step of work in which the program may be killed."""
        try:
            getattr(self, work)()
        except Killed:
            self.restart()

    def back_up(self) -> None:
        """A copy of the database is put away."""
        backup = self.path.with_name(f"{self.path.name}.backup{len(self.backups)}")
        copied(self.path, backup, beside=False)
        self.backups.append(backup)

    def put_back(self, backup: Path) -> None:
        """An older copy takes the file's place."""
        self.store.close()
        copied(backup, self.path, beside=False)
        self.start()

    def enrol_again(self) -> None:
        """A person makes a new terminal of it, under the old name."""
        world = self.world
        before = self.file.joined
        world.has_lost_devices = True
        told = world.enrolled(before.name, before.devices)
        with self.store.writing() as connection:
            joined.start_anew(connection, identity(before, told))
        self.restart()
