"""Forecasts: never negative, longer for those behind, shorter with more counters."""

import pytest

from hallq.domain.forecast import call_forecasts, expected_order, lane_forecast, will_miss
from hallq.domain.lanes import Lane
from tests.builders import MINUTE_MS, MORNING_MS, a_config, a_state, a_ticket

CONFIG = a_config()


def test_nobody_is_called_while_no_counter_is_open() -> None:
    ticket = a_ticket()
    state = a_state(ticket, staffed=())
    assert not lane_forecast(state, CONFIG, Lane.STANDARD, MORNING_MS).possible
    forecast = call_forecasts(state, CONFIG, MORNING_MS)[ticket.ticket_id]
    assert not forecast.possible
    assert will_miss(ticket, forecast, MORNING_MS)


def test_a_free_counter_takes_the_first_at_once() -> None:
    ticket = a_ticket()
    assert call_forecasts(a_state(ticket), CONFIG, MORNING_MS)[ticket.ticket_id].high_ms == 0


def test_those_behind_wait_longer() -> None:
    tickets = [a_ticket(queue_ms=MORNING_MS + n, due_ms=MORNING_MS + n) for n in range(20)]
    state = a_state(*tickets)
    waits = [
        call_forecasts(state, CONFIG, MORNING_MS)[t.ticket_id].middle_ms
        for t in expected_order(state, CONFIG, MORNING_MS)
    ]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


def test_the_range_is_around_its_middle_and_never_negative() -> None:
    tickets = [a_ticket() for _ in range(10)]
    for forecast in call_forecasts(a_state(*tickets), CONFIG, MORNING_MS).values():
        assert 0 <= forecast.low_ms <= forecast.middle_ms <= forecast.high_ms


def test_priority_is_expected_before_the_standard_lane() -> None:
    standard = [a_ticket() for _ in range(5)]
    vip = a_ticket(lane=Lane.PRIORITY, issued_ms=MORNING_MS + MINUTE_MS)
    assert expected_order(a_state(*standard, vip), CONFIG, MORNING_MS)[0] is vip


@pytest.mark.parametrize("more", [1, 2, 5])
def test_more_counters_shorten_every_wait(more: int) -> None:
    state = a_state(*(a_ticket() for _ in range(30)), staffed=(1, 2))
    now, then = (
        call_forecasts(state, CONFIG, MORNING_MS),
        call_forecasts(state, CONFIG, MORNING_MS, more_counters=more),
    )
    assert all(then[key].middle_ms <= now[key].middle_ms for key in now)


def test_a_promise_that_was_settled_is_not_missed_again() -> None:
    ticket = a_ticket(wait_ms=1)
    state = a_state(ticket, staffed=())
    assert not will_miss(
        ticket, call_forecasts(state, CONFIG, MORNING_MS)[ticket.ticket_id], MORNING_MS + 10**9
    )
