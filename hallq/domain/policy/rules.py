"""The calling policies, each a rule from the eligible tickets to one of them."""

from collections.abc import Callable, Mapping, Sequence

from hallq.domain.config import PolicyName
from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Chosen, Situation
from hallq.domain.policy.guarded import guarded
from hallq.domain.tickets import Ticket

Rule = Callable[[Sequence[Ticket], Situation, int], Chosen]
"""(eligible tickets, at least one; the situation; now) to the choice."""


def by_arrival(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """First come, first served, whatever the lane."""
    return Chosen(min(eligible, key=lambda t: t.queue_key), "first-come", "came-back-later")


def by_deadline(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Earliest due time across the lanes."""
    return Chosen(min(eligible, key=lambda t: t.due_key), "earliest-due", "due-later")


def strictly(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Priority lane first, by due time; then the standard lane."""
    priority = [t for t in eligible if t.lane is Lane.PRIORITY]
    if priority:
        return Chosen(min(priority, key=lambda t: t.due_key), "priority-first", "priority-lane")
    return Chosen(min(eligible, key=lambda t: t.due_key), "in-order", "came-back-later")


RULES: Mapping[PolicyName, Rule] = {
    PolicyName.ARRIVAL: by_arrival,
    PolicyName.STRICT: strictly,
    PolicyName.DEADLINE: by_deadline,
    PolicyName.GUARDED: guarded,
}
"""The rule behind each policy's name."""
