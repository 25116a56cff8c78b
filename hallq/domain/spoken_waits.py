"""How exactly an expected wait is said: by the minute up to ten, above that in steps of five.

A forecast moves by a minute or two with every call. Whoever looks twice should not see
a promise in it that it isn't.
"""

from hallq.domain.config import HallConfig
from hallq.domain.forecast import lane_forecast
from hallq.domain.lanes import Lane
from hallq.domain.policy.eligible import present_rules
from hallq.domain.state import HallState

EXACT_MINUTES = 10
STEP_MINUTES = 5


def spoken_range(low: int, high: int) -> tuple[int, int]:
    """The range of a wait in minutes, widened to steps where it is long."""
    return _down(low), -_down(-high)


def told_wait(
    state: HallState, config: HallConfig, lane: Lane, service: str, now_ms: int
) -> tuple[int, int] | tuple[None, None]:
    """What somebody is told who takes this number now; (None, None) while nobody could call it."""
    if not any(rule.could_take(service, lane) for rule in present_rules(state, config)):
        return None, None
    minutes = lane_forecast(state, config, lane, now_ms).range_minutes
    return spoken_range(*minutes) if minutes else (None, None)


def spoken_minutes(minutes: int) -> int:
    """An expected wait in minutes, to the nearest step where it is long."""
    if minutes <= EXACT_MINUTES:
        return minutes
    return (minutes + STEP_MINUTES // 2) // STEP_MINUTES * STEP_MINUTES


def _down(minutes: int) -> int:
    """Down to a step; negative minutes are those that are to go up."""
    return minutes if abs(minutes) <= EXACT_MINUTES else minutes // STEP_MINUTES * STEP_MINUTES
