"""The day so far in figures: promises kept, counts, and the half hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.figures import SLOT_MS, Share, mean_ms, one_counter, service_level, slot_of, within_limit
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState

CLOSE_TO_GOAL = 5
"""Per cent points below the goal that still count as close to it."""


class Standing(StrEnum):
    """How a share stands against its goal."""

    NONE = "none"
    """Nothing to count yet, or no goal."""
    REACHED = "reached"
    CLOSE = "close"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """The promise of a lane: the share called in time, and the mean wait in minutes."""

    lane: Lane
    share: Share
    goal_percent: float
    standing: Standing
    target: int
    mean_wait: int | None
    waiting: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The day so far."""

    lanes: tuple[LaneFigures, ...]
    transactions: Share
    limit: int
    one_counter: Share
    issued: int
    finished: int
    left: int
    missed: int
    diverted: int


def today_view(state: HallState, config: HallConfig, now_ms: int) -> TodayView:
    """The figures at `now_ms`, with those still waiting past their promise counted against it."""
    figures = state.figures
    return TodayView(
        lanes=tuple(_lane(state, config, lane, now_ms) for lane in Lane),
        transactions=within_limit(figures),
        limit=round(config.transaction.limit_minutes),
        one_counter=one_counter(figures),
        issued=figures.get("tickets.issued", 0),
        finished=figures.get("tickets.finished", 0),
        left=figures.get("tickets.left", 0),
        missed=figures.get("calls.missed", 0),
        diverted=figures.get("diverted", 0),
    )


def _lane(state: HallState, config: HallConfig, lane: Lane, now_ms: int) -> LaneFigures:
    waiting = state.waiting()
    share = service_level(state.figures, lane, waiting, now_ms)
    rule = config.lanes[lane]
    wait_ms = mean_ms(state.figures, f"wait.{lane}")
    return LaneFigures(
        lane=lane,
        share=share,
        goal_percent=rule.goal_percent,
        standing=standing(share, rule.goal_percent),
        target=round(rule.target_minutes),
        mean_wait=None if wait_ms is None else round(wait_ms / MINUTE_MS),
        waiting=sum(1 for t in waiting if t.lane is lane),
    )


def standing(share: Share, goal_percent: float) -> Standing:
    """Whether a share reached its goal, came close to it, or is below."""
    if share.fraction is None:
        return Standing.NONE
    percent = share.fraction * 100
    if percent >= goal_percent:
        return Standing.REACHED
    return Standing.CLOSE if percent >= goal_percent - CLOSE_TO_GOAL else Standing.BELOW


@dataclass(frozen=True, slots=True)
class HalfHour:
    """Half an hour of the day, by its beginning on the wall."""

    starts: time
    issued: int
    called: int
    is_now: bool


def half_hours(state: HallState, config: HallConfig, now_ms: int) -> tuple[HalfHour, ...]:
    """From the opening to the closing hour, longer when something happened outside of them."""
    if state.day is None:
        return ()
    shown_ms = now_ms + state.day.clock_offset_ms
    counts = _counts(state.figures)
    first, last = _opening_slots(state.day.date, config)
    slots = {first, last, *counts} | ({slot_of(shown_ms)} if state.is_open else set())
    # A clock that jumped by years must not draw years of half hours.
    first, last = max(min(slots), first - 24), min(max(slots), last + 24)
    return tuple(
        HalfHour(
            datetime.fromtimestamp(slot * SLOT_MS / 1000, config.zone_info).time(),
            counts.get(slot, {}).get("issued", 0),
            counts.get(slot, {}).get("called", 0),
            slot == slot_of(shown_ms) and state.is_open,
        )
        for slot in range(first, last + 1)
    )


def _counts(figures: Mapping[str, int]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for name, count in figures.items():
        if name.startswith("slot."):
            _, slot, what = name.split(".", 2)
            counts.setdefault(int(slot), {})[what] = count
    return counts


def _opening_slots(date: str, config: HallConfig) -> tuple[int, int]:
    def slot_at(wall: time) -> int:
        moment = datetime.combine(datetime.fromisoformat(date), wall, config.zone_info)
        return slot_of(round(moment.timestamp() * 1000))

    first, end = slot_at(config.hall.opens), slot_at(config.hall.closes)
    if config.hall.closes <= config.hall.opens:  # a hall open over midnight
        end += int(timedelta(days=1).total_seconds() * 1000) // SLOT_MS
    return first, max(first, end - 1)
