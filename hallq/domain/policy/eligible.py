"""Which waiting tickets a counter may take at all."""

from collections.abc import Iterable

from hallq.domain.config import CounterRule, HallConfig
from hallq.domain.policy.reasons import PassReason
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket

Split = tuple[list[Ticket], list[tuple[Ticket, PassReason]]]
"""(tickets that a counter may take, the others with the reason)."""


def present_rules(state: HallState, config: HallConfig) -> list[CounterRule]:
    """The staffed counters that the settings know; one taken out of them calls nobody."""
    staffed = (rule_of(state, config, n) for n, counter in state.counters.items() if counter.is_staffed)
    return [rule for rule in staffed if rule is not None]


def rule_of(state: HallState, config: HallConfig, number: int) -> CounterRule | None:
    """What a counter takes now: by the settings, or as a manager chose for the day."""
    rule, counter = config.counter_by_number.get(number), state.counters.get(number)
    return rule.taking(counter.lanes) if rule is not None and counter is not None else rule


def somebody_takes(ticket: Ticket, present: Iterable[CounterRule]) -> bool:
    """Whether one of `present` may ever take the ticket; bindings never keep the last one off."""
    return any(rule.could_take(ticket.service, ticket.lane, ticket.bound_counter) for rule in present)


def split_waiting(state: HallState, config: HallConfig, number: int, waiting: Iterable[Ticket]) -> Split:
    """Which of `waiting` counter `number` may take."""
    rule = rule_of(state, config, number) or config.counter_by_number[number]
    present = present_rules(state, config)
    mine: list[Ticket] = []
    others: list[tuple[Ticket, PassReason]] = []
    for ticket in waiting:
        free = rule.services == "all" and ticket.bound_counter is None and ticket.bound_zone is None
        reason = None if free else _why_not(ticket, rule, present)
        if reason is None:
            mine.append(ticket)
        else:
            others.append((ticket, reason))
    return _dedicated(rule, mine, others)


def _why_not(ticket: Ticket, rule: CounterRule, present: list[CounterRule]) -> PassReason | None:
    # A binding holds only while somebody is there who could honour it.
    bound = ticket.bound_counter
    if bound not in (None, rule.number) and any(other.number == bound for other in present):
        return PassReason.BOUND_TO_COUNTER
    if ticket.bound_zone not in (None, rule.zone) and any(
        other.zone == ticket.bound_zone and other.could_take(ticket.service, ticket.lane) for other in present
    ):
        return PassReason.BOUND_TO_ZONE
    if ticket.bound_counter != rule.number and not rule.offers(ticket.service):
        return PassReason.NOT_OFFERED_HERE
    return None


def _dedicated(rule: CounterRule, mine: list[Ticket], others: list[tuple[Ticket, PassReason]]) -> Split:
    """A dedicated counter takes its own lane; the other one only when it would stand idle."""
    if rule.dedicated_to is None:
        return mine, others
    own = [t for t in mine if t.lane is rule.dedicated_to or t.bound_counter == rule.number]
    if not own and rule.helps_when_idle:
        return mine, others
    kept = {t.ticket_id for t in own}
    left = [(t, PassReason.DEDICATED_COUNTER) for t in mine if t.ticket_id not in kept]
    return own, [*others, *left]
