"""The calling policies, each a rule from the eligible tickets to one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hallq.domain.config import PolicyName
from hallq.domain.lanes import Lane
from hallq.domain.policy.pace import Pace
from hallq.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a rule decided. `passed` overrides the reason of single passed-over tickets."""

    ticket: Ticket
    rule: str
    default_passed: str
    facts: dict[str, int | str] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)

    def passed_reason(self, ticket: Ticket) -> str:
        """Why `ticket` was not the one."""
        return self.passed.get(ticket.ticket_id, self.default_passed)


Rule = Callable[[Sequence[Ticket], Pace, int], Chosen]


def by_arrival(eligible: Sequence[Ticket], pace: Pace, now_ms: int) -> Chosen:
    """First come, first served, whatever the lane."""
    return Chosen(min(eligible, key=lambda t: t.queue_key), "first-come", "came-back-later")


def by_deadline(eligible: Sequence[Ticket], pace: Pace, now_ms: int) -> Chosen:
    """Earliest due time across the lanes."""
    return Chosen(min(eligible, key=lambda t: t.due_key), "earliest-due", "due-later")


def strictly(eligible: Sequence[Ticket], pace: Pace, now_ms: int) -> Chosen:
    """Priority lane first, by due time; then the standard lane."""
    priority = [t for t in eligible if t.lane is Lane.PRIORITY]
    if priority:
        return Chosen(min(priority, key=lambda t: t.due_key), "priority-first", "priority-goes-first")
    return Chosen(min(eligible, key=lambda t: t.due_key), "next-in-lane", "due-later")


RULES: Mapping[PolicyName, Rule] = {
    PolicyName.ARRIVAL: by_arrival,
    PolicyName.STRICT: strictly,
    PolicyName.DEADLINE: by_deadline,
    PolicyName.GUARDED: strictly,
}
"""The rule behind each policy's name."""
