"""A call with its reason: the ticket, the rule that chose it, and who was passed over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hallq.domain.events import PassedOver
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket

MOST_PASSED_OVER = 10
"""So many tickets are named in a reason; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called and why. `facts` fill the sentence that the rule's code stands for."""

    ticket: Ticket
    rule: str
    facts: dict[str, int | str] = field(default_factory=dict)
    passed_over: tuple[PassedOver, ...] = ()
    set_back: int = 0


def passed_over(reasons: Iterable[tuple[Ticket, str]]) -> tuple[PassedOver, ...]:
    """Those who took a number earlier than the one called, longest wait first."""
    ordered = sorted(reasons, key=lambda pair: (pair[0].issued_ms, pair[0].ticket_id))
    return tuple(PassedOver(t.ticket_id, t.label, reason) for t, reason in ordered[:MOST_PASSED_OVER])


def call_by_hand(state: HallState, ticket: Ticket) -> Call:
    """A call that a person chose; everybody who waits longer was passed over by hand."""
    longer = [t for t in state.waiting() if t.issued_ms < ticket.issued_ms]
    return Call(ticket, "by-hand", {"ahead": len(longer)}, passed_over((t, "by-hand") for t in longer))
