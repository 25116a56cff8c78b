"""The choice: who may be taken, by which rule, who was passed over."""

from hallq.domain.config import HallConfig
from hallq.domain.policy.appointed import by_appointment, split_now
from hallq.domain.policy.call import Call, facts_of_call, passed_over
from hallq.domain.policy.chosen import Situation
from hallq.domain.policy.eligible import Split
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.policy.rules import RULES
from hallq.domain.policy.situation import situation_of
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


def next_call(state: HallState, config: HallConfig, counter: int, now_ms: int) -> Call | None:
    """Whom `counter` calls now under the hall's policy, and why; None when nobody is eligible."""
    split = split_now(state, config, counter, state.waiting(), now_ms)
    return _call(split, config, situation_of(state, config, counter), now_ms) if split[0] else None


def _call(split: Split, config: HallConfig, situation: Situation, now_ms: int) -> Call:
    eligible, others = split
    appointed = by_appointment(eligible, situation, now_ms)
    chosen = appointed or RULES[config.calling.policy](eligible, situation, now_ms)
    called = chosen.ticket
    barred = {t.ticket_id: reason for t, reason in others}

    def why_not(ticket: Ticket) -> PassReason:
        return barred.get(ticket.ticket_id) or chosen.why_not(ticket)

    waiting = [*eligible, *(t for t, _ in others)]
    named, total = passed_over(waiting, called, why_not, situation, now_ms)
    facts = facts_of_call(called, eligible, config, now_ms) | chosen.facts | {"passed_total": total}
    return Call(called, chosen.rule, facts, named, chosen.set_back)


def upcoming(state: HallState, config: HallConfig, counter: int, now_ms: int, places: int) -> list[Call]:
    """The next calls of `counter` if it made them all now and nothing else happened: a preview."""
    eligible, others = split_now(state, config, counter, state.waiting(), now_ms)
    situation = situation_of(state, config, counter)
    calls: list[Call] = []
    while eligible and len(calls) < places:
        call = _call((eligible, others), config, situation, now_ms)
        calls.append(call)
        eligible = [t for t in eligible if t is not call.ticket]
        if not eligible:  # a dedicated counter may help the other lane now
            eligible, others = split_now(state, config, counter, [t for t, _ in others], now_ms)
        if not call.ticket.is_by_appointment:
            situation = situation.after(call.ticket.lane, call.set_back, now_ms)
    return calls


def call_by_hand(state: HallState, config: HallConfig, counter: int, ticket: Ticket, now_ms: int) -> Call:
    """A call that a person chose; everybody who may ask was passed over by hand."""
    waiting = state.waiting()
    situation = situation_of(state, config, counter)
    named, total = passed_over(waiting, ticket, lambda _: PassReason.BY_HAND, situation, now_ms)
    facts = facts_of_call(ticket, waiting, config, now_ms) | {"passed_total": total}
    return Call(ticket, CallRule.BY_HAND, facts, named)
