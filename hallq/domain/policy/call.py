"""A call with its reason: the ticket, the rule that chose it, and who was passed over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import attrgetter

from hallq.domain.config import HallConfig
from hallq.domain.events import PassedOver
from hallq.domain.lanes import Lane
from hallq.domain.policy.appointed import agreed_at_ms
from hallq.domain.policy.chosen import Facts, Situation
from hallq.domain.policy.guarded import allowance, passes
from hallq.domain.policy.order import may_ask_why
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.tickets import Ticket

MOST_PASSED_OVER = 10
"""So many tickets are named in a reason; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called and why. `facts` fill the sentence that the rule's code stands for."""

    ticket: Ticket
    rule: CallRule
    facts: Facts = field(default_factory=dict)
    passed_over: tuple[PassedOver, ...] = ()
    set_back: int = 0


def facts_of_call(called: Ticket, eligible: Iterable[Ticket], config: HallConfig, now_ms: int) -> Facts:
    """The facts that every call has, except who was passed over."""
    lanes = [t.lane for t in eligible if t is not called]
    priority = lanes.count(Lane.PRIORITY)
    return {
        "lane": called.lane.value,
        "tier": called.tier.value,
        "waited_s": max(0, now_ms - called.waiting_since_ms) // 1000,
        "left_s": (called.due_ms - now_ms) // 1000,
        "target_s": config.target_ms(called.lane) // 1000,
        "priority_waiting": priority,
        "standard_waiting": len(lanes) - priority,
    }


def passed_over(
    waiting: Iterable[Ticket],
    called: Ticket,
    why_not: Callable[[Ticket], PassReason],
    situation: Situation,
    now_ms: int,
) -> tuple[tuple[PassedOver, ...], int]:
    """(those who may ask why `called` came first, longest wait first and at most ten; how many in all)."""
    asking = [t for t in waiting if may_ask_why(t, called)]
    named = nsmallest(MOST_PASSED_OVER, asking, key=attrgetter("issued_ms", "ticket_id"))
    over = [_passed(t, why_not(t), situation, now_ms) for t in named]
    return tuple(over), len(asking)


def _passed(ticket: Ticket, reason: PassReason, situation: Situation, now_ms: int) -> PassedOver:
    facts = _facts_of_pass(ticket, reason, situation, now_ms)
    return PassedOver(ticket.ticket_id, ticket.label, reason.value, facts)


def _facts_of_pass(ticket: Ticket, reason: PassReason, situation: Situation, now_ms: int) -> Facts:
    facts: Facts = {"waited_s": max(0, now_ms - ticket.waiting_since_ms) // 1000}
    match reason:
        case PassReason.ALREADY_LATE:
            facts["late_s"] = (now_ms - ticket.due_ms) // 1000
            facts |= {"allowed": allowance(ticket), "passed": passes(ticket, situation) + 1}
        case PassReason.CAN_WAIT | PassReason.DUE_LATER | PassReason.STANDARD_TURN:
            facts["left_s"] = (ticket.due_ms - now_ms) // 1000
        case PassReason.BOUND_TO_COUNTER:
            facts["counter"] = ticket.bound_counter or 0
        case PassReason.BOUND_TO_ZONE:
            facts["zone"] = ticket.bound_zone or ""
        case PassReason.NOT_YET:
            facts["agreed_at_ms"] = agreed_at_ms(ticket, situation)
        case PassReason.NOT_OFFERED_HERE:
            facts["service"] = ticket.service
    return facts
