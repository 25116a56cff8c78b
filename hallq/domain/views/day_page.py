"""One business day on one page: where its numbers went, its promises, its work."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain import figure_names as names
from hallq.domain.config import HallConfig
from hallq.domain.days import BusinessDay
from hallq.domain.figures import Share, mean_ms, one_counter, pauses_of, service_level, times, within_limit
from hallq.domain.handover import HandoverNote
from hallq.domain.lanes import Lane, Tier
from hallq.domain.past_day import PastDay, Work
from hallq.domain.policy import CallRule
from hallq.domain.state import HallState
from hallq.domain.tickets import APPOINTMENT
from hallq.domain.views.day_balance import Balance, balance_of
from hallq.domain.views.day_told import ToldDay, told_days
from hallq.domain.views.day_voices import DayVoices, day_voices
from hallq.domain.views.half_hours import HalfHour, figures_now, hours_of
from hallq.domain.views.today import Standing, standing


@dataclass(frozen=True, slots=True)
class LaneDay:
    """A lane's day. `numbers`: issued, carried in and moved here by hand."""

    lane: Lane
    numbers: int
    called: int
    share: Share
    goal_percent: float
    standing: Standing
    mean_wait_ms: int | None


@dataclass(frozen=True, slots=True)
class TierDay:
    """The first calls of a tier, and those of them within the promise."""

    tier: Tier
    share: Share


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """One service: how often it was done, its mean length, and how often self-service took it."""

    service: str
    count: int
    mean_ms: int | None
    diverted: int


@dataclass(frozen=True, slots=True)
class PauseDay:
    """How often a clerk paused for one reason, and for how long together."""

    clerk: str
    reason: str
    times: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class DayPage:
    """Everything that the page shows. `_at_ms`: times on the hall's wall; `asked_at_ms` while open."""

    date: str
    opened_at_ms: int
    closed_at_ms: int | None
    asked_at_ms: int
    balance: Balance
    lanes: tuple[LaneDay, ...]
    told: tuple[ToldDay, ...]
    tiers: tuple[TierDay, ...]
    services: tuple[ServiceDay, ...]
    calls: tuple[tuple[CallRule, int], ...]
    work: tuple[Work, ...]
    transactions: Share
    transaction_mean_ms: int | None
    one_counter: Share
    walk_mean_ms: int | None
    voices: DayVoices
    complaints_goal: float
    complaints_standing: Standing
    """How those settled in time stand against the goal, in per cent."""
    counts: Mapping[str, int]
    """The single counts that need no more than a name, as `figures` calls them."""
    appointments: Mapping[str, int]
    """What became of those agreed; empty on a day without any."""
    at_once: Share
    """Of those who came for an appointment: called in the minute that was agreed."""
    pauses: tuple[PauseDay, ...] = ()
    hours: tuple[HalfHour, ...] = ()
    notes: tuple[HandoverNote, ...] = ()
    """The handover log as it stands, on the page of the present or last day."""


SINGLE_COUNTS = (
    names.TRANSFERRED,
    names.MISSED,
    names.RETURNED,
    names.BY_HAND,
    names.DIVERTED,
    names.NOT_POSSIBLE,
    names.INTERRUPTED,
    names.UNRELIABLE,
)


APPOINTMENT_COUNTS = (
    names.APPOINTMENTS_ARRIVED,
    names.APPOINTMENTS_LATE,
    names.APPOINTMENTS_ABSENT,
    names.APPOINTMENTS_BOOKED,
    names.APPOINTMENTS_MOVED,
    names.APPOINTMENTS_CANCELLED,
)


def worked_dates(state: HallState) -> tuple[str, ...]:
    """The business dates that this hall has worked, oldest first."""
    return tuple(sorted(state.series))


def day_page(state: HallState, config: HallConfig, now_ms: int, past: PastDay) -> DayPage:
    """The page of a stored day; the present or last one is taken from the state."""
    is_last = past.day.date == state.business_date
    day, figures = (
        (state.day or past.day, figures_now(state, now_ms)) if is_last else (past.day, past.figures)
    )
    overdue = sum(c.is_settled_late(now_ms) for c in state.complaints.values()) if is_last else 0
    voices = day_voices(figures, overdue)
    return DayPage(
        date=day.date,
        opened_at_ms=day.opened_ms + day.clock_offset_ms,
        closed_at_ms=None if day.closed_ms is None else day.closed_ms + day.clock_offset_ms,
        asked_at_ms=now_ms + day.clock_offset_ms,
        balance=balance_of(state, day, figures),
        lanes=tuple(_lane(state, config, day, figures, lane, now_ms) for lane in Lane),
        told=told_days(figures),
        tiers=_tiers(figures),
        services=_services(figures, config),
        calls=tuple((rule, n) for rule in CallRule if (n := figures.get(names.called_by(rule), 0))),
        work=past.work,
        transactions=within_limit(figures),
        transaction_mean_ms=mean_ms(figures, names.SERVICE),
        one_counter=one_counter(figures),
        walk_mean_ms=mean_ms(figures, names.WALK),
        voices=voices,
        complaints_goal=config.complaints.goal_percent,
        complaints_standing=standing(voices.settled, config.complaints.goal_percent),
        counts={name: figures.get(name, 0) for name in SINGLE_COUNTS},
        appointments={name: figures[name] for name in APPOINTMENT_COUNTS if figures.get(name)},
        at_once=service_level(figures, APPOINTMENT, state.waiting() if day.is_open else [], now_ms),
        pauses=tuple(PauseDay(*whose, *what) for whose, what in sorted(pauses_of(figures).items())),
        hours=hours_of(day, figures, config, now_ms),
        notes=tuple(sorted(state.notes.values(), key=lambda n: n.written_ms)) if is_last else (),
    )


def _lane(
    state: HallState,
    config: HallConfig,
    day: BusinessDay,
    figures: Mapping[str, int],
    lane: Lane,
    now_ms: int,
) -> LaneDay:
    waiting = state.waiting() if day.is_open else []
    share = service_level(figures, lane, waiting, now_ms)
    goal = config.lanes[lane].goal_percent
    return LaneDay(
        lane=lane,
        numbers=figures.get(names.of_lane(lane, "issued"), 0),
        called=figures.get(names.of_lane(lane, "called"), 0),
        share=share,
        goal_percent=goal,
        standing=standing(share, goal),
        mean_wait_ms=mean_ms(figures, names.wait(lane)),
    )


def _tiers(figures: Mapping[str, int]) -> tuple[TierDay, ...]:
    days = (
        TierDay(
            tier,
            Share(
                figures.get(names.of_tier(tier, "called_within"), 0),
                figures.get(names.of_tier(tier, "called"), 0),
            ),
        )
        for tier in Tier
    )
    return tuple(day for day in days if day.share.whole)


def _services(figures: Mapping[str, int], config: HallConfig) -> tuple[ServiceDay, ...]:
    """By how often, also those that the catalogue no longer has."""
    every = (name.split(".") for name in figures)
    done = {parts[1] for parts in every if parts[0] == names.SERVICE and len(parts) == 3}
    begin = names.diverted("")
    sent = {name.removeprefix(begin) for name in figures if name.startswith(begin)}
    days = (
        ServiceDay(
            code,
            times(figures, names.of_service(code)),
            mean_ms(figures, names.of_service(code)),
            figures.get(names.diverted(code), 0),
        )
        for code in {*config.service_by_code, *done, *sent}
    )
    asked = [day for day in days if day.count or day.diverted]
    return tuple(sorted(asked, key=lambda day: (-day.count, -day.diverted, day.service)))
