"""The observed pace: how soon the other counters become free."""

from dataclasses import dataclass

from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.figures import mean_ms
from hallq.domain.state import HallState

ENOUGH_SERVED = 20
"""From so many timed services on, the day's own mean replaces the catalogue's."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`free_in_ms`: when each other staffed counter is expected free, soonest first."""

    free_in_ms: tuple[int, ...]
    mean_service_ms: int


def mean_service_ms(state: HallState, config: HallConfig) -> int:
    """The mean length of a service today, or by the catalogue while too few were timed."""
    if state.figures.get("service.count", 0) >= ENOUGH_SERVED:
        return mean_ms(state.figures, "service") or 0
    typical = config.typical_ms
    return sum(typical.values()) // len(typical)


def observed_pace(state: HallState, config: HallConfig, counter: int | None, now_ms: int) -> Pace:
    """The pace as seen from `counter`, which is free itself (None: from the hall)."""
    mean = mean_service_ms(state, config)
    free_in = []
    for other in state.counters.values():
        if other.number == counter or other.state in (CounterState.CLOSED, CounterState.PAUSED):
            continue
        busy = other.state in (CounterState.CALLING, CounterState.SERVING)
        free_in.append(max(mean - (now_ms - other.since_ms), mean // 4) if busy else 0)
    return Pace(tuple(sorted(free_in)), mean)
