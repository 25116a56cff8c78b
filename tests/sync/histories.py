"""Histories of a hall on paper: terminals that know each other's past only now and then, and a log.

What they do is decided on what each of them knows, and placed as a hub places it: so there are
events that no longer fit, beside those of a later hallq, those that nobody can read, and those
that a wrong clock wrote.
"""

import itertools
from dataclasses import dataclass, field

from hypothesis import strategies as st

from hallq.domain import intents as i
from hallq.domain.contested import fits
from hallq.domain.decide import Moment, decide
from hallq.domain.events import Event
from hallq.domain.fold import apply
from hallq.domain.intents import Intent
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.protocol import Entry, Envelope, Lease, Page, Place, chained
from hallq.store.codec import UnknownEvent, tolerated
from hallq.store.entries import from_entry
from tests import strategies as some
from tests.builders import DATE, HOUR_MS, MINUTE_MS, HandClock, a_config

EPOCH = "epoch-1"
LATER = '{ "ticket_id":"x",   "nouveauté": "\\u00e9 中文", "n": 1.50 }'
UNREADABLE = '{"ticket_id": 5'
CONFIG = a_config()

_OFTEN = ["issue", "visit", "visit", "visit", "counter", "counter", "meet", "meet"]
_KINDS = [*_OFTEN, *_OFTEN, "ticket", "ticket", "day", "night", "night", "later", "unreadable"]


@dataclass
class PaperTerminal:
    """What one terminal knows: the log up to its last pull, with its own unsent events on top."""

    device: str
    digit: int
    state: HallState = field(default_factory=HallState)
    unsent: list[Envelope] = field(default_factory=list)
    seqs: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def does(self, intent: Intent, clock: HandClock) -> None:
        """Decided here, whatever the others did meanwhile; a refusal is no event."""
        moment = Moment(CONFIG, clock.wall_ms, clock.wall_ms, self._fresh_id, digit=self.digit)
        decision = decide(intent, self.state, moment)
        for event in () if isinstance(decision, Refusal) else decision:
            self.writes(event.kind, event.version, event.model_dump_json(), clock)

    def _fresh_id(self) -> str:
        return f"{self.device}{next(self.ids):04}"

    def writes(self, kind: str, version: int, body: str, clock: HandClock) -> None:
        """One own event."""
        reading = clock.read()
        envelope = Envelope(
            device=self.device,
            incarnation=f"run-{self.device}",
            seq=next(self.seqs),
            terminal=self.device,
            actor="1001",
            at_ms=clock.wall_ms,
            wall_ms=reading.wall_ms,
            boot_id=reading.boot_id,
            boot_ms=reading.boot_ms,
            kind=kind,
            version=version,
            business_date=self.state.business_date,
            body=body,
        )
        self.unsent.append(envelope)
        placed = Entry(position=self.state.position + 1, hash="", event=envelope)
        self.state = apply(self.state, from_entry(placed)).settled()


class PaperHub:
    """The log, and who speaks with it."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.clock = HandClock()
        self.log: list[Entry] = []
        self.state = HallState()
        self.terminals = [PaperTerminal(f"d{digit}", digit) for digit in (1, 2, 3)]

    def __repr__(self) -> str:
        """The log, short enough to be read when a test fails."""
        told = (f"{e.event.device} {e.event.kind}{' !' * e.contested} {e.event.body[:40]}" for e in self.log)
        return "\n".join(("a hub", *told))[:20_000]

    def meets(self, terminal: PaperTerminal, shift_ms: int = 0) -> None:
        """The terminal sends what it has, and hears what there is."""
        for envelope in terminal.unsent:
            self.place(envelope, shift_ms)
        terminal.unsent.clear()
        terminal.state = self.state

    def place(self, envelope: Envelope, shift_ms: int = 0) -> None:
        """The next position is its own."""
        before, position = (self.log[-1].hash if self.log else ""), len(self.log) + 1
        event = from_entry(Entry(position=position, shift_ms=shift_ms, hash="", event=envelope)).event
        contested = not isinstance(event, UnknownEvent) and not fits(event, self.state, envelope.device)
        told = chained(before, position, envelope, shift_ms=shift_ms, contested=contested)
        entry = Entry(position=position, shift_ms=shift_ms, contested=contested, hash=told, event=envelope)
        self.log.append(entry)
        self.state = apply(self.state, from_entry(entry)).settled()

    def page(self, after: int, size: int) -> Page:
        """What follows a position, at most so much."""
        entries = self.log[after : after + size]
        position = after + len(entries)
        log_hash = self.log[position - 1].hash if position else ""
        return Page(
            place=Place(epoch=EPOCH, position=position, hash=log_hash),
            entries=entries,
            last=len(self.log),
            seal=f"seal-{position}",
            lease=Lease(number=1),
            hall_ms=self.clock.wall_ms,
            wall_ms=self.clock.wall_ms,
        )


@st.composite
def histories(draw: st.DrawFn, most: int = 40) -> PaperHub:
    """A hall's past; most of its days begin well."""
    hub = PaperHub()
    if draw(st.integers(0, 9)):
        _opens(hub)
    for _ in range(draw(st.integers(min(most, 8), most))):
        hub.clock.pass_ms(draw(st.sampled_from([0, 1, MINUTE_MS, 7 * MINUTE_MS])))
        terminal = draw(st.sampled_from(hub.terminals))
        _step(draw, hub, terminal)
    for terminal in hub.terminals:
        hub.meets(terminal)
    return hub


def _opens(hub: PaperHub) -> None:
    for number, terminal in enumerate(hub.terminals, start=1):
        terminal.does(i.OpenDay(business_date=DATE), hub.clock)
        terminal.does(i.OpenCounter(counter=number, clerk=f"10{number}"), hub.clock)
        hub.meets(terminal)
    for terminal in hub.terminals:
        hub.meets(terminal)


def _step(draw: st.DrawFn, hub: PaperHub, terminal: PaperTerminal) -> None:
    live = sorted(terminal.state.tickets)
    kind = draw(st.sampled_from(_KINDS))
    if kind == "day":
        terminal.does(draw(some.of_the_day), hub.clock)
    elif kind == "night":  # the others may not have heard of it
        hub.meets(terminal)
        closing = i.CloseDay(carry=draw(st.sampled_from(["none", "all"])))
        opening = i.OpenDay(business_date=draw(st.sampled_from(some.DATES)))
        terminal.does(closing, hub.clock)
        terminal.does(opening, hub.clock)
        hub.meets(terminal)
    elif kind == "later":
        terminal.writes("ticket.folded-in-four", 1, LATER, hub.clock)
    elif kind == "unreadable":
        terminal.writes("ticket.issued", draw(st.sampled_from([1, 99])), UNREADABLE, hub.clock)
    elif kind == "ticket" and live:
        terminal.does(draw(st.sampled_from(some.about_ticket(draw(st.sampled_from(live))))), hub.clock)
    elif kind == "meet":
        hub.meets(terminal, draw(st.sampled_from([0, 0, 0, -MINUTE_MS, HOUR_MS])))
    elif kind == "visit":
        for intent in _visit(terminal.digit)[: draw(st.integers(1, 6))]:
            terminal.does(intent, hub.clock)
            hub.clock.pass_minutes(draw(st.sampled_from([0, 1])))
    elif kind == "issue":
        terminal.does(draw(some.issues | some.diversions), hub.clock)
    else:
        terminal.does(draw(some.at_counters), hub.clock)


def _visit(counter: int) -> list[Intent]:
    start = i.StartTransaction(counter=counter, service="payment")
    finish = i.FinishVisit(counter=counter)
    arrival = i.ConfirmArrival(counter=counter)
    return [i.IssueTicket(service="payment"), i.CallNext(counter=counter), arrival, start, start, finish]


def event_of(entry: Entry) -> Event:
    """What this hallq reads in an entry."""
    told = entry.event
    return tolerated(told.kind, told.version, told.body)


__all__ = ["EPOCH", "PaperHub", "PaperTerminal", "event_of", "histories"]
