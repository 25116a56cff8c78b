"""The policy `guarded` by example, and the reasons that every policy gives."""

from collections.abc import Callable
from typing import Any

import pytest

from hallq.domain.config import PolicyName
from hallq.domain.counters import Counter, CounterState
from hallq.domain.figure_names import PRIORITY_RUN
from hallq.domain.frozen import replace
from hallq.domain.lanes import Lane, Tier
from hallq.domain.policy import Call, CallRule, PassReason, call_by_hand, next_call, upcoming
from hallq.domain.state import HallState, Rescue
from hallq.domain.tickets import Ticket
from tests.builders import MINUTE_MS, MORNING_MS, a_config, a_ticket

NOW_MS = MORNING_MS
GAP_MS = MINUTE_MS
"""Ten counters and services of ten minutes: a call every minute."""


def _hall(*tickets: Ticket, run: int = 0, rescues: tuple[tuple[Lane, int], ...] = ()) -> HallState:
    figures = {"service.count": 100, "service.ms": 1_000 * MINUTE_MS, PRIORITY_RUN: run}
    return HallState(
        tickets={t.ticket_id: t for t in tickets},
        counters={n: Counter(n, CounterState.OPEN) for n in range(1, 11)},
        figures=figures,
        rescues=tuple(Rescue(place, lane, at_ms) for place, (lane, at_ms) in enumerate(rescues)),
    )


def _standard(left_minutes: float, **changes: Any) -> Ticket:
    issued_ms = NOW_MS + round((left_minutes - 15) * MINUTE_MS)
    return a_ticket(issued_ms=issued_ms, **changes)


def _vip(left_minutes: float, **changes: Any) -> Ticket:
    issued_ms = NOW_MS + round((left_minutes - 5) * MINUTE_MS)
    return a_ticket(**{"lane": Lane.PRIORITY, "tier": Tier.GOLD, "issued_ms": issued_ms, **changes})


def _call(*tickets: Ticket, policy: PolicyName = PolicyName.GUARDED, **more: Any) -> Call:
    call = next_call(_hall(*tickets, **more), a_config(policy), 2, NOW_MS)
    assert call is not None
    return call


def test_a_vip_goes_first_while_nobody_can_be_saved() -> None:
    vip, fresh = _vip(2.4), _standard(10)
    call = _call(fresh, vip)
    assert (call.ticket, call.rule) == (vip, CallRule.PRIORITY_FIRST)
    assert call.facts == {
        "lane": "priority",
        "tier": "gold",
        "waited_s": 156,
        "left_s": 144,
        "target_s": 300,
        "priority_waiting": 0,
        "standard_waiting": 1,
        "set_back": 0,
        "passed_total": 1,
    }


def test_a_standard_customer_about_to_miss_goes_before_vips_with_time_in_hand() -> None:
    standard, vip = _standard(4), _vip(4.5)
    call = _call(standard, vip)
    assert (call.ticket, call.rule) == (standard, CallRule.STANDARD_RESCUED)
    assert (call.facts["left_s"], call.facts["priority_left_s"]) == (240, 270)
    (passed,) = call.passed_over
    assert (passed.reason, passed.facts) == (PassReason.CAN_WAIT, {"waited_s": 30, "left_s": 270})


@pytest.mark.parametrize(
    ("left_minutes", "rule"), [(4, CallRule.STANDARD_RESCUED), (4.01, CallRule.PRIORITY_FIRST)]
)
def test_about_to_miss_is_due_within_four_calls(left_minutes: float, rule: CallRule) -> None:
    assert _call(_standard(left_minutes), _vip(4.5)).rule is rule


@pytest.mark.parametrize(
    ("vips", "rule"),
    [
        ([_vip(4)], CallRule.STANDARD_RESCUED),  # two calls at half pace: four minutes
        ([_vip(3.99)], CallRule.PRIORITY_FIRST),
        ([_vip(4), _vip(5, due_ms=NOW_MS + 6 * MINUTE_MS)], CallRule.STANDARD_RESCUED),
        ([_vip(4), _vip(5)], CallRule.PRIORITY_FIRST),  # the second one's three calls take six
        ([_vip(-1)], CallRule.PRIORITY_FIRST),
    ],
)
def test_a_vip_can_wait_if_twice_the_usual_time_and_one_more_call_do_not_make_it_late(
    vips: list[Ticket], rule: CallRule
) -> None:
    assert _call(_standard(1), *vips).rule is rule


def test_who_can_still_be_in_time_goes_before_who_is_late_already() -> None:
    late, saved = _standard(-5, ahead=7), _standard(1)
    call = _call(late, saved, rescues=((Lane.STANDARD, NOW_MS - 1),))
    assert (call.ticket, call.rule, call.set_back) == (saved, CallRule.STANDARD_RESCUED, 1)
    (passed,) = call.passed_over
    assert passed.reason == PassReason.ALREADY_LATE
    assert passed.facts == {"waited_s": 1200, "late_s": 300, "allowed": 2, "passed": 2}


@pytest.mark.parametrize(("ahead", "allowed"), [(0, 0), (1, 1), (6, 1), (7, 2), (12, 2), (13, 3)])
def test_a_ticket_may_be_passed_once_for_every_six_ahead_or_part_of_six(ahead: int, allowed: int) -> None:
    late, saved = _standard(-5, ahead=ahead), _standard(1)
    for passed in range(allowed + 2):
        rescues = ((Lane.STANDARD, NOW_MS - 1),) * passed
        expected = saved if passed < allowed else late
        assert _call(late, saved, rescues=rescues).ticket is expected


def test_rescues_count_from_the_due_time_on_and_in_the_own_lane_only() -> None:
    late, saved = _standard(-5, ahead=6), _standard(1)
    before = ((Lane.STANDARD, late.due_ms), (Lane.PRIORITY, NOW_MS - 1))
    assert _call(late, saved, rescues=before).ticket is saved
    assert _call(late, saved, rescues=(*before, (Lane.STANDARD, late.due_ms + 1))).ticket is late


def test_one_late_customer_without_passes_left_stops_all_rescues_of_the_lane() -> None:
    spent, patient, saved = _standard(-5, ahead=0), _standard(-4, ahead=60), _standard(1)
    assert _call(spent, patient, saved).ticket is spent


def test_a_late_vip_may_be_passed_by_one_who_is_not() -> None:
    late, saved, standard = _vip(-1, ahead=3), _vip(2), _standard(1)
    call = _call(late, saved, standard)
    assert (call.ticket, call.rule) == (saved, CallRule.PRIORITY_RESCUED)
    assert [p.reason for p in call.passed_over] == [PassReason.PRIORITY_LANE, PassReason.ALREADY_LATE]


def test_after_nineteen_vips_the_late_standard_lane_has_a_turn() -> None:
    late, vip = _standard(-1), _vip(0.5)
    assert _call(late, vip, run=18).rule is CallRule.PRIORITY_FIRST
    call = _call(late, vip, run=19)
    assert (call.ticket, call.rule, call.facts["priority_run"]) == (late, CallRule.STANDARD_TURN, 19)
    assert call.passed_over[0].reason == PassReason.STANDARD_TURN
    assert _call(_standard(5), vip, run=19).rule is CallRule.PRIORITY_FIRST


def test_a_counters_own_run_of_vips_counts_too() -> None:
    state = _hall(_standard(-1), _vip(0.5))
    state = replace(state, figures={**state.figures, f"{PRIORITY_RUN}.2": 19})
    at_two, at_three = (next_call(state, a_config("guarded"), n, NOW_MS) for n in (2, 3))
    assert at_two
    assert at_three
    assert (at_two.rule, at_three.rule) == (CallRule.STANDARD_TURN, CallRule.PRIORITY_FIRST)


def test_the_longest_waiting_are_named_and_all_are_counted() -> None:
    waiting = [_standard(10 - place) for place in range(14)]
    call = _call(_vip(1), *waiting)
    assert [p.ticket_id for p in call.passed_over] == [t.ticket_id for t in waiting[:3:-1]]
    assert call.facts["passed_total"] == 14


def test_a_call_by_hand_passes_over_whoever_may_ask() -> None:
    earlier, vip, chosen, later = _standard(5), _vip(5), _standard(6), _standard(7)
    state = _hall(earlier, vip, chosen, later)
    call = call_by_hand(state, a_config("guarded"), 2, chosen, NOW_MS)
    assert {p.ticket_id for p in call.passed_over} == {earlier.ticket_id, vip.ticket_id}
    assert (call.rule, call.set_back, call.facts["passed_total"]) == (CallRule.BY_HAND, 0, 2)


def _after(state: HallState, call: Call) -> HallState:
    lane = call.ticket.lane
    run = state.figures[PRIORITY_RUN] + 1 if lane is Lane.PRIORITY else 0
    rescues = (*state.rescues, Rescue(0, lane, NOW_MS)) if call.set_back else state.rescues
    tickets = {i: t for i, t in state.tickets.items() if t is not call.ticket}
    return replace(state, tickets=tickets, figures={**state.figures, PRIORITY_RUN: run}, rescues=rescues)


def test_the_preview_is_what_the_counter_would_call() -> None:
    late = [_standard(-5 + n / 10, ahead=6 * n) for n in range(8)]
    others = [*(_standard(n / 2) for n in range(8)), *(_vip(n / 2) for n in range(8))]
    state, config = _hall(*late, *others, run=17), a_config("guarded")
    preview = upcoming(state, config, 2, NOW_MS, 24)
    assert len(preview) == 24
    assert {call.rule for call in preview} >= {CallRule.STANDARD_TURN, CallRule.STANDARD_RESCUED}
    for call in preview:
        assert call == next_call(state, config, 2, NOW_MS)
        state = _after(state, call)


def test_the_preview_knows_appointments_and_leaves_the_turns_alone() -> None:
    due = [_vip(1, agreed_ms=NOW_MS - n) for n in range(3)]
    early = _vip(9, agreed_ms=NOW_MS + MINUTE_MS)
    state = _hall(_standard(-1), *(_vip(n) for n in range(3)), *due, early, run=18)
    preview = upcoming(state, a_config("guarded"), 2, NOW_MS, 24)
    assert [call.ticket for call in preview[:3]] == due[::-1], "the earliest of them first"
    assert [call.rule for call in preview[3:5]] == [CallRule.PRIORITY_FIRST, CallRule.STANDARD_TURN]
    assert preview[-1].ticket is early


def _returned(left_minutes: float) -> Ticket:
    """Took its number an hour ago and has a new place."""
    return replace(_standard(left_minutes), issued_ms=NOW_MS - 60 * MINUTE_MS)


_BARRED: dict[PassReason, tuple[dict[str, Any], dict[str, int | str]]] = {
    PassReason.BOUND_TO_COUNTER: ({"bound_counter": 3}, {"counter": 3}),
    PassReason.BOUND_TO_ZONE: ({"bound_zone": "vip"}, {"zone": "vip"}),
    PassReason.NOT_OFFERED_HERE: ({"service": "complaint"}, {"service": "complaint"}),
}


@pytest.mark.parametrize("reason", _BARRED)
def test_who_was_not_for_this_counter_is_told_why(reason: PassReason) -> None:
    changes, facts = _BARRED[reason]
    rules: list[dict[str, Any]] = [
        {"number": n, "zone": "vip" if n == 1 else "standard"} for n in range(1, 11)
    ]
    rules[1]["services"] = ["payment"]
    barred, called = _standard(-9, **changes), _standard(1)
    call = next_call(_hall(barred, called), a_config("guarded", counters=rules), 2, NOW_MS)
    assert call is not None
    (passed,) = call.passed_over
    assert (passed.reason, passed.facts) == (reason, {"waited_s": 1440, **facts})


def _dedicated() -> Call:
    call = next_call(_hall(_standard(-9), _vip(1)), a_config("guarded"), 1, NOW_MS)
    assert call is not None
    return call


def _by_hand() -> Call:
    chosen = _standard(6)
    return call_by_hand(_hall(_standard(5), chosen), a_config(), 2, chosen, NOW_MS)


SCENES: dict[tuple[CallRule, PassReason | None], Callable[[], Call]] = {
    (CallRule.FIRST_COME, PassReason.CAME_LATER): lambda: _call(
        _standard(10), _vip(5), policy=PolicyName.ARRIVAL
    ),
    (CallRule.FIRST_COME, PassReason.CAME_BACK_LATER): lambda: _call(
        _standard(1), _returned(2), policy=PolicyName.ARRIVAL
    ),
    (CallRule.EARLIEST_DUE, PassReason.DUE_LATER): lambda: _call(
        _standard(4), _vip(3), policy=PolicyName.DEADLINE
    ),
    (CallRule.PRIORITY_FIRST, PassReason.PRIORITY_LANE): lambda: _call(
        _standard(-9), _vip(3), policy=PolicyName.STRICT
    ),
    (CallRule.IN_ORDER, PassReason.CAME_BACK_LATER): lambda: _call(
        _standard(1), _returned(2), policy=PolicyName.STRICT
    ),
    (CallRule.IN_ORDER, None): lambda: _call(_standard(1)),
    (CallRule.IN_ORDER, PassReason.DEDICATED_COUNTER): _dedicated,
    (CallRule.STANDARD_RESCUED, PassReason.CAN_WAIT): lambda: _call(_standard(1), _vip(4.5)),
    (CallRule.STANDARD_RESCUED, PassReason.ALREADY_LATE): lambda: _call(_standard(-1, ahead=1), _standard(1)),
    (CallRule.PRIORITY_RESCUED, PassReason.ALREADY_LATE): lambda: _call(_vip(-1, ahead=1), _vip(1)),
    (CallRule.STANDARD_TURN, PassReason.STANDARD_TURN): lambda: _call(_standard(-1), _vip(1), run=19),
    (CallRule.BY_APPOINTMENT, PassReason.APPOINTMENT): lambda: _call(
        _standard(-9), _vip(1, agreed_ms=NOW_MS)
    ),
    (CallRule.IN_ORDER, PassReason.NOT_YET): lambda: _call(_vip(-6, agreed_ms=NOW_MS + 1), _standard(1)),
    (CallRule.BY_HAND, PassReason.BY_HAND): _by_hand,
}


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_scene_has_its_rule_and_its_reason(scene: tuple[CallRule, PassReason | None]) -> None:
    rule, reason = scene
    call = SCENES[scene]()
    assert call.rule is rule
    assert [p.reason for p in call.passed_over] == ([reason] if reason else [])


def test_every_rule_and_every_reason_has_a_scene() -> None:
    assert {rule for rule, _ in SCENES} == set(CallRule)
    assert {reason for _, reason in SCENES if reason} | set(_BARRED) == set(PassReason)
