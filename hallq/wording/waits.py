"""How exactly an expected wait is said: by the minute up to ten, above that in steps of five.

A forecast moves by a minute or two with every call. Whoever looks twice should not see
a promise in it that it isn't.
"""

EXACT_MINUTES = 10
STEP_MINUTES = 5


def spoken_range(low: int, high: int) -> tuple[int, int]:
    """The range of a wait in minutes, widened to steps where it is long."""
    return _down(low), -_down(-high)


def spoken_minutes(minutes: int) -> int:
    """An expected wait in minutes, to the nearest step where it is long."""
    if minutes <= EXACT_MINUTES:
        return minutes
    return (minutes + STEP_MINUTES // 2) // STEP_MINUTES * STEP_MINUTES


def _down(minutes: int) -> int:
    """Down to a step; negative minutes are those that are to go up."""
    return minutes if abs(minutes) <= EXACT_MINUTES else minutes // STEP_MINUTES * STEP_MINUTES
