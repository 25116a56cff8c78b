"""Readable beginnings for tests: a clock, settings, tickets, a hall."""

import itertools
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hallq.clock import Reading
from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.events import Event
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane, Tier
from hallq.domain.refusals import Reason
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.hall import Actor, Done, Hall, Refused
from hallq.settings import default_text
from hallq.store import Store, open_store

MORNING_MS = 1_795_311_000_000
"""A morning in November 2026, as a wall clock of a well-kept computer shows it."""

MEMORY_DISK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
"""Where a killed program loses no more than on a real disk, and nobody waits for the disk."""

DATE = "2026-11-22"
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

ACTOR = Actor("1001", "t1")

E = TypeVar("E", bound=Event)


@dataclass
class HandClock:
    """The clocks of a computer, moved by hand."""

    wall_ms: int = MORNING_MS
    boot_ms: int = 5_000
    starts: int = 1

    def read(self) -> Reading:
        """What the clocks say now."""
        return Reading(self.wall_ms, f"boot-{self.starts}", self.boot_ms)

    def pass_ms(self, span_ms: int) -> None:
        """Time goes by, on every clock."""
        self.wall_ms += span_ms
        self.boot_ms += span_ms

    def pass_minutes(self, minutes: float) -> None:
        """Time goes by, on every clock."""
        self.pass_ms(round(minutes * MINUTE_MS))

    def set_wall(self, wall_ms: int) -> None:
        """Somebody sets the wall clock; no time goes by."""
        self.wall_ms = wall_ms

    def restart(self, off_ms: int = 0) -> None:
        """The computer starts again after `off_ms` on its wall clock."""
        self.starts += 1
        self.boot_ms = 1_000
        self.wall_ms += off_ms


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(default_text())


def counters_with(number: int, **changes: Any) -> list[dict[str, Any]]:
    """The packaged list of counters with one of them changed."""
    rules: list[dict[str, Any]] = _defaults()["counters"]
    return [{**rule, **(changes if rule["number"] == number else {})} for rule in rules]


def a_config(policy: str = "strict", **sections: Any) -> HallConfig:
    """The packaged settings with another policy and single keys changed."""
    values = {**_defaults()}
    changes: dict[str, Any] = {**sections, "calling": {"policy": policy, **sections.get("calling", {})}}
    for name, change in changes.items():
        values[name] = {**values[name], **change} if isinstance(change, Mapping) else change
    return HallConfig.model_validate(values)


_ids = itertools.count(1)


def a_ticket(**changes: Any) -> Ticket:
    """A ticket that waits in the standard lane, its due time by its lane."""
    number = next(_ids)
    lane = changes.get("lane", Lane.STANDARD)
    issued_ms = changes.get("issued_ms", MORNING_MS)
    values: dict[str, Any] = {
        "ticket_id": f"ticket-{number:06d}",
        "business_date": DATE,
        "series": "V" if lane is Lane.PRIORITY else "B",
        "number": number,
        "lane": lane,
        "tier": Tier.NONE,
        "service": "payment",
        "state": TicketState.WAITING,
        "issued_ms": issued_ms,
        "due_ms": issued_ms + (5 if lane is Lane.PRIORITY else 15) * MINUTE_MS,
        "queue_ms": issued_ms,
        "waiting_since_ms": issued_ms,
    }
    return Ticket(**{**values, **changes})


def a_state(*tickets: Ticket, staffed: tuple[int, ...] = (1, 2, 3)) -> HallState:
    """A state with these tickets and these counters open."""
    return HallState(
        tickets={t.ticket_id: t for t in tickets},
        counters={n: Counter(n, CounterState.OPEN, MORNING_MS, f"clerk-{n}") for n in staffed},
    )


@dataclass
class TryHall:
    """A real hall with short words for what tests do all day."""

    hall: Hall
    store: Store
    clock: HandClock
    actor: Actor = field(default_factory=lambda: ACTOR)

    @property
    def state(self) -> HallState:
        """The hall's state."""
        return self.hall.state

    def does(self, intent: Intent) -> tuple[Event, ...]:
        """The hall carries out the intent."""
        result = self.hall.perform(intent, self.actor)
        assert isinstance(result, Done), result
        return result.events

    def refuses(self, intent: Intent) -> Reason:
        """The hall refuses the intent, and nothing changes."""
        before = self.hall.state
        result = self.hall.perform(intent, self.actor)
        assert isinstance(result, Refused), result
        assert self.hall.state == before
        assert self.store.load_state() == before
        return result.refusal.reason

    def event(self, intent: Intent, kind: type[E]) -> E:
        """The one event of this kind that the intent brings about."""
        (found,) = [event for event in self.does(intent) if isinstance(event, kind)]
        return found

    def opens(self, *counters: int) -> None:
        """A clerk takes each of these counters."""
        for number in counters:
            self.does(i.OpenCounter(counter=number, clerk=f"clerk-{number}"))

    def issues(self, service: str = "payment", tier: Tier = Tier.NONE, **more: Any) -> str:
        """A customer takes a number; the ticket's id."""
        (event,) = self.does(i.IssueTicket(service=service, tier=tier, **more))
        ticket_id: str = event.model_dump()["ticket_id"]
        return ticket_id

    def calls(self, counter: int = 2) -> str:
        """The counter calls the next customer; the ticket's id."""
        events = self.does(i.CallNext(counter=counter))
        ticket_id: str = events[0].model_dump()["ticket_id"]
        return ticket_id

    def serves(self, counter: int = 2) -> str:
        """The counter calls the next customer, who comes at once."""
        ticket_id = self.calls(counter)
        self.does(i.ConfirmArrival(counter=counter))
        return ticket_id

    def finishes(self, counter: int = 2, **more: Any) -> None:
        """The visit at this counter ends."""
        self.does(i.FinishVisit(counter=counter, **more))

    def ticket(self, ticket_id: str) -> Ticket:
        """The live ticket."""
        return self.state.tickets[ticket_id]


@cache
def _blank() -> bytes:
    with tempfile.TemporaryDirectory(prefix="blank", dir=MEMORY_DISK) as folder:
        path = Path(folder) / "hall.db"
        open_store(path, create=True).close()
        return path.read_bytes()


def new_store(path: Path) -> Store:
    """A new hall's file. Its tables were made once for all tests: that takes longer than most of them."""
    path.touch(mode=0o600)
    path.write_bytes(_blank())
    return open_store(path)


def a_hall(store: Store, clock: HandClock, config: HallConfig | None = None, *, day: bool = True) -> TryHall:
    """A hall on `store`, by default with its business day open."""
    tried = TryHall(Hall(store, config or a_config(), clock=clock), store, clock)
    if day and not tried.state.is_open:
        tried.does(i.OpenDay(business_date=DATE))
    return tried
