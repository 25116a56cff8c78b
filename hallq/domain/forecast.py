"""Forecast: when a waiting ticket will be called, and how long a new one would wait.

With calls coming one by one every `gap` on average and at random, the time until the
n-th call has mean n*gap and standard deviation sqrt(n)*gap (the Erlang distribution);
a forecast is the range of one standard deviation about the mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isqrt

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane
from hallq.domain.policy.eligible import present_rules, somebody_takes
from hallq.domain.policy.situation import situation_of
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Forecast:
    """A range of waits in milliseconds; `possible` is False while no open counter could take the ticket."""

    low_ms: int
    high_ms: int
    possible: bool = True

    @property
    def middle_ms(self) -> int:
        """The mean of the forecast."""
        return (self.low_ms + self.high_ms) // 2

    @property
    def range_minutes(self) -> tuple[int, int] | None:
        """In whole minutes: the lower end rounded down, the upper one up; None for never."""
        if not self.possible:
            return None
        return self.low_ms // MINUTE_MS, -(-self.high_ms // MINUTE_MS)


NEVER = Forecast(0, 0, possible=False)


def lane_forecast(state: HallState, config: HallConfig, lane: Lane) -> Forecast:
    """The wait of somebody who takes a ticket of `lane` now."""
    if not any(rule.calls(lane) for rule in present_rules(state, config)):
        return NEVER
    ahead = [t for t in state.waiting() if lane is Lane.STANDARD or t.lane is Lane.PRIORITY]
    return _Pace.of(state, config).after(len(ahead), lane)


def call_forecasts(state: HallState, config: HallConfig, *, more_counters: int = 0) -> Mapping[str, Forecast]:
    """For each waiting ticket, how long until its call: priority by due time, then standard.

    `more_counters`: as if so many closed counters were opened now.
    """
    present = present_rules(state, config)
    line: list[Ticket] = []
    never: list[Ticket] = []
    for ticket in expected_order(state):
        (line if more_counters or somebody_takes(ticket, present) else never).append(ticket)
    pace = _Pace.of(state, config, more_counters)
    forecasts = {ticket.ticket_id: pace.after(place, ticket.lane) for place, ticket in enumerate(line)}
    return forecasts | {ticket.ticket_id: NEVER for ticket in never}


def expected_order(state: HallState) -> list[Ticket]:
    """Those who wait in the order of their expected calls."""
    return sorted(state.waiting(), key=lambda t: (t.lane is Lane.STANDARD, t.due_key))


def will_miss(ticket: Ticket, forecast: Forecast, now_ms: int) -> bool:
    """Whether the ticket is expected to be called after its promise."""
    return ticket.is_first_wait and (not forecast.possible or now_ms + forecast.middle_ms > ticket.due_ms)


@dataclass(frozen=True, slots=True)
class _Pace:
    """`gap_ms`: from call to call of the hall. `standard_gap_ms`: with the later VIPs going before."""

    counters: int
    free: int
    gap_ms: int
    standard_gap_ms: int

    @classmethod
    def of(cls, state: HallState, config: HallConfig, more_counters: int = 0) -> "_Pace":
        situation = situation_of(state, config)
        situation = replace(situation, counters=situation.counters + more_counters)
        free = sum(1 for counter in state.counters.values() if counter.state is CounterState.OPEN)
        issued = state.figures.get("tickets.issued", 0) + state.figures.get("tickets.carried", 0)
        priority = state.figures.get(f"lane.{Lane.PRIORITY}.issued", 0)
        percent = min(60, 100 * priority // issued) if issued else 0
        gap_ms = situation.gap_ms
        return cls(situation.counters, free + more_counters, gap_ms, gap_ms * 100 // (100 - percent))

    def after(self, ahead: int, lane: Lane) -> Forecast:
        if self.counters == 0:
            return NEVER
        calls = max(0, ahead + 1 - self.free)
        gap_ms = self.standard_gap_ms if lane is Lane.STANDARD else self.gap_ms
        mean_ms, spread_ms = calls * gap_ms, isqrt(calls * gap_ms * gap_ms)
        return Forecast(max(0, mean_ms - spread_ms), mean_ms + spread_ms)
