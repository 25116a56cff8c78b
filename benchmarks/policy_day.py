"""A recorded day under a calling policy, in memory: hallq's own choice, nothing written.

Only the choice matters here, so each call asks `next_call` on a state made by hand; the
waits agree with `hallq replay`, which drives the same day through the real hall.
"""

import heapq
from collections import Counter as Counts
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hallq.domain.config import HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.figures import PRIORITY_RUN
from hallq.domain.lanes import Lane, Tier
from hallq.domain.policy import Call, next_call
from hallq.domain.state import HallState, Rescue
from hallq.domain.tickets import Ticket, TicketState
from hallq.simulation.clerks import MISSED_COST_MS
from hallq.simulation.day_file import read_day
from hallq.simulation.replay import service_times


@dataclass(frozen=True)
class Customer:
    """One row of a day. `patience_ms`: how long they wait before they walk out, None for ever."""

    arrived_ms: int
    tier: Tier
    lane: Lane
    service: str
    service_ms: int
    patience_ms: int | None


@dataclass(frozen=True)
class Day:
    """A recorded day."""

    name: str
    customers: tuple[Customer, ...]


def load_day(path: Path, config: HallConfig) -> Day:
    """The day file at `path`; missing service times are drawn as `hallq replay` does."""
    recorded = read_day(path, config)
    rows = zip(recorded.arrivals, service_times(recorded, config), strict=True)
    customers = tuple(
        Customer(a.arrived_ms, a.tier, config.lane_of(a.tier), a.service, ms, a.patience_ms) for a, ms in rows
    )
    return Day(path.stem, customers)


def thinned(day: Day, every: int) -> list[Day]:
    """The day as `every` small ones, each with every so-many-th customer."""
    if every == 1:
        return [day]
    return [Day(f"{day.name}/{k}", day.customers[k::every]) for k in range(every)]


@dataclass(frozen=True)
class How:
    """`leave`: customers walk out when their patience ends. `coupled`: the k-th call of the day
    takes the same time whoever is called, so that policies differ in nothing but the order."""

    leave: bool = False
    coupled: bool = False


class _Run:
    """The event loop of one day. The mappings of the state change in place, which saves copies."""

    def __init__(self, day: Day, config: HallConfig, how: How) -> None:
        self.day = day
        self.config = config
        self.how = how
        self.live: dict[str, Ticket] = {}
        self.figures: Counts[str] = Counts()
        self.waits_ms = [0] * len(day.customers)
        self.calls = 0
        numbers = sorted(config.counter_by_number)
        self.free = list(numbers)
        self.busy: list[tuple[int, int, int, bool, int]] = []
        counters = {n: Counter(n, CounterState.OPEN) for n in numbers}
        self.state = HallState(tickets=self.live, counters=counters, figures=self.figures)

    def run(self) -> list[int]:
        arriving = 0
        customers = self.day.customers
        while arriving < len(customers) or self.busy:
            now_ms = customers[arriving].arrived_ms if arriving < len(customers) else None
            if now_ms is not None and (not self.busy or now_ms <= self.busy[0][0]):
                self._issue(arriving, customers[arriving])
                arriving += 1
            else:
                now_ms = self._finish()
            self._call_waiting(now_ms)
        return self.waits_ms

    def _issue(self, place: int, customer: Customer) -> None:
        at_ms = customer.arrived_ms
        ticket_id = f"{place:08d}"
        self.live[ticket_id] = Ticket(
            ticket_id=ticket_id,
            business_date=self.day.name,
            series="A",
            number=place + 1,
            lane=customer.lane,
            tier=customer.tier,
            service=customer.service,
            state=TicketState.WAITING,
            issued_ms=at_ms,
            due_ms=at_ms + self.config.target_ms(customer.lane),
            queue_ms=at_ms,
            waiting_since_ms=at_ms,
            ahead=sum(1 for t in self.live.values() if t.lane is customer.lane),
        )

    def _finish(self) -> int:
        now_ms, _, number, served, service_ms = heapq.heappop(self.busy)
        heapq.heappush(self.free, number)
        if served:
            self.figures.update({"service.count": 1, "service.ms": service_ms})
        return now_ms

    def _call_waiting(self, now_ms: int) -> None:
        while self.free and self.live:
            call = next_call(self.state, self.config, self.free[0], now_ms)
            if call is None:
                return
            self._called(call, heapq.heappop(self.free), now_ms)

    def _called(self, call: Call, number: int, now_ms: int) -> None:
        place = int(call.ticket.ticket_id)
        del self.live[call.ticket.ticket_id]
        self.waits_ms[place] = now_ms - call.ticket.issued_ms
        self._count(call, number, now_ms)
        customer = self.day.customers[place]
        patience_ms = customer.patience_ms if self.how.leave else None
        gone = patience_ms is not None and self.waits_ms[place] > patience_ms
        length_of = self.day.customers[self.calls if self.how.coupled else place]
        self.calls += 1
        span_ms = MISSED_COST_MS if gone else length_of.service_ms
        heapq.heappush(self.busy, (now_ms + span_ms, self.calls, number, not gone, span_ms))

    def _count(self, call: Call, number: int, now_ms: int) -> None:
        for run in (PRIORITY_RUN, f"{PRIORITY_RUN}.{number}"):
            self.figures[run] = self.figures[run] + 1 if call.ticket.lane is Lane.PRIORITY else 0
        if call.set_back:
            rescue = Rescue(self.calls, call.ticket.lane, now_ms)
            rescues = (*self.state.rescues, rescue)
            self.state = HallState(
                tickets=self.live, counters=self.state.counters, figures=self.figures, rescues=rescues
            )


def waits(day: Day, config: HallConfig, how: How) -> list[int]:
    """How long each customer of the day waits for the call, in the order of arrival."""
    return _Run(day, config, how).run()


def of_lane(day: Day, waits_ms: Sequence[int], lane: Lane) -> list[int]:
    """The waits of one lane."""
    return [wait for wait, customer in zip(waits_ms, day.customers, strict=True) if customer.lane is lane]
