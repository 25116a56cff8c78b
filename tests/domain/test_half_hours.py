"""The half hours of a day on the hall's own wall, and what is usual on such a weekday."""

from datetime import time

import pytest

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.views.half_hours import HalfHour, half_hours, same_weekdays, usual_day
from hallq.store import Store
from tests.builders import DAY_MS, HandClock, TryHall, a_config, a_hall


def seen(hall: TryHall) -> tuple[HalfHour, ...]:
    return half_hours(hall.state, hall.hall.config, hall.hall.now_ms())


def in_zone(store: Store, clock: HandClock, zone: str) -> TryHall:
    return a_hall(store, clock, a_config(hall={"time_zone": zone}))


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Eucla", "America/St_Johns"]
)
def test_half_hours_begin_on_the_hour_and_half_past_in_every_zone(
    store: Store, clock: HandClock, zone: str
) -> None:
    hall = in_zone(store, clock, zone)
    hall.issues()
    hours = seen(hall)
    assert {hour.starts.minute for hour in hours} == {0, 30}
    assert sum(hour.issued for hour in hours) == 1


def test_a_number_counts_in_the_half_hour_that_the_wall_shows(store: Store, clock: HandClock) -> None:
    hall = in_zone(store, clock, "Asia/Kathmandu")  # 09:30 in Shanghai is 07:15 there
    hall.issues()
    hall.clock.pass_minutes(14)
    hall.issues()
    hall.clock.pass_minutes(1)
    hall.issues()
    counts = {hour.starts: hour.issued for hour in seen(hall) if hour.issued}
    assert counts == {time(7, 0): 2, time(7, 30): 1}


def test_a_hall_that_closes_at_a_quarter_shows_its_last_half_hour(store: Store, clock: HandClock) -> None:
    hours = {"opens": "08:45:00", "closes": "17:45:00"}
    hall = a_hall(store, clock, a_config(hall=hours))
    shown = seen(hall)
    assert (shown[0].starts, shown[-1].starts) == (time(8, 30), time(17, 30))


def works_weeks(hall: TryHall, *numbers: int) -> None:
    """Days a week apart with so many numbers each; the last one stays open."""
    for week, count in enumerate(numbers):
        for _ in range(count):
            hall.issues()
        if week < len(numbers) - 1:
            hall.does(i.CloseDay(carry="none"))
            hall.clock.pass_ms(7 * DAY_MS)
            date = f"2026-{['11-29', '12-06', '12-13', '12-20', '12-27'][week]}"
            hall.does(i.OpenDay(business_date=date))


def stored(hall: TryHall) -> dict[str, dict[str, int]]:
    return hall.hall.past.figures(same_weekdays(hall.state))


def test_the_usual_half_hour_is_the_mean_of_the_same_weekdays(hall: TryHall, config: HallConfig) -> None:
    assert same_weekdays(hall.state) == ()
    works_weeks(hall, 3, 1, 0)
    assert same_weekdays(hall.state) == ("2026-11-29", "2026-11-22")
    usual = usual_day(stored(hall), config)
    assert (usual.days, usual.issued) == (2, {19: 2})
    hours = half_hours(hall.state, config, hall.hall.now_ms(), usual)
    assert {hour.starts: hour.usual for hour in hours if hour.usual} == {time(9, 30): 2}


def test_other_weekdays_and_days_without_numbers_are_no_measure(hall: TryHall, config: HallConfig) -> None:
    hall.does(i.CloseDay())
    hall.clock.pass_ms(DAY_MS)
    hall.does(i.OpenDay(business_date="2026-11-23"))
    assert same_weekdays(hall.state) == ()
    hall.does(i.CloseDay())
    hall.clock.pass_ms(6 * DAY_MS)
    hall.does(i.OpenDay(business_date="2026-11-29"))
    assert usual_day(stored(hall), config).days == 0
    assert {hour.usual for hour in seen(hall)} == {None}


@pytest.fixture
def config(hall: TryHall) -> HallConfig:
    """The settings of the hall."""
    return hall.hall.config
