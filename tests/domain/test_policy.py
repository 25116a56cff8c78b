"""The calling rules by example: who may be taken, and who is taken first."""

import pytest

from hallq.domain.config import HallConfig, PolicyName
from hallq.domain.lanes import Lane, Tier
from hallq.domain.policy import eligible, next_call, upcoming
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from tests.builders import MINUTE_MS, MORNING_MS, a_config, a_state, a_ticket, counters_with

NOW_MS = MORNING_MS + 3 * MINUTE_MS


def _split(state: HallState, config: HallConfig, counter: int) -> eligible.Split:
    return eligible.split_waiting(state, config, counter, state.waiting())


def _called(policy: PolicyName, *tickets: Ticket, counter: int = 2) -> str:
    state = a_state(*tickets)
    call = next_call(state, a_config(policy), counter, NOW_MS)
    assert call is not None
    return call.ticket.ticket_id


def test_arrival_looks_at_the_place_only() -> None:
    first = a_ticket(issued_ms=MORNING_MS)
    vip = a_ticket(issued_ms=MORNING_MS + 1, lane=Lane.PRIORITY, tier=Tier.SUPREME)
    assert _called(PolicyName.ARRIVAL, vip, first) == first.ticket_id


def test_strict_takes_the_priority_lane_first_however_late_the_others_are() -> None:
    late = a_ticket(issued_ms=MORNING_MS - 60 * MINUTE_MS)
    vip = a_ticket(issued_ms=NOW_MS, lane=Lane.PRIORITY)
    assert _called(PolicyName.STRICT, late, vip) == vip.ticket_id


def test_strict_takes_the_standard_lane_when_no_vip_waits() -> None:
    first, second = a_ticket(issued_ms=MORNING_MS), a_ticket(issued_ms=MORNING_MS + 1)
    assert _called(PolicyName.STRICT, second, first) == first.ticket_id


def test_deadline_takes_who_is_due_first_across_the_lanes() -> None:
    standard = a_ticket(issued_ms=MORNING_MS - 11 * MINUTE_MS)
    vip = a_ticket(issued_ms=MORNING_MS, lane=Lane.PRIORITY)
    assert _called(PolicyName.DEADLINE, vip, standard) == standard.ticket_id


@pytest.mark.parametrize("policy", [PolicyName.STRICT, PolicyName.DEADLINE])
def test_the_higher_tier_goes_first_where_due_times_tie(policy: PolicyName) -> None:
    gold, supreme, diamond = (
        a_ticket(tier=tier, lane=Lane.PRIORITY) for tier in (Tier.GOLD, Tier.SUPREME, Tier.DIAMOND)
    )
    assert _called(policy, gold, supreme, diamond) == supreme.ticket_id
    assert _called(policy, gold, diamond) == diamond.ticket_id


def test_nobody_eligible_is_nobody_called() -> None:
    elsewhere = a_ticket(bound_counter=3)
    assert next_call(a_state(elsewhere), a_config(), 2, NOW_MS) is None


def test_a_counter_takes_only_what_it_offers() -> None:
    config = a_config(counters=counters_with(2, services=["payment"]))
    bill, complaint = a_ticket(service="payment"), a_ticket(service="complaint")
    mine, others = _split(a_state(bill, complaint), config, 2)
    assert mine == [bill]
    assert others == [(complaint, "not-offered-here")]


def test_a_binding_holds_while_somebody_is_there_to_honour_it() -> None:
    bound = a_ticket(bound_counter=3)
    zoned = a_ticket(bound_zone="vip")
    assert _split(a_state(bound, zoned, staffed=(1, 2, 3)), a_config(), 2)[0] == []
    assert _split(a_state(bound, zoned, staffed=(2,)), a_config(), 2)[0] == [bound, zoned]


def test_a_vip_counter_takes_the_standard_lane_only_when_idle() -> None:
    standard, vip = a_ticket(), a_ticket(lane=Lane.PRIORITY, issued_ms=NOW_MS)
    assert _split(a_state(standard, vip), a_config(), 1) == (
        [vip],
        [(standard, "dedicated-counter")],
    )
    assert _split(a_state(standard), a_config(), 1)[0] == [standard]


def test_a_vip_counter_that_never_helps_waits() -> None:
    config = a_config(counters=counters_with(1, helps_when_idle=False))
    assert _split(a_state(a_ticket()), config, 1)[0] == []


def test_a_vip_counter_keeps_whoever_was_sent_to_it() -> None:
    sent, vip = a_ticket(bound_counter=1), a_ticket(lane=Lane.PRIORITY)
    assert _split(a_state(sent, vip), a_config(), 1)[0] == [sent, vip]


def test_the_preview_begins_with_the_next_call() -> None:
    state = a_state(*(a_ticket(issued_ms=MORNING_MS + n) for n in range(5)))
    calls = upcoming(state, a_config(), 2, NOW_MS, 3)
    assert len(calls) == 3
    assert calls[0] == next_call(state, a_config(), 2, NOW_MS)
