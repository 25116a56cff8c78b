"""The hall's working days: its country's holidays and shifted days, and what the hall itself says."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pydantic import Field

from hallq.domain.words import Model

MOST_DAYS = 1_000
"""A calendar without working days ends the search."""


class CalendarRule(Model):
    """`country`: whose holidays count, empty for weekends alone. The two lists decide for single days."""

    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]
    holidays: tuple[date, ...]
    working_days: tuple[date, ...]

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.working_days:
            return True
        return day not in self.holidays and _of_country(self.country)(day)

    def after(self, day: date, working_days: int) -> date:
        """The working day that is so many after `day`."""
        left = working_days
        for _step in range(MOST_DAYS):
            day += timedelta(days=1)
            left -= self.is_working(day)
            if not left:
                break
        return day


def is_known(country: str) -> bool:
    """Whether there is a calendar of this country."""
    import holidays

    return not country or country in holidays.list_supported_countries()


@cache
def _of_country(country: str) -> Callable[[date], bool]:
    """Loaded when the first deadline is reckoned; a country without a calendar has its weekends."""
    if country:
        import holidays

        try:
            known = holidays.country_holidays(country)
        except NotImplementedError:
            pass
        else:
            return known.is_working_day
    return lambda day: day.weekday() < 5
