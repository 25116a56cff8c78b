"""The calling policies, each a rule from the eligible tickets to one of them."""

from collections.abc import Callable, Mapping, Sequence

from hallq.domain.config import PolicyName
from hallq.domain.lanes import Lane
from hallq.domain.policy.chosen import Chosen, Situation
from hallq.domain.policy.guarded import guarded
from hallq.domain.policy.order import first, in_lane
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.tickets import Ticket

Rule = Callable[[Sequence[Ticket], Situation, int], Chosen]
"""(eligible tickets, at least one; the situation; now) to the choice."""


def by_arrival(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """First come, first served, whatever the lane."""
    called = min(eligible, key=lambda t: t.queue_key)

    def why_not(ticket: Ticket) -> PassReason:
        older = ticket.issued_ms < called.issued_ms
        return PassReason.CAME_BACK_LATER if older else PassReason.CAME_LATER

    return Chosen(called, CallRule.FIRST_COME, why_not)


def by_deadline(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Earliest due time across the lanes."""
    return Chosen(first(eligible), CallRule.EARLIEST_DUE, lambda _: PassReason.DUE_LATER)


def strictly(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen:
    """Priority lane first, by due time; then the standard lane."""
    priority = in_lane(eligible, Lane.PRIORITY)
    called = first(priority or eligible)

    def why_not(ticket: Ticket) -> PassReason:
        same = ticket.lane is called.lane
        return PassReason.CAME_BACK_LATER if same else PassReason.PRIORITY_LANE

    both = 0 < len(priority) < len(eligible)
    return Chosen(called, CallRule.PRIORITY_FIRST if both else CallRule.IN_ORDER, why_not)


RULES: Mapping[PolicyName, Rule] = {
    PolicyName.ARRIVAL: by_arrival,
    PolicyName.STRICT: strictly,
    PolicyName.DEADLINE: by_deadline,
    PolicyName.GUARDED: guarded,
}
"""The rule behind each policy's name."""
