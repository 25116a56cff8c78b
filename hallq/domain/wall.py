"""The hall's wall: milliseconds since 1970 as date and time of day in the hall's zone, and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MS = 253_000_000_000_000
"""The year 9987: a clock before 1970 or beyond this stands at the edge, so that no date fails."""


def on_wall(shown_ms: int, zone: ZoneInfo) -> datetime:
    """What calendar and clock in the hall show at `shown_ms`."""
    moment = _EPOCH + timedelta(milliseconds=max(0, min(shown_ms, _LATEST_MS)))
    return moment.astimezone(zone)


def since_1970_ms(local: datetime) -> int:
    """The milliseconds behind a date and time with its zone."""
    return (local - _EPOCH) // timedelta(milliseconds=1)
