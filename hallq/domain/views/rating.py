"""Who may rate now: the visit that has just ended at a counter."""

from hallq.domain.counters import Counter
from hallq.domain.ratings import WINDOW_MS, RatingRule


def to_rate(counter: Counter, rule: RatingRule, now_ms: int, seen_ms: int | None = None) -> str | None:
    """The ticket that may be rated; None when nobody is asked.

    `seen_ms`: when this screen first knew of the visit's end, which may have come over a slow line.
    """
    if counter.left_ticket is None or counter.left_ms is None or counter.left_score is not None:
        return None
    asked_ms = now_ms - max(counter.left_ms, seen_ms or 0)
    is_over = asked_ms >= rule.seconds * 1000 or now_ms - counter.left_ms > WINDOW_MS
    return None if is_over else counter.left_ticket
