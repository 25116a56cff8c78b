"""The hall's clock: forward only, whatever the wall clock does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.clock import LONGEST_GAP_MS, Reading, SystemClock, hall_now_ms
from hallq.domain.state import LastMoment
from tests.builders import DAY_MS, HOUR_MS, MORNING_MS

LAST = LastMoment(at_ms=MORNING_MS, wall_ms=MORNING_MS, boot_id="one", boot_ms=10_000)
any_ms = st.integers(-(2**50), 2**50)


@given(any_ms)
def test_within_one_start_the_wall_clock_does_not_matter(wall_ms: int) -> None:
    assert hall_now_ms(LAST, Reading(wall_ms, "one", 12_000)) == MORNING_MS + 2_000


@given(any_ms, any_ms, st.sampled_from(["one", "two"]))
def test_it_never_runs_back_and_never_leaps(wall_ms: int, boot_ms: int, boot_id: str) -> None:
    now_ms = hall_now_ms(LAST, Reading(wall_ms, boot_id, boot_ms))
    assert now_ms >= LAST.at_ms
    if boot_id == "two":
        assert now_ms <= LAST.at_ms + LONGEST_GAP_MS


@pytest.mark.parametrize(
    ("wall_ms", "gap_ms"),
    [
        (MORNING_MS + HOUR_MS, HOUR_MS),
        (MORNING_MS - HOUR_MS, 0),
        (MORNING_MS - DAY_MS, 0),
        (0, 0),
        (4_294_967_296_000, 0),
    ],
)
def test_over_a_restart_a_believable_wall_clock_bridges_the_gap(wall_ms: int, gap_ms: int) -> None:
    assert hall_now_ms(LAST, Reading(wall_ms, "two", 500)) == MORNING_MS + gap_ms


def test_an_empty_hall_begins_with_the_wall_clock() -> None:
    assert hall_now_ms(None, Reading(MORNING_MS, "one", 1)) == MORNING_MS


def test_this_computer_names_its_start_and_counts_from_it() -> None:
    first, second = SystemClock().read(), SystemClock().read()
    assert first.boot_id == second.boot_id != ""
    assert second.boot_ms >= first.boot_ms
