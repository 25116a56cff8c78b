"""The policy `guarded`: the priority lane first, without giving up the standard lane.

In one sentence: priority goes first, unless every priority customer can safely wait and a
standard customer would miss the target now; inside a lane, somebody who can still be called
in time goes before those already late, but nobody is set back by more than one place for
every six who were ahead when they joined. `docs/policy.md` has the bounds and the figures.
"""

from bisect import bisect_right
from collections.abc import Sequence

from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Chosen, Facts, Situation
from hallq.domain.policy.order import first, in_lane, stands_before
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.tickets import Ticket

PLACES_PER_PASS = 6
"""A ticket may be passed once for every six (or part of six) ahead of it when it joined."""

RESCUE_CALLS = 4
"""About to miss: due before the hall's next four calls."""

SAFETY = 2
"""A priority customer can wait if counters became free at half the observed pace ..."""

SPARE_CALLS = 1
"""... and one more call went elsewhere."""

LONGEST_PRIORITY_RUN = 19
"""At least one call in twenty goes to the standard lane while somebody there is late."""


def guarded(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Choose by the rule above. `eligible` is not empty."""
    priority, standard = in_lane(eligible, Lane.PRIORITY), in_lane(eligible, Lane.STANDARD)
    rule = _rule(priority, standard, situation, now_ms)
    line = priority if rule is CallRule.PRIORITY_FIRST or not standard else standard
    rescued = rescuable(line, situation, now_ms)
    set_back = sum(1 for t in line if t.due_ms < now_ms) if rescued else 0
    if set_back and rule is not CallRule.STANDARD_TURN:
        rule = _RESCUED[line[0].lane]
    facts = _facts(rule, priority, situation, now_ms)
    return _chosen(rescued or first(line), rule, {**facts, "set_back": set_back}, set_back)


_RESCUED = {Lane.PRIORITY: CallRule.PRIORITY_RESCUED, Lane.STANDARD: CallRule.STANDARD_RESCUED}


def _rule(
    priority: Sequence[Ticket], standard: Sequence[Ticket], situation: Situation, now_ms: int
) -> CallRule:
    """Which lane this call goes to, as the rule that says so."""
    if not priority or not standard:
        return CallRule.IN_ORDER
    if rescuable(standard, situation, now_ms) and can_all_wait(priority, situation, now_ms):
        return CallRule.STANDARD_RESCUED
    if is_standard_turn(standard, situation, now_ms):
        return CallRule.STANDARD_TURN
    return CallRule.PRIORITY_FIRST


def allowance(ticket: Ticket) -> int:
    """How many customers behind this one may be called before it, in all."""
    return -(-ticket.ahead // PLACES_PER_PASS)


def passes(ticket: Ticket, situation: Situation) -> int:
    """How many were rescued in its lane since it became late: each went before it."""
    times = situation.rescued_ms.get(ticket.lane, ())
    return len(times) - bisect_right(times, ticket.due_ms)


def rescuable(line: Sequence[Ticket], situation: Situation, now_ms: int) -> Ticket | None:
    """The first who is still in time, if about to miss and if everyone in front may be passed."""
    in_time = [t for t in line if t.due_ms >= now_ms]
    if not in_time:
        return None
    ticket = first(in_time)
    if ticket.due_ms - now_ms > RESCUE_CALLS * situation.gap_ms:
        return None
    late = (t for t in line if t.due_ms < now_ms)
    return ticket if all(passes(t, situation) < allowance(t) for t in late) else None


def can_all_wait(line: Sequence[Ticket], situation: Situation, now_ms: int) -> bool:
    """Whether each is called in time if this call goes elsewhere and counters free up at half pace."""
    step_ms = SAFETY * situation.gap_ms
    due = sorted(t.due_ms for t in line)
    return all(due_ms - now_ms >= step_ms * (n + SPARE_CALLS) for n, due_ms in enumerate(due, start=1))


def is_standard_turn(line: Sequence[Ticket], situation: Situation, now_ms: int) -> bool:
    """Whether priority had its run of calls and somebody in the standard lane is late."""
    return situation.priority_run >= LONGEST_PRIORITY_RUN and any(t.due_ms < now_ms for t in line)


def _facts(rule: CallRule, priority: Sequence[Ticket], situation: Situation, now_ms: int) -> Facts:
    if rule is CallRule.STANDARD_RESCUED and priority:
        return {"priority_left_s": (min(t.due_ms for t in priority) - now_ms) // 1000}
    if rule is CallRule.STANDARD_TURN:
        return {"priority_run": situation.priority_run}
    return {}


def _chosen(ticket: Ticket, rule: CallRule, facts: Facts, set_back: int) -> Chosen:
    def why_not(other: Ticket) -> PassReason:
        if other.lane is ticket.lane:
            late = stands_before(other, ticket)
            return PassReason.ALREADY_LATE if late else PassReason.CAME_BACK_LATER
        if other.lane is Lane.STANDARD:
            return PassReason.PRIORITY_LANE
        return PassReason.STANDARD_TURN if rule is CallRule.STANDARD_TURN else PassReason.CAN_WAIT

    return Chosen(ticket, rule, why_not, facts, set_back)
