"""Terminals as small as can be: what a device remembers, and what it says to the hub."""

import hashlib
import itertools
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hallq.clock import Clock
from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.events import Event
from hallq.domain.lanes import Lane, Tier
from hallq.hub import Caller, Hub
from hallq.hub.database import Database
from hallq.hub.devices import HUB
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Entry,
    Envelope,
    Fate,
    Hello,
    Lease,
    Page,
    Place,
    Pull,
    Push,
    Pushed,
    Standing,
    Welcome,
)
from tests.builders import DATE, MEMORY_DISK, MINUTE_MS, HandClock

KEY = b"a key outside the database"


@cache
def _blank() -> bytes:
    with tempfile.TemporaryDirectory(prefix="blank", dir=MEMORY_DISK) as folder:
        path = Path(folder) / "hub.db"
        database = Database(f"sqlite:///{path}")
        database.migrate()
        database.close()
        return path.read_bytes()


def hub_file(path: Path) -> str:
    """The URL of a new hub's SQLite file, whose tables were made once for all tests."""
    path.write_bytes(_blank())
    return f"sqlite:///{path}"


class Chance:
    """Random texts that a seed brings back."""

    def __init__(self, seed: str) -> None:
        """`seed` names the sequence."""
        self._texts = (hashlib.sha256(f"{seed}:{n}".encode()).hexdigest() for n in itertools.count())

    def __call__(self) -> str:
        """The next one."""
        return next(self._texts)


@dataclass
class Device:
    """One terminal's file."""

    hub: Hub
    caller: Caller
    clock: HandClock
    name: str
    place: Place = field(default_factory=Place)
    session: str = ""
    log: list[Entry] = field(default_factory=list)
    seals: dict[int, str] = field(default_factory=dict)
    lease: Lease = field(default_factory=Lease)
    incarnation: str = ""
    off_ms: int = 0
    _seq: Any = field(default_factory=lambda: itertools.count(1))
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def hello(self, session: str | None = None) -> Welcome:
        """Begin a session; the place is the file's own."""
        wanted = session or f"{self.incarnation or self.caller.device}-s{next(self._ids)}"
        said = Hello(session=wanted, previous=self.session, place=self.place, **self.proof())
        answer = self.hub.hello(self.caller, said)
        if answer.standing not in (Standing.FENCED, Standing.OUTDATED):
            self.session = wanted
        if answer.standing is Standing.WELCOME:
            self.place = Place(epoch=answer.place.epoch, position=self.place.position, hash=self.place.hash)
        if answer.standing in (Standing.DIVERGED, Standing.RESTORED):
            self.log, self.place = [], Place(epoch=answer.place.epoch)
        return answer

    def proof(self) -> dict[str, Any]:
        """The newest seal that this file has, with its place."""
        known = {entry.position: entry.hash for entry in self.log}
        sealed = max((p for p in self.seals if p in known), default=0)
        if not sealed:
            return {}
        return {"sealed": Place(position=sealed, hash=known[sealed]), "seal": self.seals[sealed]}

    def envelope(self, event: Event, **changes: Any) -> Envelope:
        """An own event, written now."""
        now = self.clock.read()
        values: dict[str, Any] = {
            "device": self.caller.device,
            "incarnation": self.incarnation or f"run-{self.caller.device}",
            "seq": next(self._seq),
            "terminal": self.name,
            "actor": "1001",
            "at_ms": now.wall_ms + self.off_ms,
            "wall_ms": now.wall_ms + self.off_ms,
            "boot_id": now.boot_id,
            "boot_ms": now.boot_ms,
            "kind": event.kind,
            "version": event.version,
            "business_date": DATE,
            "body": event.model_dump_json(),
        }
        return Envelope(**{**values, **changes})

    def ticket_id(self, number: int) -> str:
        """The id of the ticket that was issued here with this number."""
        return f"{self.caller.device[:12]}-{number:06d}"

    def issued(self, number: int, **changes: Any) -> Envelope:
        """A ticket issued here."""
        now = self.clock.wall_ms + self.off_ms
        event = e.TicketIssued.model_validate(
            {
                "ticket_id": self.ticket_id(number),
                "business_date": DATE,
                "series": f"B{self.caller.device[:6]}",
                "number": number,
                "lane": Lane.STANDARD,
                "tier": Tier.NONE,
                "service": "payment",
                "due_ms": now + 15 * MINUTE_MS,
                "queue_ms": now,
                **changes,
            }
        )
        return self.envelope(event)

    def push(self, *envelopes: Envelope, more: bool = False) -> Pushed:
        """Send own events."""
        told = Push(session=self.session, more=more, lease=self.lease.number, events=list(envelopes))
        return self.hub.push(self.caller, told)

    def issues(self, count: int, first: int = 1) -> list[str]:
        """Issue tickets and send them; their ids."""
        envelopes = [self.issued(number) for number in range(first, first + count)]
        assert set(self.push(*envelopes).fates) == {Fate.ACCEPTED}
        return [self.ticket_id(n) for n in range(first, first + count)]

    def pull(self, limit: int = 500, *, store: bool = True, clear_ms: int = 1) -> Page:
        """Ask for what follows, and keep it. `clear_ms`: 0 while something is to be sent."""
        here = Pull(session=self.session, place=self.place, lease=self.lease.number)
        asked = here.model_copy(update={"clear_ms": clear_ms, "limit": limit})
        page = self.hub.pull(self.caller, asked)
        if store:
            self.keep(page)
        return page

    def keep(self, page: Page) -> None:
        """Store a page with its lease."""
        self.log += page.entries
        self.place = page.place
        self.seals[page.place.position] = page.seal
        if page.lease is not None:
            self.lease = page.lease

    def pulls_all(self) -> None:
        """Pull until nothing follows."""
        while self.pull().last > self.place.position:
            pass

    def asks(self, asked: i.Intent, command_id: str = "", **changes: Any) -> Answer:
        """A command; its page is kept."""
        values: dict[str, Any] = {
            "session": self.session,
            "id": command_id or f"{self.incarnation}{self.caller.device}-c{next(self._ids)}",
            "intent": type(asked).__name__,
            "facts": asked.model_dump(mode="json"),
            "actor": "1001",
            "terminal": self.name,
            "place": self.place,
        }
        answer = self.hub.command(self.caller, Command(**{**values, **changes}))
        self.keep(answer.page)
        return answer

    def opens(self, *counters: int) -> None:
        """A clerk takes each of these counters here."""
        for number in counters:
            answer = self.asks(i.OpenCounter(counter=number, clerk=f"clerk-{number}"))
            assert answer.refusal == "", answer

    def announced(self, ticket_id: str, counter: int) -> Envelope:
        """The call of a granted ticket."""
        return self.envelope(
            e.TicketAnnounced(ticket_id=ticket_id, counter=counter, clerk=f"clerk-{counter}")
        )

    def visit_cut_off(self, ticket_id: str, counter: int) -> list[Envelope]:
        """The whole visit of a ticket in hand."""
        facts: dict[str, Any] = {"ticket_id": ticket_id, "counter": counter}
        granted = self.envelope(e.TicketGranted(rule="in-hand", **facts))
        ends = [self.envelope(kind(**facts)) for kind in (e.CustomerArrived, e.VisitFinished)]
        return [granted, self.announced(ticket_id, counter), *ends]

    def serves(self, counter: int) -> str:
        """Call, serve and finish the next customer; the ticket's id."""
        ticket_id = self.asks(i.GrantNext(counter=counter)).granted
        assert ticket_id
        self.push(
            self.announced(ticket_id, counter),
            self.envelope(e.CustomerArrived(ticket_id=ticket_id, counter=counter)),
            self.envelope(e.VisitFinished(ticket_id=ticket_id, counter=counter)),
        )
        return ticket_id


@dataclass
class Halls:
    """A hub on a database, with halls and devices."""

    database: Database
    clock: HandClock = field(default_factory=HandClock)
    seed: str = "hub"

    def __post_init__(self) -> None:
        """The hub begins."""
        self.chance = Chance(self.seed)
        self.hub = self.another(self.seed)

    def another(self, seed: str, database: Database | None = None, clock: Clock | None = None) -> Hub:
        """One more worker."""
        return Hub(database or self.database, clock=clock or self.clock, key=KEY, new_random=Chance(seed))

    def create(self, hall: str) -> None:
        """A hall with the packaged settings."""
        self.hub.create_hall(hall, f"Hall {hall}", "")

    def device(self, name: str, hall: str = "h1", *, hub: Hub | None = None, hello: bool = True) -> Device:
        """A terminal, enrolled and welcome."""
        at = hub or self.hub
        enrolled = at.enrol(hall, Enrol(code=at.invite(hall, name)))
        device = Device(at, at.authenticate(hall, enrolled.token), self.clock, name)
        if hello:
            assert device.hello().standing is Standing.WELCOME
        return device

    def opened(self, name: str = "t1", *counters: int, hall: str = "h1") -> Device:
        """A terminal that opened the day and some counters."""
        device = self.device(name, hall)
        answer = device.asks(i.OpenDay(business_date=DATE))
        assert answer.refusal == "", answer
        device.opens(*counters)
        return device

    def close(self) -> None:
        """The hub ends; its database is the test's."""
        self.hub.close()


__all__ = ["HUB", "Device", "Halls"]
