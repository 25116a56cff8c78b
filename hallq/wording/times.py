"""Times and durations as people read them: whole minutes, and mm:ss only where it runs."""

from datetime import date
from zoneinfo import ZoneInfo

from hallq.domain.config import MINUTE_MS
from hallq.domain.wall import on_wall
from hallq.i18n import N_, _

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def minutes(duration_ms: int) -> int:
    """Whole minutes that have passed: rounded down, never negative."""
    return max(0, duration_ms) // MINUTE_MS


def minutes_left(duration_ms: int) -> int:
    """Whole minutes that remain: rounded up, so that a fresh promise of 15 reads 15; never negative."""
    return -(-max(0, duration_ms) // MINUTE_MS)


def running(duration_ms: int) -> str:
    """A running time as mm:ss; from 100 minutes on as h:mm:ss."""
    seconds = max(0, duration_ms) // 1000
    if seconds >= 6000:
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def clock(shown_ms: int, zone: ZoneInfo) -> str:
    """Hours and minutes on the hall's wall."""
    return f"{on_wall(shown_ms, zone):%H:%M}"


def day(business_date: str) -> str:
    """The business day in the language in use, with its weekday; empty for none."""
    if not business_date:
        return ""
    parsed = date.fromisoformat(business_date)
    weekday = _(WEEKDAYS[parsed.weekday()])
    return _("{weekday} {month}/{day}").format(month=parsed.month, day=parsed.day, weekday=weekday)
