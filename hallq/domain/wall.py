"""The hall's wall: milliseconds since 1970 as date and time of day in the hall's zone, and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST_MS, _LATEST_MS = -62_000_000_000_000, 253_000_000_000_000
"""The years 5 and 9987: a clock beyond them stands there, so that no date fails."""


def on_wall(shown_ms: int, zone: ZoneInfo) -> datetime:
    """What calendar and clock in the hall show at `shown_ms`."""
    moment = _EPOCH + timedelta(milliseconds=max(_EARLIEST_MS, min(shown_ms, _LATEST_MS)))
    return moment.astimezone(zone)


def since_1970_ms(local: datetime) -> int:
    """The milliseconds behind a date and time with its zone."""
    return (local - _EPOCH) // timedelta(milliseconds=1)
