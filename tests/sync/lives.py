"""A hub and whole terminals in one process: real files, the real hub, a line that fails on demand."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.intents import Intent
from hallq.domain.refusals import Reason
from hallq.hall import Actor, Refused
from hallq.hub import Caller, Hub, HubFault
from hallq.hub.database import Database
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Fault,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Welcome,
)
from hallq.settings import default_text
from hallq.store import Store, StoreError, Trouble, joined
from hallq.store.joined import Joined
from hallq.sync.asking import Asking
from hallq.sync.file import TerminalFile
from hallq.sync.joined_hall import JoinedHall
from hallq.sync.line import HubRefused, LineDown, OutcomeUnknown
from hallq.sync.status import Link
from hallq.sync.worker import SyncWorker
from tests.builders import HandClock, TryHall, a_config, new_store
from tests.hub.lives import KEY, Chance, hub_file
from tests.rig.invariants import broken_invariants

HALL = "north"
T = TypeVar("T")


@dataclass
class DirectLine:
    """The line without a network. `faults`: what happens to the next requests.

    "down", "request", "answer": cut before it, on the way, and on the way back; "twice"; "busy": done,
    and the database went away before the hub knew.
    """

    hub: Hub
    caller: Caller
    faults: list[str] = field(default_factory=list)
    is_cut: bool = False

    def _said(self, ask: Callable[[], T]) -> T:
        fault = self.faults.pop(0) if self.faults else ""
        if self.is_cut or fault == "down":
            raise LineDown("cut")
        if fault == "request":
            raise OutcomeUnknown("the request was lost")
        try:
            answer = ask()
            if fault == "twice":
                answer = ask()
        except HubFault as no:
            raise HubRefused(no.fault, no.detail, no.retry_after_seconds) from no
        if fault == "answer":
            raise OutcomeUnknown("the answer was lost")
        if fault == "busy":
            raise HubRefused(Fault.BUSY, retry_after_seconds=1)
        return answer

    def hello(self, hello: Hello) -> Welcome:
        """Begin a session."""
        return self._said(lambda: self.hub.hello(self.caller, hello))

    def push(self, push: Push) -> Pushed:
        """Send own events."""
        return self._said(lambda: self.hub.push(self.caller, push))

    def pull(self, pull: Pull) -> Page:
        """Ask for what is new."""
        return self._said(lambda: self.hub.pull(self.caller, pull))

    def command(self, command: Command) -> Answer:
        """Have an intent decided."""
        return self._said(lambda: self.hub.command(self.caller, command))

    def give_back(self, given: GivenBack) -> Welcome:
        """Return what the hub has lost."""
        return self._said(lambda: self.hub.give_back(self.caller, given))

    def settings(self) -> Snapshot:
        """The newest settings."""
        return self._said(lambda: self.hub.settings(self.caller))


@dataclass
class Terminal(TryHall):
    """A terminal with its file, its line and its conversation."""

    worker: SyncWorker = None  # type: ignore[assignment]
    line: DirectLine = None  # type: ignore[assignment]
    file: TerminalFile = None  # type: ignore[assignment]

    def refuses_at(self, intent: Intent) -> Reason:
        """The hall refuses the intent."""
        result = self.hall.perform(intent, self.actor)
        assert isinstance(result, Refused), result
        return result.refusal.reason

    def unanswered(self, intent: Intent) -> bool:
        """The hub's answer does not come."""
        with pytest.raises(StoreError) as caught:
            self.hall.perform(intent, self.actor)
        return caught.value.trouble is Trouble.HUB_SILENT

    def syncs(self) -> Link:
        """One step of the conversation; what people see after it."""
        status = self.worker.step()
        self.hall.refresh()
        return status.link

    def cut(self) -> None:
        """The cable is pulled, and the terminal has noticed."""
        self.line.is_cut = True
        self.syncs()

    def healed(self) -> None:
        """The cable is back, and the terminal has noticed."""
        self.line.is_cut = False
        self.syncs()


class Town:
    """One hub with one hall, and its terminals."""

    def __init__(self, folder: Path, url: str = "", seed: str = "town") -> None:
        """`url`: the hub's database, a file in `folder` by default."""
        self.folder = folder
        self.clock = HandClock()
        self.chance = Chance(seed)
        self.config: HallConfig = a_config()
        self.database = Database(url or hub_file(folder / "hub.db"))
        self.database.migrate()
        self.hub = self.new_hub()
        self.hub.create_hall(HALL, "North hall", default_text())
        self._names = itertools.count(1)

    def new_hub(self) -> Hub:
        """A hub process on the database."""
        return Hub(self.database, clock=self.clock, key=KEY, new_random=self.chance)

    def enrolled(self, name: str) -> Joined:
        """A new device."""
        code = self.hub.invite(HALL, name)
        told = self.hub.enrol(HALL, Enrol(code=code))
        return Joined("direct", HALL, told.hall_name, told.device, told.name, told.digit)

    def terminal(self, name: str = "", clock: HandClock | None = None, home: str = "") -> Terminal:
        """A new terminal that has joined."""
        name = name or f"t{next(self._names)}"
        store = new_store(self.folder / f"{name}.db")
        with store.writing() as connection:
            joined.save(connection, self.enrolled(name))
        terminal = self.started(store, name, clock, home)
        terminal.syncs()
        return terminal

    def started(self, store: Store, name: str, clock: HandClock | None = None, home: str = "") -> Terminal:
        """A run of the program on a file; `home`: the place that the file says it is at."""
        clock = clock or self.clock
        file = TerminalFile(store, clock)
        line = DirectLine(self.hub, Caller(HALL, file.joined.device))
        worker: SyncWorker

        def give_up(ticket_id: str, counter: int) -> None:
            hall.perform(i.HandBack(counter=counter, ticket_id=ticket_id), Actor("hallq", name))

        worker = SyncWorker(file, line, clock=clock, new_random=self.chance, home=home, give_up=give_up)
        hall = JoinedHall(
            store,
            self.config,
            asking=Asking(TerminalFile(store, clock), line, self.chance),
            is_reachable=lambda: worker.status.link in (Link.CONNECTED, Link.BEHIND),
            on_lost=lambda: worker.lost(),
            clock=clock,
            new_incarnation=lambda: self.chance()[:32],
        )
        return Terminal(hall, store, clock, Actor("1001", name), worker, line, file)

    def close(self) -> None:
        """Everybody goes home."""
        self.hub.close()
        self.database.close()


def agree(*terminals: Terminal) -> None:
    """All have sent and taken in everything, and hold the same log and state."""
    for _ in range(3):
        for terminal in terminals:
            terminal.syncs()
    places = {terminal.file.place.model_dump_json() for terminal in terminals}
    assert len(places) == 1, places
    states = [terminal.state for terminal in terminals]
    for state in states:
        assert state == states[0]
        assert broken_invariants(state) == []


def does_all(terminal: Terminal, intents: list[Intent]) -> None:
    """One after the other."""
    for intent in intents:
        terminal.does(intent)
