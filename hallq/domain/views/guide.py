"""The guide's screen as frozen values: the list, the lanes, and the ticket in the making or in the hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.business_date import date_to_open, goes_back, is_overdue
from hallq.domain.config import MINUTE_MS, HallConfig, Service
from hallq.domain.counters import CounterState
from hallq.domain.expected_appointments import agreed_time
from hallq.domain.forecast import Forecast, call_forecasts, lane_forecast
from hallq.domain.lanes import Lane, Pressure, Tier
from hallq.domain.policy.appointed import is_early
from hallq.domain.policy.eligible import rule_of
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.appointments import Expected, expected_today
from hallq.domain.views.guide_draft import PART_LENGTH, Draft, letters, listed, parts
from hallq.domain.words import Words


@dataclass(frozen=True, slots=True)
class LineView:
    """One service with the digit that chooses it."""

    digit: int
    service: Service
    chosen: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """One list there is; `name` is None for the frequent services."""

    letter: str
    name: Words | None
    current: bool


@dataclass(frozen=True, slots=True)
class WaitView:
    """A forecast wait in whole minutes: the lower end rounded down, the upper one up; None for never."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class LaneOutlook:
    """Who waits in a lane, and how long somebody who takes a number now would.

    `ask_back`: the paused counter that would help, where nobody calls and no closed counter could.
    """

    lane: Lane
    waiting: int
    wait: WaitView
    target: int
    pressure: Pressure
    ask_back: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedView:
    """The number in the customer's hand. `before`: so many are called first, None when not waiting.

    `agreed`: the time of an appointment that has not come yet, as `10:30`.
    """

    label: str
    lane: Lane
    tier: Tier
    service: str
    state: TicketState
    counter: int | None
    before: int | None
    wait: WaitView
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """The day to open, or the one that should have been closed. `wrong_clock`: its date goes back."""

    date: str
    reopens: bool
    overdue: bool
    wrong_clock: bool


class Panel(StrEnum):
    """What stands largest."""

    DAY = "day"
    WORKING = "working"
    DRAFT = "draft"
    ISSUED = "issued"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class GuideView:
    """Everything that the guide sees. `twin`: the number that this customer has already."""

    panel: Panel
    day: DayView
    draft: Draft
    groups: tuple[GroupView, ...]
    lines: tuple[LineView, ...]
    parts: int
    lanes: tuple[LaneOutlook, ...]
    missed: int
    twin: IssuedView | None
    issued: IssuedView | None
    expected: Expected


def guide_view(
    state: HallState,
    config: HallConfig,
    now_ms: int,
    wall_ms: int,
    draft: Draft,
    found: Sequence[str] = (),
    issued: Ticket | None = None,
    working: bool = False,
) -> GuideView:
    """The screen for this draft. `issued`: the last ticket given; `working`: one is being written."""
    newest = state.tickets.get(issued.ticket_id) if issued else None
    last = issued_view(state, config, newest, now_ms) if newest else None
    twin = next((t for t in state.tickets.values() if draft.customer and t.customer == draft.customer), None)
    return GuideView(
        panel=_panel(state, draft, working=working, issued=last is not None),
        day=day_view(state, config, now_ms, wall_ms),
        draft=draft,
        groups=_groups(draft, config),
        lines=_lines(draft, config, found),
        parts=parts(draft, config, found),
        lanes=tuple(_lane(state, config, lane, now_ms) for lane in Lane),
        missed=len(state.in_state(TicketState.MISSED)),
        twin=issued_view(state, config, twin, now_ms) if twin else None,
        issued=last,
        expected=expected_today(state, config, now_ms, draft.customer),
    )


def _panel(state: HallState, draft: Draft, *, working: bool, issued: bool) -> Panel:
    if working:
        return Panel.WORKING
    if not state.is_open:
        return Panel.DAY
    if not draft.is_blank:
        return Panel.DRAFT
    return Panel.ISSUED if issued else Panel.IDLE


def day_view(state: HallState, config: HallConfig, now_ms: int, wall_ms: int) -> DayView:
    """The business day and what is the matter with it."""
    shown_ms = now_ms + state.clock_offset_ms if state.is_open else wall_ms
    date = date_to_open(state, wall_ms, config)
    return DayView(
        date=date,
        reopens=state.day is not None and date == state.business_date,
        overdue=is_overdue(state, shown_ms, config),
        wrong_clock=not state.is_open and goes_back(state, wall_ms, config),
    )


def _groups(draft: Draft, config: HallConfig) -> tuple[GroupView, ...]:
    names = {group.letter: group.name for group in config.groups}
    searching = draft.query is not None
    return tuple(
        GroupView(letter, names.get(letter), not searching and letter == draft.group)
        for letter in letters(config)
    )


def _lines(draft: Draft, config: HallConfig, found: Sequence[str]) -> tuple[LineView, ...]:
    begin = draft.part * PART_LENGTH
    shown = listed(draft, config, found)[begin : begin + PART_LENGTH]
    return tuple(LineView(digit, s, s.code == draft.service) for digit, s in enumerate(shown, start=1))


def _lane(state: HallState, config: HallConfig, lane: Lane, now_ms: int) -> LaneOutlook:
    forecast = lane_forecast(state, config, lane, now_ms)
    target_ms = config.target_ms(lane)
    mine = state.in_line(lane)
    waiting = len(mine)
    late = Pressure.SOON if forecast.high_ms > target_ms else Pressure.FINE
    pressure = Pressure.OVER if not forecast.possible or forecast.low_ms > target_ms else late
    if not waiting and not forecast.possible:
        pressure = Pressure.FINE
    ask_back = None if forecast.possible else _to_ask_back(state, config, mine)
    return LaneOutlook(lane, waiting, wait_of(forecast), target_ms // MINUTE_MS, pressure, ask_back)


def _to_ask_back(state: HallState, config: HallConfig, waiting: Sequence[Ticket]) -> int | None:
    wanted = {(t.service, t.lane, t.bound_counter) for t in waiting}
    rules = (rule_of(state, config, r.number) or r for r in config.counters)
    able = [r.number for r in rules if any(r.could_take(*ticket) for ticket in wanted)]
    if any(state.counter(number).state is CounterState.CLOSED for number in able):
        return None
    return next((n for n in able if state.counter(n).state is CounterState.PAUSED), None)


def wait_of(forecast: Forecast) -> WaitView:
    """A forecast in whole minutes."""
    return WaitView(*(forecast.range_minutes or (None, None)))


def issued_view(
    state: HallState,
    config: HallConfig,
    ticket: Ticket,
    now_ms: int,
    forecasts: Mapping[str, Forecast] | None = None,
) -> IssuedView:
    """A live ticket as it stands now. `forecasts`: of everybody who waits, where they are known already."""
    if forecasts is None:
        forecasts = call_forecasts(state, config, now_ms)
    waiting = ticket.ticket_id in forecasts
    return IssuedView(
        label=ticket.label,
        lane=ticket.lane,
        tier=ticket.tier,
        service=ticket.service,
        state=ticket.state,
        counter=ticket.counter,
        before=list(forecasts).index(ticket.ticket_id) if waiting else None,
        wait=wait_of(forecasts[ticket.ticket_id]) if waiting else WaitView(None, None),
        agreed=agreed_time(state, ticket) if is_early(ticket, now_ms) else "",
    )
