"""Forecast: when a waiting ticket will be called, and how long a new one would wait.

With calls coming one by one every `gap` on average and at random, the time until the
n-th call has mean n*gap and standard deviation sqrt(n)*gap (the Erlang distribution);
a forecast is the range of one standard deviation about the mean.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isqrt

from hallq.domain import figure_names as names
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.expected_appointments import Visit, coming
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

    def not_before(self, in_ms: int) -> "Forecast":
        """The same, but no call before that time."""
        if not self.possible:
            return self
        return Forecast(max(self.low_ms, in_ms), max(self.high_ms, in_ms))

    @property
    def range_minutes(self) -> tuple[int, int] | None:
        """In whole minutes: the lower end rounded down, the upper one up; None for never."""
        if not self.possible:
            return None
        return self.low_ms // MINUTE_MS, -(-self.high_ms // MINUTE_MS)


NEVER = Forecast(0, 0, possible=False)


def lane_forecast(state: HallState, config: HallConfig, lane: Lane, now_ms: int) -> Forecast:
    """The wait of somebody who takes a ticket of `lane` now."""
    if not any(rule.calls(lane) for rule in present_rules(state, config)):
        return NEVER
    place = sum(1 for t in _in_lanes(state) if lane is Lane.STANDARD or t.lane is Lane.PRIORITY)
    pace = _Pace.of(state, config)
    for visit in coming(state, config, now_ms):
        if visit.in_ms > pace.mean_ms(place, lane):
            break
        place += 1
    return pace.after(place, lane)


def call_forecasts(
    state: HallState, config: HallConfig, now_ms: int, *, more_counters: int = 0
) -> Mapping[str, Forecast]:
    """For each waiting ticket, how long until its call, in the order of the calls: priority by due time,
    then standard, appointments as their times come.

    `more_counters`: as if so many closed counters were opened now.
    """
    present = present_rules(state, config)
    line: list[Ticket] = []
    never: list[Ticket] = []
    for ticket in sorted(_in_lanes(state), key=lambda t: (t.lane is Lane.STANDARD, t.due_key)):
        (line if more_counters or somebody_takes(ticket, present) else never).append(ticket)
    pace = _Pace.of(state, config, more_counters)
    forecasts = _in_turn(line, coming(state, config, now_ms), pace)
    return forecasts | {ticket.ticket_id: NEVER for ticket in never}


def _in_lanes(state: HallState) -> list[Ticket]:
    return [t for t in state.waiting() if not t.is_by_appointment]


def _in_turn(line: Sequence[Ticket], visits: Sequence[Visit], pace: "_Pace") -> dict[str, Forecast]:
    """The lines with each appointment before the first whose call is expected after its time."""
    forecasts: dict[str, Forecast] = {}
    to_come = deque(visits)
    place = 0

    def let_in(visit: Visit) -> None:
        if visit.ticket is not None:
            forecast = pace.after(place, visit.ticket.lane)
            forecasts[visit.ticket.ticket_id] = forecast.not_before(visit.in_ms)

    for ticket in line:
        while to_come and to_come[0].in_ms <= pace.mean_ms(place, ticket.lane):
            let_in(to_come.popleft())
            place += 1
        forecasts[ticket.ticket_id] = pace.after(place, ticket.lane)
        place += 1
    for visit in to_come:
        let_in(visit)
        place += 1
    return forecasts


def expected_order(state: HallState, config: HallConfig, now_ms: int) -> list[Ticket]:
    """Those who wait in the order of their expected calls."""
    return [state.tickets[ticket_id] for ticket_id in call_forecasts(state, config, now_ms)]


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
        issued = state.figures.get(names.ISSUED, 0) + state.figures.get(names.CARRIED, 0)
        priority = state.figures.get(names.of_lane(Lane.PRIORITY, "issued"), 0)
        percent = min(60, 100 * priority // issued) if issued else 0
        gap_ms = situation.gap_ms
        return cls(situation.counters, free + more_counters, gap_ms, gap_ms * 100 // (100 - percent))

    def _calls(self, ahead: int, lane: Lane) -> tuple[int, int]:
        """(calls until this one, the time from one to the next)."""
        return max(0, ahead + 1 - self.free), self.standard_gap_ms if lane is Lane.STANDARD else self.gap_ms

    def mean_ms(self, ahead: int, lane: Lane) -> int:
        calls, gap_ms = self._calls(ahead, lane)
        return calls * gap_ms

    def after(self, ahead: int, lane: Lane) -> Forecast:
        if self.counters == 0:
            return NEVER
        calls, gap_ms = self._calls(ahead, lane)
        mean_ms, spread_ms = calls * gap_ms, isqrt(calls * gap_ms * gap_ms)
        return Forecast(max(0, mean_ms - spread_ms), mean_ms + spread_ms)
