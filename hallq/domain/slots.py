"""The slots of a hall: times of a day with places per lane, as its settings say."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from hallq.domain.lanes import Lane
from hallq.domain.wall import since_1970_ms
from hallq.domain.words import Model

Places = Annotated[int, Field(ge=0, le=99)]
_Minutes = Annotated[float, Field(ge=0, le=24 * 60)]


class Weekday(StrEnum):
    """The days of a week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Slot(Model):
    """One time of day and its places; on every day, or on some days of the week."""

    at: time
    priority: Places = 0
    standard: Places = 0
    days: tuple[Weekday, ...] = tuple(Weekday)

    def places(self, lane: Lane) -> int:
        """How many of a lane may be booked."""
        return self.priority if lane is Lane.PRIORITY else self.standard


class AppointmentRule(Model):
    """When customers may come by appointment. `series`: the letter of their numbers.

    `early_minutes`: check-in begins so long before the agreed time. `grace_minutes`: who is later than
    that takes an ordinary ticket. `change_minutes`: a move is told so long ahead.
    """

    series: Annotated[str, Field(pattern=r"^[A-Z]$")]
    early_minutes: _Minutes
    grace_minutes: _Minutes
    change_minutes: _Minutes
    days_ahead: Annotated[int, Field(ge=0, le=366)]
    slots: tuple[Slot, ...]

    def on(self, iso_date: str) -> Mapping[str, Slot]:
        """The slots of a date by name, the earliest first; none for what is no date."""
        try:
            weekday = list(Weekday)[date.fromisoformat(iso_date).weekday()]
        except ValueError:
            return {}
        there = sorted((slot for slot in self.slots if weekday in slot.days), key=lambda slot: slot.at)
        return {f"{iso_date}T{slot.at:%H:%M}": slot for slot in there}

    def last_date(self, iso_date: str) -> str:
        """The last date that may be booked on `iso_date`."""
        return (date.fromisoformat(iso_date) + timedelta(days=self.days_ahead)).isoformat()


def wall_ms(slot: str, zone: ZoneInfo) -> int:
    """The moment of a slot in ms since 1970; 0, long over, for what is no slot's name."""
    try:
        return since_1970_ms(datetime.fromisoformat(slot).replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return 0
