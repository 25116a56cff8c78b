"""Whole terminals whose hub is a real service, on the other side of a bad network."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.events import Event
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Refused
from hallq.hub import Hub, Role
from hallq.protocol import Enrol, Entry, Hello, Place, Pull
from hallq.settings import default_text
from hallq.store import Store
from hallq.sync.address import Address, address_of
from hallq.sync.asking import Asking
from hallq.sync.bell import BellListener
from hallq.sync.connecting import Connector
from hallq.sync.file import TerminalFile
from hallq.sync.http_line import HttpLine, Patience
from hallq.sync.joined_hall import JoinedHall
from hallq.sync.joining import enrolled
from hallq.sync.opening import connector_of, random_128
from hallq.sync.runner import Runner
from hallq.sync.worker import SyncWorker
from tests.builders import DATE, a_config, new_store
from tests.hub.test_web.conftest import Served
from tests.rig.proxy import LOOPBACK, FaultProxy

QUICK = Patience(command_seconds=0.5, bulk_seconds=0.5)
CLERK = Actor("1001", "t")


def address(hall: str, port: int) -> Address:
    """The hall at a port of this machine."""
    return address_of(f"http://{LOOPBACK}:{port}/v1/halls/{hall}")


@dataclass
class Remote:
    """A terminal on a network: its file, its line through its own proxy, its conversation."""

    store: Store
    proxy: FaultProxy
    hall: JoinedHall
    worker: SyncWorker
    line: HttpLine
    connector: Connector
    actor: Actor = CLERK
    reachable: list[bool] = field(default_factory=lambda: [True])

    def does(self, intent: Intent) -> Done:
        """The intent is carried out."""
        result = self.hall.perform(intent, CLERK)
        assert isinstance(result, Done), result
        return result

    def refuses(self, intent: Intent) -> Refused:
        """The intent is refused."""
        result = self.hall.perform(intent, CLERK)
        assert isinstance(result, Refused), result
        return result

    def syncs(self) -> str:
        """One step of the conversation."""
        link = self.worker.step().link
        self.hall.refresh()
        return link.value

    def place(self) -> str:
        """How far the hall's log is here."""
        self.syncs()
        return TerminalFile(self.store, SystemClock()).place.model_dump_json()


class Streets:
    """A hall at a service, and its terminals."""

    def __init__(self, service: Served, hall: str, folder: Path) -> None:
        """A new hall of this name."""
        self.service = service
        self.hall = hall
        self.folder = folder
        self.config: HallConfig = a_config()
        self._end = contextlib.ExitStack()
        service.hub.create_hall(hall, "Hall", default_text())

    @property
    def hub(self) -> Hub:
        """The hub itself, without a network."""
        return self.service.hub

    def proxy(self) -> FaultProxy:
        """A new way to the hub."""
        return self._end.enter_context(FaultProxy((LOOPBACK, self.service.port)))

    def file(self, name: str, proxy: FaultProxy) -> Store:
        """A new file that has joined."""
        store = new_store(self.folder / f"{name}.db")
        self._end.callback(store.close)
        code = self.hub.invite(self.hall, name, Role.TERMINAL)
        enrolled(store, address(self.hall, proxy.port), code)
        return store

    def terminal(self, name: str, patience: Patience = QUICK) -> Remote:
        """A new terminal, driven by hand."""
        proxy = self.proxy()
        remote = self._driven(self.file(name, proxy), proxy, patience)
        assert remote.syncs() == "connected"
        return remote

    def again(self, remote: Remote) -> Remote:
        """The same file in a new run of the program."""
        remote.connector.close()
        return self._driven(remote.store, remote.proxy, QUICK)

    def _driven(self, store: Store, proxy: FaultProxy, patience: Patience) -> Remote:
        clock = SystemClock()
        connector = connector_of(store, TerminalFile(store, clock).joined)
        self._end.callback(connector.close)
        line = HttpLine(connector, patience)
        worker = SyncWorker(
            TerminalFile(store, clock), line, clock=clock, new_random=random_128, give_up=lambda t, c: None
        )
        reachable = [True]
        hall = JoinedHall(
            store,
            self.config,
            asking=Asking(TerminalFile(store, clock), line, random_128),
            is_reachable=lambda: reachable[0],
            on_lost=lambda: reachable.__setitem__(0, False),
            clock=clock,
        )
        return Remote(store, proxy, hall, worker, line, connector, CLERK, reachable)

    def opened(self, name: str = "guide") -> Remote:
        """A terminal that opened the day."""
        guide = self.terminal(name)
        guide.does(i.OpenDay(business_date=DATE))
        guide.syncs()
        return guide

    def entries(self) -> list[Entry]:
        """The hub's log."""
        token = self.hub.enrol(self.hall, Enrol(code=self.hub.invite(self.hall, random_128()))).token
        caller = self.hub.authenticate(self.hall, token)
        session = random_128()
        place = Place(epoch=self.hub.hello(caller, Hello(session=session, place=Place())).place.epoch)
        found: list[Entry] = []
        while True:
            page = self.hub.pull(caller, Pull(session=session, place=place))
            found += page.entries
            place = page.place
            if place.position >= page.last:
                return found

    def count(self, kind: type[Event]) -> int:
        """How often it is in the hub's log."""
        return sum(1 for entry in self.entries() if entry.event.kind == kind.kind)

    def close(self) -> None:
        """End everything."""
        self._end.close()


def soon(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for what other threads and processes bring about."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        pause.wait(0.02)


@contextlib.contextmanager
def running(
    streets: Streets, remote: Remote, *, bell_port: int = 0, poll_seconds: float = 0.2
) -> Iterator[Runner]:
    """The terminal's own thread; its bell may hang elsewhere."""
    clock = SystemClock()
    way = remote.connector
    if bell_port:
        way = Connector(address(streets.hall, bell_port), remote.connector.credentials)
    runner = Runner(
        remote.store,
        remote.worker,
        clock=clock,
        bell=lambda rung: BellListener(way, rung, chance=lambda: 0.5),
        chance=lambda: 0.5,
        poll_seconds=poll_seconds,
    )
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()
        assert not runner.is_alive()
