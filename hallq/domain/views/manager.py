"""The manager's screen as one frozen value: alerts, counters, those who wait, the day so far."""

from dataclasses import dataclass

from hallq.domain.config import HallConfig
from hallq.domain.forecast import call_forecasts
from hallq.domain.staff import Roster
from hallq.domain.state import HallState
from hallq.domain.views.alert_kinds import NO_ROSTER, NO_TROUBLE, Alert, OwnTrouble, Scene
from hallq.domain.views.alerts import alerts
from hallq.domain.views.cards import CounterCard, counter_cards
from hallq.domain.views.half_hours import HalfHour, UsualDay, half_hours
from hallq.domain.views.today import TodayView, today_view
from hallq.domain.views.waiting import AwayRow, WaitingRow, away_rows, waiting_rows


@dataclass(frozen=True, slots=True)
class ManagerView:
    """Everything that the manager sees."""

    alerts: tuple[Alert, ...]
    cards: tuple[CounterCard, ...]
    waiting: tuple[WaitingRow, ...]
    away: tuple[AwayRow, ...]
    today: TodayView
    half_hours: tuple[HalfHour, ...]
    usual_days: int


def manager_view(
    state: HallState,
    config: HallConfig,
    now_ms: int,
    wall_ms: int,
    usual: UsualDay | None = None,
    own: OwnTrouble = NO_TROUBLE,
    *,
    roster: Roster = NO_ROSTER,
    reader: str = "",
) -> ManagerView:
    """The hall at `now_ms` on its own clock; `wall_ms` is what the computer's clock says.

    `usual`: what the half hours bring on such a weekday, where earlier days are known.
    `own`: what is the matter with this terminal. `roster`, `reader`: who works here, who looks.
    """
    forecasts = call_forecasts(state, config, now_ms)
    cards = counter_cards(state, config, now_ms)
    return ManagerView(
        alerts=alerts(Scene(state, config, now_ms, wall_ms, cards, forecasts, own, roster, reader)),
        cards=cards,
        waiting=waiting_rows(state, config, forecasts, now_ms),
        away=away_rows(state, config, now_ms),
        today=today_view(state, config, now_ms),
        half_hours=half_hours(state, config, now_ms, usual),
        usual_days=usual.days if usual else 0,
    )
