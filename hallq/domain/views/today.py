"""The day so far in figures: promises kept, better or worse than half an hour ago, and counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain import figure_names as names
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.figures import (
    QUARTER_MS,
    Share,
    mean_ms,
    one_counter,
    quarter_counts,
    quarter_of,
    service_level,
    share_before,
    within_limit,
)
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState
from hallq.domain.views.day_voices import Rated, rated

CLOSE_TO_GOAL = 5
"""Per cent points below the goal that still count as close to it."""


class Standing(StrEnum):
    """How a share stands against its goal."""

    NONE = "none"
    """Nothing to count yet, or no goal."""
    REACHED = "reached"
    CLOSE = "close"
    BELOW = "below"


class Trend(StrEnum):
    """How a share moved since about half an hour ago."""

    NONE = "none"
    """Nothing was counted then, or nothing is now."""
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """The promise of a lane: the share called in time, and the mean wait in minutes."""

    lane: Lane
    share: Share
    goal_percent: float
    standing: Standing
    trend: Trend
    target: int
    mean_wait: int | None
    waiting: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day so far. `carried`: numbers of an earlier day, apart from those issued today."""

    lanes: tuple[LaneFigures, ...]
    transactions: Share
    transactions_trend: Trend
    limit: int
    one_counter: Share
    issued: int
    carried: int
    finished: int
    gone: int
    """Left, cancelled or expired: numbers that ended unserved."""
    missed: int
    diverted: int
    rated: Rated


def today_view(state: HallState, config: HallConfig, now_ms: int) -> TodayView:
    """The figures at `now_ms`, with those still waiting past their promise counted against it."""
    figures = state.figures
    counts = quarter_counts(figures)
    then = _half_an_hour_ago(state, now_ms)
    transactions = within_limit(figures)
    return TodayView(
        lanes=tuple(
            _lane(state, config, lane, now_ms, _lane_before(state, counts, lane, then)) for lane in Lane
        ),
        transactions=transactions,
        transactions_trend=trend(share_before(counts, names.TRANSACTIONS, then), transactions)
        if state.is_open
        else Trend.NONE,
        limit=round(config.transaction.limit_minutes),
        one_counter=one_counter(figures),
        issued=figures.get(names.ISSUED, 0),
        carried=figures.get(names.CARRIED, 0),
        finished=figures.get(names.FINISHED, 0),
        gone=sum(figures.get(end, 0) for end in (names.LEFT, names.CANCELLED, names.EXPIRED)),
        missed=figures.get(names.MISSED, 0),
        diverted=figures.get(names.DIVERTED, 0),
        rated=rated(figures),
    )


def _half_an_hour_ago(state: HallState, now_ms: int) -> int:
    """The quarter of an hour whose beginning lies nearest to thirty minutes ago."""
    return quarter_of(now_ms + state.clock_offset_ms - 2 * QUARTER_MS + QUARTER_MS // 2)


def _lane_before(
    state: HallState, counts: Mapping[int, Mapping[str, int]], lane: Lane, quarter: int
) -> Share:
    """The lane's share as it stood when `quarter` began, promises broken and open by then included."""
    settled = share_before(counts, lane.value, quarter)
    overdue = sum(
        1
        for t in state.waiting()
        if t.promise == lane and t.is_first_wait and quarter_of(t.due_ms + state.clock_offset_ms) < quarter
    )
    return Share(settled.part, settled.whole + overdue)


def trend(before: Share, now: Share) -> Trend:
    """Whether a share grew or fell by a whole per cent point."""
    if before.fraction is None or now.fraction is None:
        return Trend.NONE
    points = (now.fraction - before.fraction) * 100
    if abs(points) < 1:
        return Trend.SAME
    return Trend.BETTER if points > 0 else Trend.WORSE


def _lane(state: HallState, config: HallConfig, lane: Lane, now_ms: int, before: Share) -> LaneFigures:
    waiting = state.waiting()
    share = service_level(state.figures, lane, waiting if state.is_open else [], now_ms)
    rule = config.lanes[lane]
    wait_ms = mean_ms(state.figures, names.wait(lane))
    return LaneFigures(
        lane=lane,
        share=share,
        goal_percent=rule.goal_percent,
        standing=standing(share, rule.goal_percent),
        trend=trend(before, share) if state.is_open else Trend.NONE,
        target=round(rule.target_minutes),
        mean_wait=None if wait_ms is None else round(wait_ms / MINUTE_MS),
        waiting=len(state.in_line(lane)),
    )


def standing(share: Share, goal_percent: float) -> Standing:
    """Whether a share reached its goal, came close to it, or is below."""
    if share.fraction is None:
        return Standing.NONE
    percent = share.fraction * 100
    if percent >= goal_percent:
        return Standing.REACHED
    return Standing.CLOSE if percent >= goal_percent - CLOSE_TO_GOAL else Standing.BELOW
