"""The hall's working days, on the calendar of 2026 and with the hall's own days."""

from datetime import date

import pytest

from hallq.domain.working_days import CalendarRule, is_known


def a_calendar(country: str = "CN", **lists: object) -> CalendarRule:
    return CalendarRule.model_validate({"country": country, "holidays": [], "working_days": [], **lists})


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-09-30", 1, "2026-10-08"),  # over the National Day
        ("2026-10-09", 1, "2026-10-10"),  # a Saturday that is worked instead
        ("2026-02-13", 2, "2026-02-24"),  # the Spring Festival, with a worked Saturday before it
        ("2026-11-22", 5, "2026-11-27"),
    ],
)
def test_chinas_holidays_and_shifted_days(day: str, days: int, due: str) -> None:
    assert a_calendar().after(date.fromisoformat(day), days).isoformat() == due


def test_the_hall_adds_free_days_and_worked_ones() -> None:
    own = a_calendar(holidays=["2026-11-23"], working_days=["2026-11-21"])
    assert own.after(date(2026, 11, 20), 2) == date(2026, 11, 24)


def test_without_a_country_the_weekend_is_free() -> None:
    for country in ("", "QQ"):
        assert a_calendar(country).after(date(2026, 9, 30), 2) == date(2026, 10, 2)
    assert (is_known(""), is_known("CN"), is_known("QQ")) == (True, True, False)


def test_a_calendar_without_working_days_ends_the_search() -> None:
    never = a_calendar("", holidays=[])
    assert never.after(date(9999, 1, 1), 1) == date(9999, 1, 4)
