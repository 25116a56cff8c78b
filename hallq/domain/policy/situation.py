"""The situation of a hall, read off its state for the rules and the forecast."""

from hallq.domain import figure_names as names
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.figures import mean_ms, times
from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Situation
from hallq.domain.state import HallState

ENOUGH_SERVED = 20
"""From so many timed services on, the day's own mean replaces the catalogue's."""

_AWAY = (CounterState.CLOSED, CounterState.PAUSED)


def mean_service_ms(state: HallState, config: HallConfig) -> int:
    """The mean length of a service today, or by the catalogue while too few were timed."""
    if times(state.figures, names.SERVICE) >= ENOUGH_SERVED:
        return mean_ms(state.figures, names.SERVICE) or 0
    typical = config.typical_ms
    return sum(typical.values()) // len(typical)


def situation_of(state: HallState, config: HallConfig, counter: int | None = None) -> Situation:
    """How many counters take customers, how fast, and what went before, also at `counter` alone."""
    figures = state.figures
    rescued_ms: dict[Lane, list[int]] = {lane: [] for lane in Lane}
    for rescue in state.rescues:
        rescued_ms[rescue.lane].append(rescue.at_ms)
    return Situation(
        counters=sum(1 for c in state.counters.values() if c.state not in _AWAY),
        mean_service_ms=mean_service_ms(state, config),
        priority_run=max(figures.get(run, 0) for run in (names.PRIORITY_RUN, names.run_at(counter))),
        rescued_ms=rescued_ms,
        clock_offset_ms=state.clock_offset_ms,
    )
