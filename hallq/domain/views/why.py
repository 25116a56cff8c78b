"""Why a ticket was called, or would be: the rule, its facts, and who was passed over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hallq.domain.policy import Call
from hallq.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class PassView:
    """One ticket that was passed over, with the code of the reason."""

    label: str
    reason: str
    facts: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class WhyView:
    """The reason of one call. `more`: so many were passed over besides those named."""

    label: str
    rule: str
    facts: Mapping[str, int | str] = field(default_factory=dict)
    passed: tuple[PassView, ...] = ()
    more: int = 0


def why_of_ticket(ticket: Ticket) -> WhyView | None:
    """The reason kept with the ticket's last call; None when it was never called."""
    if not ticket.why:
        return None
    kept = json.loads(ticket.why)
    passed = tuple(
        PassView(over["label"], over["reason"], over.get("facts") or {})
        for over in kept.get("passed_over") or ()
    )
    return _why(ticket.label, kept["rule"], kept.get("facts") or {}, passed)


def why_of_call(call: Call) -> WhyView:
    """The reason of a call that has not been made yet."""
    passed = tuple(PassView(over.label, over.reason, over.facts) for over in call.passed_over)
    return _why(call.ticket.label, call.rule.value, call.facts, passed)


def _why(label: str, rule: str, facts: Mapping[str, int | str], passed: tuple[PassView, ...]) -> WhyView:
    total = int(facts.get("passed_total", len(passed)))
    return WhyView(label, rule, facts, passed, max(0, total - len(passed)))
