"""A terminal: the real file, hall and conversation, which can be killed, copied and put back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.domain import intents as i
from hallq.domain.events import TicketAnnounced
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Refused
from hallq.hub import Caller
from hallq.store import Store, StoreError, Trouble, joined, open_store, outbox
from hallq.store.in_hand import seen_in_hand
from hallq.sync.address import Credentials
from hallq.sync.asking import Asking
from hallq.sync.file import TerminalFile
from hallq.sync.joined_hall import JoinedHall
from hallq.sync.joining import asking
from hallq.sync.status import Link
from hallq.sync.worker import SyncWorker
from tests.simulator.clocks import Machine
from tests.simulator.files import copied, identity
from tests.simulator.net import Killed, SimLine
from tests.simulator.stage import HALL

if TYPE_CHECKING:
    from tests.simulator.world import World

FREE_COUNTERS = (6,)
"""Where the clerk of a copy sits."""

_TOLD = (Link.CONNECTED, Link.BEHIND, Link.FENCED, Link.WAITS)
"""How a terminal stands whose hub has told it what it is."""

_ENDED = (Link.FENCED, Link.REVOKED, Link.WAITS)


def _in_short(intent: Intent) -> str:
    facts = [str(value)[-12:] for value in vars(intent).values() if value]
    return " ".join([type(intent).__name__, *facts])


def _outcome(result: Done | Refused) -> str:
    if isinstance(result, Refused):
        return f"no, {result.refusal.reason}"
    return ", ".join(f"{e.kind} {getattr(e, 'ticket_id', '')[-12:]}" for e in result.events) or "nothing"


@dataclass
class SimTerminal:
    """One terminal. `counters`: those whose clerks sit at it. `is_copy`: a clone of another one.

    Until the hub is heard: `is_stray`, its disk is an older one; `taken`, the counters that a person took
    from it.
    """

    world: "World"
    name: str
    path: Path
    machine: Machine
    counters: tuple[int, ...]
    token: str
    proofs: tuple[str, ...] = ()
    is_copy: bool = False
    is_stray: bool = False
    store: Store = None  # type: ignore[assignment]
    hall: JoinedHall = None  # type: ignore[assignment]
    worker: SyncWorker = None  # type: ignore[assignment]
    file: TerminalFile = None  # type: ignore[assignment]
    line: SimLine = None  # type: ignore[assignment]
    is_busy: bool = False
    taken: set[int] = field(default_factory=set)
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
        self.finds_left_behind()

    def finds_left_behind(self) -> None:
        """Who was seen at an earlier run of the program on this file is reported lost (`hallq.reporting`)."""
        own, device = self.hall.incarnation, self.file.joined.device
        for person in list(self.hall.state.attendance.values()):
            if (
                person.device == device
                and person.incarnation != own
                and person.is_seen_at(person.incarnation)
            ):
                self.does(i.ReportLost(staff_id=person.staff_id, incarnation=person.incarnation))

    def _give_up(self, ticket_id: str, counter: int) -> None:
        self.does(i.HandBack(counter=counter, ticket_id=ticket_id))

    def does(self, intent: Intent) -> Done | Refused | None:
        """What a person asks for; None when the hub's answer is not known. People see what was confirmed."""
        try:
            result = self.hall.perform(intent, Actor("1001", self.name))
        except StoreError as error:
            if error.trouble is Trouble.HUB_SILENT:
                self.world.tell(f"{self.name} {_in_short(intent)}: nobody knows")
                return None
            raise
        if isinstance(result, Done):
            self.world.ledger.saw(self, result.events, self.world.time.now_ms)
        self.world.tell(f"{self.name} {_in_short(intent)}: {_outcome(result)}")
        return result

    def syncs(self) -> Link:
        """One step of the conversation."""
        self.is_busy = True
        try:
            status = self.worker.step()
        finally:
            self.is_busy = False
        self.hall.refresh()
        if status.link in _TOLD:
            self.is_stray = False
            self.taken.clear()
        elif self.is_stray:
            self.world.ledger.doubts(self.at_counters(), "stands at a counter as an older hub knows it, too")
        if status.link is Link.FENCED or (status.link is Link.WAITS and not self.world.was_put_back):
            self._fenced()
        return status.link

    def restart(self) -> None:
        """The program was killed, and is started again."""
        self.store.close()
        self.start()

    def survives(self, work: Callable[[], object]) -> None:
        """A piece of work in which the program may be killed."""
        try:
            work()
        except Killed:
            self.world.tell(f"{self.name} killed")
            self.restart()

    def _fenced(self) -> None:
        """It happens to copies, and to a disk that was put back; a hub that was may ask for a minute."""
        if not self.is_copy and not self.backups:
            self.world.ledger.faults.append(f"{self.name} was fenced and is no copy")

    def in_hand(self) -> set[str]:
        """The waiting tickets that it may call on its own."""
        if self.file.joined.standing == Link.FENCED.value:
            return set()
        own = seen_in_hand(self.store, self.file.joined).tickets
        return {ticket.ticket_id for ticket in self.hall.state.waiting() if ticket.ticket_id in own}

    def at_counters(self) -> set[str]:
        """The tickets that stand at its counters, as it knows."""
        state = self.hall.state
        return {ticket.ticket_id for number in self.counters if (ticket := state.ticket_at(number))}

    def called_unheard(self, counter: int) -> set[str]:
        """The tickets that were called at a counter and of whose call the hub has not heard."""
        with self.store.reading() as connection:
            own = [recorded.event for recorded in outbox.read_after(connection, 0)]
        return {e.ticket_id for e in own if isinstance(e, TicketAnnounced) and e.counter == counter}

    def held(self) -> dict[tuple[str, int], tuple[str, str]]:
        """All that it wrote and that is in its file: kind and text by name."""
        mine = set(self.file.joined.devices)
        with self.store.reading() as connection:
            rows = connection.execute("SELECT device, incarnation, seq, kind, body FROM event").fetchall()
            rows += connection.execute("SELECT device, incarnation, seq, kind, body FROM outbox").fetchall()
        return {(run, seq): (kind, body) for device, run, seq, kind, body in rows if device in mine}

    def back_up(self) -> None:
        """A copy of the database is put away."""
        backup = self.path.with_name(f"backup{len(self.backups)}-of-{self.path.name}")
        copied(self.path, backup)
        self.backups.append(backup)

    def put_back(self, backup: Path, *, in_place: bool) -> None:
        """An older copy takes the file's place; `in_place`: written into the very file."""
        self.store.close()
        copied(backup, self.path, in_place=in_place)
        self.is_stray = True
        self.start()

    @property
    def must_be_enrolled(self) -> bool:
        """Whether its screen says so."""
        return self.worker.status.link in _ENDED

    def enrol_again(self) -> None:
        """A person makes a new terminal of it; its file shows who it was."""
        hub, before = self.world.net.hub, self.file.joined
        self.world.has_lost_devices = True
        self.world.tell(f"{self.name} is enrolled again")
        asked = asking(self.store, hub.invite(HALL, self.name), before)  # a copy is one terminal more
        shown = {"token": self.token, "proofs": self.proofs, "home": self.machine.name}
        told = hub.enrol(HALL, asked.model_copy(update=shown))
        self.proofs, self.token = Credentials(self.token, proofs=self.proofs).as_proofs, told.token
        with self.store.writing() as connection:
            joined.start_anew(connection, identity(before, told))
        self.restart()
