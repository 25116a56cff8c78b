"""Eight counters that call without a pause while their hub is broken, and what must be true afterwards."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import urllib3
from psycopg.conninfo import conninfo_to_dict

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.hub import Caller, Hub, HubFault
from hallq.protocol import (
    Answer,
    Command,
    Envelope,
    Fate,
    Fault,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Welcome,
    Wire,
)
from tests.builders import DATE
from tests.hub.lives import Device
from tests.rig.waiting import until

T = TypeVar("T")
W = TypeVar("W", bound=Wire)

PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.03


def url_of(dsn: str) -> str:
    """libpq's words as a URL; several hosts stay several."""
    told = conninfo_to_dict(dsn)
    hosts, ports = str(told["host"]).split(","), str(told["port"]).split(",")
    places = ",".join(f"{host}:{port}" for host, port in zip(hosts, ports, strict=True))
    return f"postgresql://{told['user']}:{told['password']}@{places}/{told['dbname']}"


class Stubborn:
    """A hub as a terminal meets it: asked again, in the same words, until it answers."""

    def __init__(self, hub: "Hub | WebHub") -> None:
        """`hub` has the calls of `Hub`."""
        self._hub = hub

    def hello(self, caller: Caller, said: Hello) -> Welcome:
        """The first words."""
        return self._until(lambda: self._hub.hello(caller, said))

    def push(self, caller: Caller, pushed: Push) -> Pushed:
        """Own events."""
        return self._until(lambda: self._hub.push(caller, pushed))

    def pull(self, caller: Caller, asked: Pull) -> Page:
        """What is new."""
        return self._until(lambda: self._hub.pull(caller, asked))

    def command(self, caller: Caller, asked: Command) -> Answer:
        """An intent."""
        return self._until(lambda: self._hub.command(caller, asked))

    @staticmethod
    def _until(ask: Callable[[], T]) -> T:
        ends = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return ask()
            except (HubFault, urllib3.exceptions.HTTPError) as error:
                passing = not isinstance(error, HubFault) or error.fault is Fault.BUSY
                if not passing or time.monotonic() > ends:
                    raise
                threading.Event().wait(_PAUSE_SECONDS)


class WebHub:
    """The hub's web service with the calls of `Hub`. Raises HTTPError where nobody answers."""

    def __init__(self, url: str, hall: str, token: str) -> None:
        """One device's line."""
        self._url, self._token = f"{url}/v1/halls/{hall}", token
        self._pool = urllib3.PoolManager(retries=False, timeout=60)

    def hello(self, caller: Caller, said: Hello) -> Welcome:
        """The first words."""
        return self._ask("hello", said, Welcome)

    def push(self, caller: Caller, pushed: Push) -> Pushed:
        """Own events."""
        return self._ask("push", pushed, Pushed)

    def pull(self, caller: Caller, asked: Pull) -> Page:
        """What is new."""
        return self._ask("pull", asked, Page)

    def command(self, caller: Caller, asked: Command) -> Answer:
        """An intent."""
        return self._ask("commands", asked, Answer)

    def _ask(self, what: str, said: Wire, answer: type[W]) -> W:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        body = said.model_dump_json().encode()
        got = self._pool.request("POST", f"{self._url}/{what}", body=body, headers=headers)
        if got.status != 200:
            raise HubFault(Fault(got.json()["fault"]), got.json()["detail"])
        return answer.model_validate_json(got.data)


@dataclass
class Load:
    """What was confirmed to each of the callers, device by device; one counter each."""

    devices: list[Device]
    calls: int
    granted: list[str] = field(default_factory=list)
    confirmed: dict[tuple[str, int], str] = field(default_factory=dict)
    faults: list[BaseException] = field(default_factory=list)
    _asked: Iterator[int] = field(default_factory=itertools.count)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """All start to call."""
        for counter, device in enumerate(self.devices, start=1):
            self._threads.append(threading.Thread(target=self._work, args=(device, counter)))
        for thread in self._threads:
            thread.start()

    def reaches(self, calls: int) -> None:
        """Wait until so many calls are done, or one of the callers gave up."""
        until(lambda: len(self.granted) >= calls or self.faults, f"{calls} calls", seconds=180)

    def ends(self) -> None:
        """Wait until all calls are done."""
        for thread in self._threads:
            thread.join()
        assert self.faults == []

    def _work(self, device: Device, counter: int) -> None:
        try:
            self._push(device, device.issued(next(self._numbers)))
            while next(self._asked) < self.calls:
                ticket_id = device.asks(i.GrantNext(counter=counter)).granted
                self.granted.append(ticket_id)
                self._push(
                    device,
                    device.announced(ticket_id, counter),
                    device.envelope(e.CustomerArrived(ticket_id=ticket_id, counter=counter)),
                    device.envelope(e.VisitFinished(ticket_id=ticket_id, counter=counter)),
                    device.issued(next(self._numbers)),
                )
        except BaseException as error:
            self.faults.append(error)

    def _push(self, device: Device, *envelopes: Envelope) -> None:
        fates = device.push(*envelopes).fates
        assert set(fates) <= {Fate.ACCEPTED, Fate.DUPLICATE}, fates
        self.confirmed |= {(told.incarnation, told.seq): told.body for told in envelopes}

    def check(self, reader: Device) -> None:
        """Each call has one ticket of its own and one effect; nothing that was confirmed is missing."""
        reader.pulls_all()
        log = reader.log
        assert [entry.position for entry in log] == list(range(1, len(log) + 1))
        names = Counter((entry.event.incarnation, entry.event.seq) for entry in log)
        assert set(names.values()) == {1}
        bodies = {(entry.event.incarnation, entry.event.seq): entry.event.body for entry in log}
        assert {name: bodies.get(name) for name in self.confirmed} == self.confirmed
        assert not any(entry.contested for entry in log)
        kinds = Counter(entry.event.kind for entry in log)
        assert len(self.granted) == len(set(self.granted)) == self.calls
        assert kinds[e.TicketGranted.kind] == self.calls
        assert kinds[e.TicketAnnounced.kind] == self.calls


def opened(devices: list[Device]) -> None:
    """The first opens the day, each opens its counter."""
    for counter, device in enumerate(devices, start=1):
        device.hello()
        device.pulls_all()
        if counter == 1:
            device.asks(i.OpenDay(business_date=DATE))
        device.pulls_all()
        device.opens(counter)
