"""The choice: who may be taken, by which rule, who was passed over."""

from hallq.domain.config import HallConfig
from hallq.domain.policy.call import Call, passed_over
from hallq.domain.policy.chosen import Situation
from hallq.domain.policy.eligible import split_waiting
from hallq.domain.policy.rules import RULES
from hallq.domain.policy.situation import situation_of
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


def next_call(state: HallState, config: HallConfig, counter: int, now_ms: int) -> Call | None:
    """Whom `counter` calls now under the hall's policy, and why; None when nobody is eligible."""
    eligible, others = split_waiting(state, config, counter)
    if not eligible:
        return None
    return _chosen(eligible, others, config, situation_of(state, config), now_ms)


def _chosen(
    eligible: list[Ticket],
    others: list[tuple[Ticket, str]],
    config: HallConfig,
    situation: Situation,
    now_ms: int,
) -> Call:
    choice = RULES[config.calling.policy](eligible, situation, now_ms)
    chosen = choice.ticket
    earlier = [(t, choice.passed_reason(t)) for t in eligible if t.issued_ms < chosen.issued_ms]
    earlier += [(t, reason) for t, reason in others if t.issued_ms < chosen.issued_ms]
    facts = {**choice.facts, "waited_min": (now_ms - chosen.issued_ms) // 60_000}
    return Call(chosen, choice.rule, facts, passed_over(earlier), choice.set_back)


def upcoming(state: HallState, config: HallConfig, counter: int, now_ms: int, places: int) -> list[Call]:
    """The next calls of `counter` if nothing else happened, in order: a preview."""
    eligible, others = split_waiting(state, config, counter)
    situation = situation_of(state, config)
    calls: list[Call] = []
    while eligible and len(calls) < places:
        call = _chosen(eligible, others, config, situation, now_ms)
        calls.append(call)
        eligible = [t for t in eligible if t.ticket_id != call.ticket.ticket_id]
    return calls
