"""What every policy must keep to, whoever waits."""

from hypothesis import given
from hypothesis import strategies as st

from hallq.domain.config import PolicyName
from hallq.domain.policy import next_call, upcoming
from hallq.domain.policy.eligible import split_waiting
from hallq.domain.policy.rules import RULES
from hallq.domain.tickets import Ticket
from tests.builders import MINUTE_MS, MORNING_MS, a_config, a_state
from tests.strategies import counters, shuffled, waiting_tickets

CONFIGS = {policy: a_config(policy) for policy in PolicyName}
policies = st.sampled_from(list(PolicyName))
moments_ms = st.integers(-30, 60).map(lambda minutes: MORNING_MS + minutes * MINUTE_MS)


def test_every_policy_of_the_settings_has_a_rule() -> None:
    assert set(RULES) == set(PolicyName)


@given(waiting_tickets(), policies, counters, moments_ms)
def test_somebody_is_called_exactly_when_somebody_is_eligible(
    tickets: list[Ticket], policy: PolicyName, counter: int, now_ms: int
) -> None:
    state = a_state(*tickets)
    eligible, others = split_waiting(state, CONFIGS[policy], counter, tickets)
    call = next_call(state, CONFIGS[policy], counter, now_ms)
    assert len(eligible) + len(others) == len(tickets)
    assert (call is None) == (not eligible)
    if call is not None:
        assert call.ticket in eligible


@given(waiting_tickets(), policies, counters, moments_ms, st.integers(0, 99))
def test_the_choice_does_not_depend_on_the_order_of_the_tickets(
    tickets: list[Ticket], policy: PolicyName, counter: int, now_ms: int, seed: int
) -> None:
    config = CONFIGS[policy]
    call = next_call(a_state(*tickets), config, counter, now_ms)
    again = next_call(a_state(*shuffled(tickets, seed)), config, counter, now_ms)
    assert call == again


@given(waiting_tickets(), policies, counters, moments_ms)
def test_nobody_is_passed_over_by_himself_or_by_a_later_number(
    tickets: list[Ticket], policy: PolicyName, counter: int, now_ms: int
) -> None:
    call = next_call(a_state(*tickets), CONFIGS[policy], counter, now_ms)
    if call is not None:
        waiting = {t.ticket_id for t in tickets} - {call.ticket.ticket_id}
        assert {passed.ticket_id for passed in call.passed_over} <= waiting
        assert all(passed.reason for passed in call.passed_over)


@given(waiting_tickets(), policies, counters, moments_ms)
def test_the_preview_names_each_ticket_once(
    tickets: list[Ticket], policy: PolicyName, counter: int, now_ms: int
) -> None:
    calls = upcoming(a_state(*tickets), CONFIGS[policy], counter, now_ms, places=len(tickets))
    ids = [call.ticket.ticket_id for call in calls]
    assert len(set(ids)) == len(ids)


@given(waiting_tickets(), counters, moments_ms)
def test_strict_never_lets_a_standard_customer_before_an_eligible_vip(
    tickets: list[Ticket], counter: int, now_ms: int
) -> None:
    state, config = a_state(*tickets), CONFIGS[PolicyName.STRICT]
    call = next_call(state, config, counter, now_ms)
    lanes = {t.lane for t in split_waiting(state, config, counter, tickets)[0]}
    if call is not None:
        assert call.ticket.lane is min(lanes, key=lambda lane: lane != "priority")


@given(waiting_tickets(), counters, moments_ms)
def test_arrival_and_deadline_take_the_least_of_their_order(
    tickets: list[Ticket], counter: int, now_ms: int
) -> None:
    state = a_state(*tickets)
    eligible, _ = split_waiting(state, CONFIGS[PolicyName.ARRIVAL], counter, tickets)
    by_place = next_call(state, CONFIGS[PolicyName.ARRIVAL], counter, now_ms)
    by_due = next_call(state, CONFIGS[PolicyName.DEADLINE], counter, now_ms)
    if by_place is not None and by_due is not None:
        assert by_place.ticket == min(eligible, key=lambda t: t.queue_key)
        assert by_due.ticket == min(eligible, key=lambda t: t.due_key)
