"""The figures of a business day: what is counted of longer things, and how shares and means are made.

Every figure is a whole number, a count or a sum of milliseconds, and can be recomputed
from the events; shares and means are taken at the moment they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain import figure_names as names
from hallq.domain.config import MINUTE_MS
from hallq.domain.counters import Counter, CounterState
from hallq.domain.days import BusinessDay
from hallq.domain.tickets import Ticket

QUARTER_MS = 15 * MINUTE_MS
"""Zones differ by whole quarters of an hour: quarters make up the half hours of every one."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `fraction` is None while the whole is nothing."""

    part: int
    whole: int

    @property
    def fraction(self) -> float | None:
        """Part of whole, from 0 to 1."""
        return self.part / self.whole if self.whole else None


def quarter_of(shown_ms: int) -> int:
    """The quarter of an hour that a shown time falls in, counted from 1970."""
    return shown_ms // QUARTER_MS


SPENT = {
    CounterState.OPEN: names.IDLE_MS,
    CounterState.CALLING: names.BUSY_MS,
    CounterState.SERVING: names.BUSY_MS,
    CounterState.PAUSED: names.PAUSED_MS,
}
"""What the time of a staffed counter counts as, in each quarter of an hour."""
LONGEST_SPENT_MS = 24 * 60 * MINUTE_MS
"""What a counter did for longer than a day is nobody's work."""


def spent(counter: Counter, until_ms: int, day: BusinessDay | None) -> dict[str, int]:
    """The steps that book what a counter did until now, by quarters of an hour; pauses by reason, clerk."""
    if counter.state not in SPENT or day is None:
        return {}
    since_ms = max(counter.since_ms, day.opened_ms, until_ms - LONGEST_SPENT_MS)
    steps: dict[str, int] = {}
    at_ms = since_ms
    while at_ms < until_ms:
        quarter = quarter_of(at_ms + day.clock_offset_ms)
        end_ms = min(until_ms, (quarter + 1) * QUARTER_MS - day.clock_offset_ms)
        steps[names.in_quarter(quarter, SPENT[counter.state])] = end_ms - at_ms
        at_ms = end_ms
    if counter.state is CounterState.PAUSED:
        whose = (counter.pause_reason, counter.clerk)
        steps |= {names.pauses(*whose): 1, names.pause_ms(*whose): max(0, until_ms - since_ms)}
    return steps


def pauses_of(figures: Mapping[str, int]) -> dict[tuple[str, str], tuple[int, int]]:
    """(clerk, reason) to how often, and for how many ms together."""
    found = {}
    for name, times in figures.items():
        if name.startswith("pauses."):
            _, reason, clerk = name.split(".", 2)
            found[clerk, reason] = (times, figures.get(names.pause_ms(reason, clerk), 0))
    return found


def quarter_counts(figures: Mapping[str, int]) -> dict[int, dict[str, int]]:
    """The counts of each quarter of an hour, by their names in it."""
    counts: dict[int, dict[str, int]] = {}
    for name, count in figures.items():
        if name.startswith("quarter."):
            _, quarter, what = name.split(".", 2)
            counts.setdefault(int(quarter), {})[what] = count
    return counts


def service_level(figures: Mapping[str, int], lane: str, waiting: list[Ticket], now_ms: int) -> Share:
    """The share called within the target of a lane, or of appointments.

    Counted against it: everybody called so far, those who left past their due time
    without a call, and those still waiting past it (standard: service level as
    x % within y minutes, open waits included), also when the day closed over them.
    """
    overdue = sum(1 for t in waiting if t.promise == lane and t.is_first_wait and t.due_ms < now_ms)
    counted: tuple[names.LaneCount, ...] = ("called", "left_late", "late_at_close")
    whole = sum(figures.get(names.of_lane(lane, what), 0) for what in counted) + overdue
    return Share(figures.get(names.of_lane(lane, "called_within"), 0), whole)


def share_before(counts: Mapping[int, Mapping[str, int]], what: str, quarter: int) -> Share:
    """The part of `what` (a lane, or transactions) that was in time, as it stood when `quarter` began.

    Lanes: promises kept until then, of all that were settled or broken until then; promises
    still open and broken stand in no count yet and are added by the caller.
    """
    earlier = [count for place, count in counts.items() if place < quarter]
    kept = sum(count.get(names.kept_then(what), 0) for count in earlier)
    return Share(kept, kept + sum(count.get(names.broken_then(what), 0) for count in earlier))


def within_limit(figures: Mapping[str, int]) -> Share:
    """The share of transactions with a trusted length that kept the limit."""
    return Share(figures.get(names.WITHIN_LIMIT, 0), figures.get(names.RELIABLE, 0))


def one_counter(figures: Mapping[str, int]) -> Share:
    """The share of finished visits that needed one counter only."""
    return Share(figures.get(names.ONE_COUNTER, 0), figures.get(names.FINISHED, 0))


def told_steps(ticket: Ticket, wait_ms: int) -> dict[str, int]:
    """The steps that say how a first call kept the wait that was told; "no wait" is less than a minute."""
    low, high = ticket.told_low_minutes, ticket.told_high_minutes
    if low is None or high is None:
        return {}
    early_ms, late_ms = low * MINUTE_MS - wait_ms, wait_ms - max(1, high) * MINUTE_MS
    if late_ms > 0:
        return timed(names.told(ticket.lane, "late"), late_ms)
    if early_ms > 0:
        return timed(names.told(ticket.lane, "early"), early_ms)
    return {names.told(ticket.lane, "held"): 1}


def timed(name: str, length_ms: int) -> dict[str, int]:
    """The steps of one thing that took a time."""
    return {f"{name}.count": 1, f"{name}.ms": length_ms}


def times(figures: Mapping[str, int], name: str) -> int:
    """How often a timed thing was counted."""
    return figures.get(f"{name}.count", 0)


def mean_ms(figures: Mapping[str, int], name: str) -> int | None:
    """The mean of a timed thing; None where it was never counted."""
    count = times(figures, name)
    return figures.get(f"{name}.ms", 0) // count if count else None
