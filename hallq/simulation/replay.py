"""Replay: a recorded day, driven through the real hall by a discrete event loop.

The run is a stepper: whoever drives it (a command, a screen's worker thread) takes one
step after the other and may look at the hall in between.
"""

import hashlib
import random
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from hallq.domain import intents as i
from hallq.domain.config import CounterRule, HallConfig
from hallq.domain.events import TicketIssued
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason, Refusal
from hallq.hall import Actor, Done, Hall, Refused
from hallq.simulation.agenda import Agenda
from hallq.simulation.clerks import Clerks, Plan, new_clerks
from hallq.simulation.clock import PacedClock
from hallq.simulation.day_file import Arrival, RecordedDay

SEED = 1999
"""Of the service times that the file leaves empty: the same file gives the same day."""

TERMINAL = "replay"
GUIDE = Actor("guide", TERMINAL)
HOUSEKEEPING_MS = 60_000


@dataclass
class ReplayError(Exception):
    """The hall's file is not in a state to take this day."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a replay stands after a step. `at_ms`: the simulated wall clock."""

    at_ms: int
    arrived: int
    expected: int


def hall_with_counters(config: HallConfig, counters: int, vip_counters: int) -> HallConfig:
    """The same hall with `counters` counters for every service, `vip_counters` of them
    dedicated to the priority lane (the first numbers), which help the others when idle."""
    zones = [zone.code for zone in config.zones]
    vip_zone = "vip" if "vip" in zones else zones[0]
    rules = tuple(
        CounterRule(number=n, zone=vip_zone, dedicated_to=Lane.PRIORITY)
        if n <= vip_counters
        else CounterRule(number=n, zone="standard" if "standard" in zones else zones[0])
        for n in range(1, counters + 1)
    )
    return changed(config, counters=rules)


def changed(config: HallConfig, **changes: object) -> HallConfig:
    """The settings with some sections changed, and nothing of what was looked up in the earlier ones."""
    values = {name: getattr(config, name) for name in type(config).model_fields}
    return HallConfig.model_construct(**{**values, **changes})


class Replay:
    """One run over one recorded day, on a hall whose day is not open."""

    def __init__(self, hall: Hall, clock: PacedClock, day: RecordedDay) -> None:
        """Plans the day; nothing happens before the first step."""
        self._hall = hall
        self._clock = clock
        self._day = day
        self._agenda = Agenda()
        self._plans: dict[str, Plan] = {}
        self._service_ms = service_times(day, hall.config)
        self._key = secrets.token_bytes(16)
        self._arrived = 0
        self._clerks = Clerks(hall, clock, self._agenda, self._plan_of, TERMINAL)
        self._housekeeping_ms = 0

    def steps(self, stop: threading.Event) -> Iterator[Progress]:
        """Each happening of the day in turn; ends when the day is closed, or `stop` is set.

        Raises ReplayError when the hall does not take the day, StoreError from the disk.
        """
        self._open()
        while (due_ms := self._agenda.next_ms()) is not None:
            if not self._wait(due_ms, stop):
                return
            self._agenda.do_next()
            yield self._progress()
        self._required(i.CloseDay())
        yield self._progress()

    def _wait(self, due_ms: int, stop: threading.Event) -> bool:
        """Wait, keeping house on the way."""
        while self._housekeeping_ms <= due_ms:
            if not self._clock.wait_until(self._housekeeping_ms, stop):
                return False
            self._hall.perform(i.KeepHouse(), GUIDE)
            self._clerks.call_waiting()
            self._housekeeping_ms += HOUSEKEEPING_MS
        return self._clock.wait_until(due_ms, stop)

    def _progress(self) -> Progress:
        return Progress(self._clock.now_ms(), self._arrived, len(self._day.arrivals))

    def _open(self) -> None:
        self._required(i.OpenDay(business_date=self._day.business_date))
        for number, clerk in new_clerks(self._hall.config.counter_by_number).items():
            self._clerks.take(number, clerk)
        for arrival, service_ms in zip(self._day.arrivals, self._service_ms, strict=True):
            self._agenda.at(arrival.arrived_ms, partial(self._arrive, arrival, service_ms))
        self._housekeeping_ms = self._day.arrivals[0].arrived_ms + HOUSEKEEPING_MS
        self._clerks.call_waiting()

    def _required(self, intent: i.Intent) -> Done:
        result = self._hall.perform(intent, GUIDE)
        if isinstance(result, Refused):
            raise ReplayError(result.refusal)
        return result

    def _arrive(self, arrival: Arrival, service_ms: int) -> None:
        intent = i.IssueTicket(
            service=arrival.service, tier=arrival.tier, customer=self._reference(arrival.customer)
        )
        result = self._hall.perform(intent, GUIDE)
        if isinstance(result, Refused) and result.refusal.reason is Reason.ALREADY_QUEUEING:
            result = self._hall.perform(intent.model_copy(update={"second_ticket": True}), GUIDE)
        if isinstance(result, Refused):
            raise ReplayError(result.refusal)
        self._arrived += 1
        now_ms = self._clock.now_ms()
        gone_ms = None if arrival.patience_ms is None else now_ms + arrival.patience_ms
        for event in result.events:
            if isinstance(event, TicketIssued):
                self._plans[event.ticket_id] = Plan(service_ms, gone_ms)
        self._clerks.call_waiting()

    def _plan_of(self, ticket_id: str) -> Plan:
        """The plan of a ticket of this day, or the catalogue's time for one carried over."""
        plan = self._plans.get(ticket_id)
        if plan is not None:
            return plan
        ticket = self._hall.state.tickets[ticket_id]
        return Plan(self._hall.config.typical_ms.get(ticket.service, 0))

    def _reference(self, customer: str) -> str | None:
        """An opaque name of the customer that no other run can make."""
        if not customer:
            return None
        return hashlib.blake2b(customer.encode(), key=self._key, digest_size=12).hexdigest()


def service_times(day: RecordedDay, config: HallConfig) -> list[int]:
    """Each arrival's service time; a missing one is drawn from the day's own of that service."""
    chance = random.Random(SEED)
    known: dict[str, list[int]] = {}
    for arrival in day.arrivals:
        if arrival.service_ms is not None:
            known.setdefault(arrival.service, []).append(arrival.service_ms)
    everything = [span for spans in known.values() for span in spans]
    times = []
    for arrival in day.arrivals:
        choices = known.get(arrival.service) or everything or [config.typical_ms[arrival.service]]
        times.append(chance.choice(choices) if arrival.service_ms is None else arrival.service_ms)
    return times
