"""The situation of a hall, read off its state for the rules and the forecast."""

from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.figures import PRIORITY_RUN, mean_ms
from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Situation
from hallq.domain.state import HallState

ENOUGH_SERVED = 20
"""From so many timed services on, the day's own mean replaces the catalogue's."""


def mean_service_ms(state: HallState, config: HallConfig) -> int:
    """The mean length of a service today, or by the catalogue while too few were timed."""
    if state.figures.get("service.count", 0) >= ENOUGH_SERVED:
        return mean_ms(state.figures, "service") or 0
    typical = config.typical_ms
    return sum(typical.values()) // len(typical)


def situation_of(state: HallState, config: HallConfig) -> Situation:
    """How many counters take customers, how fast, and what went before."""
    idle = (CounterState.CLOSED, CounterState.PAUSED)
    return Situation(
        counters=sum(1 for counter in state.counters.values() if counter.state not in idle),
        mean_service_ms=mean_service_ms(state, config),
        priority_run=state.figures.get(PRIORITY_RUN, 0),
        rescued_ms={lane: [r.at_ms for r in state.rescues if r.lane is lane] for lane in Lane},
    )
