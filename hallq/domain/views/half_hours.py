"""The half hours of a day on the hall's own wall, and what is usual on such a weekday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from hallq.domain import figure_names as names
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.days import BusinessDay
from hallq.domain.figures import QUARTER_MS, Share, quarter_counts, spent
from hallq.domain.state import HallState
from hallq.domain.wall import on_wall

HALF_HOUR_MS = 30 * MINUTE_MS
HALF_HOURS_A_DAY = 48
_TIMES = (names.BUSY_MS, names.IDLE_MS, names.PAUSED_MS)
USUAL_DAYS = 4
"""So many earlier days of the same weekday make up what is usual."""


@dataclass(frozen=True, slots=True)
class HalfHour:
    """Half an hour of the day, by its beginning on the wall. `usual`: numbers issued, None if unknown.

    `busy_ms`, `idle_ms`, `paused_ms`: what its counters did, all together.
    """

    starts: time
    issued: int
    called: int
    is_now: bool
    usual: int | None = None
    busy_ms: int = 0
    idle_ms: int = 0
    paused_ms: int = 0

    @property
    def staffed_ms(self) -> int:
        """How long counters were staffed."""
        return self.busy_ms + self.idle_ms + self.paused_ms

    @property
    def occupancy(self) -> Share:
        """The busy part of the time in which counters took customers."""
        return Share(self.busy_ms, self.busy_ms + self.idle_ms)


@dataclass(frozen=True, slots=True)
class UsualDay:
    """The mean of `days` earlier days: numbers issued in each half hour, counted from midnight."""

    days: int = 0
    issued: Mapping[int, int] = field(default_factory=dict)


def same_weekdays(state: HallState) -> tuple[str, ...]:
    """The business dates before the present one that fall on its weekday, the newest first."""
    if state.day is None:
        return ()
    weekday = date.fromisoformat(state.business_date).weekday()
    earlier = sorted((worked for worked in state.series if worked < state.business_date), reverse=True)
    alike = [worked for worked in earlier if date.fromisoformat(worked).weekday() == weekday]
    return tuple(alike[:USUAL_DAYS])


def usual_day(days: Mapping[str, Mapping[str, int]], config: HallConfig) -> UsualDay:
    """The mean of stored days, their figures by date; a day without a single number is left out."""
    worked = [
        counts for worked_on, figures in days.items() if (counts := _issued(worked_on, figures, config))
    ]
    if not worked:
        return UsualDay()
    places = {place for counts in worked for place in counts}
    means = {place: round(sum(c.get(place, 0) for c in worked) / len(worked)) for place in places}
    return UsualDay(len(worked), means)


def _issued(worked_on: str, figures: Mapping[str, int], config: HallConfig) -> dict[int, int]:
    by_place = _by_place(worked_on, figures, config)
    issued = {place: counts.get(names.ISSUED_THEN, 0) for place, counts in by_place.items()}
    return {place: count for place, count in issued.items() if count}


def half_hours(
    state: HallState, config: HallConfig, now_ms: int, usual: UsualDay | None = None
) -> tuple[HalfHour, ...]:
    """Those of the present or last day; what a counter does now counts once it has ended."""
    return hours_of(state.day, state.figures, config, now_ms, usual) if state.day else ()


def figures_now(state: HallState, now_ms: int) -> dict[str, int]:
    """The figures as they would be if every counter ended now what it does."""
    figures = dict(state.figures)
    for counter in state.counters.values():
        for name, step in spent(counter, now_ms, state.day).items():
            figures[name] = figures.get(name, 0) + step
    return figures


def hours_of(
    day: BusinessDay,
    figures: Mapping[str, int],
    config: HallConfig,
    now_ms: int,
    usual: UsualDay | None = None,
) -> tuple[HalfHour, ...]:
    """From the opening to the closing hour, longer when something happened outside of them."""
    counts = _by_place(day.date, figures, config)
    now = _place(now_ms + day.clock_offset_ms, day.date, config)
    first, last = _opening_places(config)
    places = {first, last, *counts} | ({now} if day.is_open else set())
    # A clock that jumped by years must not draw years of half hours.
    begin = max(min(places), first - HALF_HOURS_A_DAY // 2)
    end = min(max(places), last + HALF_HOURS_A_DAY // 2)
    means = usual.issued if usual and usual.days else None
    return tuple(
        HalfHour(
            _starts(place),
            counts.get(place, {}).get(names.ISSUED_THEN, 0),
            counts.get(place, {}).get(names.CALLED_THEN, 0),
            place == now and day.is_open,
            None if means is None else means.get(place, 0),
            *(counts.get(place, {}).get(name, 0) for name in _TIMES),
        )
        for place in range(begin, end + 1)
    )


def _by_place(worked_on: str, figures: Mapping[str, int], config: HallConfig) -> dict[int, dict[str, int]]:
    """The counts of each half hour, counted from the business day's midnight."""
    by_place: dict[int, dict[str, int]] = {}
    for quarter, counts in quarter_counts(figures).items():
        place = _place(quarter * QUARTER_MS, worked_on, config)
        sums = by_place.setdefault(place, {})
        for name in (names.ISSUED_THEN, names.CALLED_THEN, *_TIMES):
            sums[name] = sums.get(name, 0) + counts.get(name, 0)
    return by_place


def _place(shown_ms: int, worked_on: str, config: HallConfig) -> int:
    """The half hour on the wall, counted from the midnight that the business day began with."""
    local = on_wall(shown_ms, config.zone_info)
    days = (local.date() - date.fromisoformat(worked_on)).days
    return days * HALF_HOURS_A_DAY + local.hour * 2 + local.minute // 30


def _opening_places(config: HallConfig) -> tuple[int, int]:
    opens, closes = config.hall.opens, config.hall.closes
    first = opens.hour * 2 + opens.minute // 30
    end = closes.hour * 2 + -(-closes.minute // 30)
    if closes <= opens:  # a hall open over midnight
        end += HALF_HOURS_A_DAY
    return first, max(first, end - 1)


def _starts(place: int) -> time:
    return time(place % HALF_HOURS_A_DAY // 2, 30 * (place % 2))
