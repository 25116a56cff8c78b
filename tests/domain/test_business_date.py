"""The business day's name: cut-over, time zone, summer time, wrong clocks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hallq.domain.business_date import business_date_of, date_to_open, goes_back, is_overdue
from hallq.domain.config import HallConfig
from hallq.domain.days import BusinessDay
from hallq.domain.state import HallState
from tests.builders import DATE, DAY_MS, HOUR_MS, MORNING_MS, a_config

NEW_YORK = a_config(hall={"time_zone": "America/New_York"})


def at(text: str) -> int:
    """Milliseconds of a moment given in UTC."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def worked(*dates: str, is_open: bool = False) -> HallState:
    """A hall that worked these dates, the last of them last."""
    day = BusinessDay(dates[-1], 0, 1, closed_ms=None if is_open else 5)
    return HallState(day=day, series={date: {"A": 3} for date in dates})


@pytest.mark.parametrize(
    ("config", "moment", "date"),
    [
        (a_config(), "2026-11-21T16:30:00", "2026-11-21"),  # half past midnight in the hall
        (a_config(), "2026-11-21T19:59:59", "2026-11-21"),
        (a_config(), "2026-11-21T20:00:00", "2026-11-22"),  # four o'clock
        (a_config(hall={"cut_over": "00:00:00"}), "2026-11-21T16:00:00", "2026-11-22"),
        (NEW_YORK, "2026-03-08T06:59:59", "2026-03-07"),  # 01:59:59, then comes 03:00
        (NEW_YORK, "2026-03-08T07:59:59", "2026-03-07"),
        (NEW_YORK, "2026-03-08T08:00:00", "2026-03-08"),  # four o'clock of summer time
        (NEW_YORK, "2026-11-01T08:59:59", "2026-10-31"),
        (NEW_YORK, "2026-11-01T09:00:00", "2026-11-01"),  # four o'clock of winter time
    ],
)
def test_the_date_turns_at_the_cut_over_on_the_wall(config: HallConfig, moment: str, date: str) -> None:
    assert business_date_of(at(moment), config) == date


@pytest.mark.parametrize("wall_ms", [-(2**60), -1, 0, 2**62])
def test_a_clock_beyond_reason_still_names_a_date(wall_ms: int) -> None:
    assert len(business_date_of(wall_ms, NEW_YORK)) == 10


def test_1970_is_a_date_like_another() -> None:
    assert business_date_of(0, a_config()) == "1970-01-01"
    assert date_to_open(worked(DATE), 0, a_config()) == "1970-01-01"
    assert date_to_open(worked("1970-01-01", DATE), 0, a_config()) == DATE


def test_a_new_hall_opens_today() -> None:
    assert date_to_open(HallState(), MORNING_MS, a_config()) == DATE


def test_a_day_closed_the_same_date_is_opened_again() -> None:
    assert date_to_open(worked(DATE), MORNING_MS, a_config()) == DATE


def test_the_next_morning_brings_the_next_date() -> None:
    assert date_to_open(worked(DATE), MORNING_MS + DAY_MS, a_config()) == "2026-11-23"


def test_a_date_worked_before_the_last_gives_the_last() -> None:
    state = worked(DATE, "2026-11-23")
    assert date_to_open(state, MORNING_MS, a_config()) == "2026-11-23"
    assert goes_back(state, MORNING_MS, a_config())


def test_a_clock_that_once_ran_ahead_does_not_hold_the_hall_in_the_future() -> None:
    assert date_to_open(worked("2031-01-01"), MORNING_MS, a_config()) == DATE


def test_an_open_day_is_overdue_from_the_cut_over_on() -> None:
    state = worked(DATE, is_open=True)
    night_ms = at("2026-11-22T19:59:59")
    assert not is_overdue(state, night_ms, a_config())
    assert is_overdue(state, night_ms + HOUR_MS, a_config())
    closed = replace(state, day=BusinessDay(DATE, 0, 1, closed_ms=7))
    assert not is_overdue(closed, night_ms + HOUR_MS, a_config())
    assert date_to_open(state, MORNING_MS + DAY_MS, a_config()) == DATE
