"""The policy `guarded`: the priority lane first, without giving up the standard lane.

In one sentence: priority goes first, unless every priority customer can safely wait and a
standard customer would miss the target now; inside a lane, somebody who can still be called
in time goes before those already late, but nobody is set back by more than one place for
every six who were ahead when they joined. `docs/policy.md` has the bounds and the figures.
"""

from bisect import bisect_right
from collections.abc import Sequence

from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Chosen, Situation
from hallq.domain.tickets import Ticket

PLACES_PER_PASS = 6
"""A ticket may be passed once for every six (or part of six) ahead of it when it joined."""

RESCUE_CALLS = 4
"""About to miss: due before the hall's next four calls."""

SAFETY = 2
"""A priority customer can wait if counters became free at half the observed pace ..."""

SPARE_CALLS = 1
"""... and one more call went elsewhere."""

PRIORITY_RUN = 19
"""At least one call in twenty goes to the standard lane while somebody there is late."""


def guarded(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Choose by the rule above. `eligible` is not empty."""
    priority, standard = _line(eligible, Lane.PRIORITY), _line(eligible, Lane.STANDARD)
    rescued = rescuable(standard, situation, now_ms)
    if rescued and can_all_wait(priority, situation, now_ms):
        in_order = rescued is standard[0] and not priority
        rule = "in-order" if in_order else "standard-rescued"
        return _chosen(rescued, rule, "can-wait", standard, now_ms)
    if priority and _standard_turn(standard, situation, now_ms):
        return _chosen(rescued or standard[0], "standard-turn", "standard-turn", standard, now_ms)
    if not priority:
        return _chosen(standard[0], "in-order", "came-back-later", standard, now_ms)
    first = rescuable(priority, situation, now_ms) or priority[0]
    if first is not priority[0]:
        return _chosen(first, "priority-rescued", "priority-lane", priority, now_ms)
    rule = "priority-first" if standard else "in-order"
    return _chosen(first, rule, "priority-lane", priority, now_ms)


def _line(eligible: Sequence[Ticket], lane: Lane) -> list[Ticket]:
    return sorted((t for t in eligible if t.lane is lane), key=lambda t: t.due_key)


def passes_left(ticket: Ticket, situation: Situation) -> int:
    """How many customers behind this one may still be called before it."""
    times = situation.rescued_ms.get(ticket.lane, ())
    passed = len(times) - bisect_right(times, ticket.due_ms)
    return max(0, -(-ticket.ahead // PLACES_PER_PASS) - passed)


def rescuable(line: Sequence[Ticket], situation: Situation, now_ms: int) -> Ticket | None:
    """The first who is still in time, if about to miss and if everyone in front may be passed."""
    for ticket in line:
        if ticket.due_ms >= now_ms:
            about_to_miss = ticket.due_ms - now_ms <= RESCUE_CALLS * situation.gap_ms
            return ticket if about_to_miss else None
        if not passes_left(ticket, situation):
            return None
    return None


def can_all_wait(line: Sequence[Ticket], situation: Situation, now_ms: int) -> bool:
    """Whether each is called in time if this call goes elsewhere and counters free up at half pace."""
    step_ms = SAFETY * situation.gap_ms
    return all(t.due_ms - now_ms >= step_ms * (ahead + SPARE_CALLS) for ahead, t in enumerate(line, start=1))


def _standard_turn(line: Sequence[Ticket], situation: Situation, now_ms: int) -> bool:
    return situation.priority_run >= PRIORITY_RUN and bool(line) and line[0].due_ms < now_ms


def _chosen(ticket: Ticket, rule: str, others: str, line: Sequence[Ticket], now_ms: int) -> Chosen:
    set_back = [t for t in line if t.due_key < ticket.due_key]
    left_min = max(0, ticket.due_ms - now_ms) // 60_000
    return Chosen(
        ticket,
        rule,
        others,
        facts={"left_min": left_min, "set_back": len(set_back)},
        passed={t.ticket_id: "already-late" for t in set_back},
        set_back=len(set_back),
    )
