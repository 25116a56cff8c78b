"""Which date a business day bears: the wall's date, turned at the hall's cut-over hour.

The date is only a name that a person confirms; the day itself is opened and closed.
"""

from datetime import timedelta

from hallq.domain.config import HallConfig
from hallq.domain.state import HallState
from hallq.domain.wall import on_wall


def business_date_of(wall_ms: int, config: HallConfig) -> str:
    """The business date at `wall_ms`, ms since 1970 on a wall clock: yesterday's until the cut-over."""
    local = on_wall(wall_ms, config.zone_info)
    # Compared on the wall: an hour put in or left out for summer time moves nothing.
    before_cut_over = local.time() < config.hall.cut_over
    return (local.date() - timedelta(days=int(before_cut_over))).isoformat()


def date_to_open(state: HallState, wall_ms: int, config: HallConfig) -> str:
    """The date to propose for the next business day; the open day's own while one is open.

    A closed day of the same date is proposed again, and so is the last one where the
    clock names an earlier day that was worked: its numbers must not start anew.
    """
    today = business_date_of(wall_ms, config)
    if state.day is None:
        return today
    if state.is_open or today in state.series:
        return state.business_date
    return today


def is_overdue(state: HallState, shown_ms: int, config: HallConfig) -> bool:
    """Whether a day is open whose date is past; `shown_ms` is the time that the hall shows."""
    return state.is_open and business_date_of(shown_ms, config) > state.business_date


def goes_back(state: HallState, wall_ms: int, config: HallConfig) -> bool:
    """Whether the computer's date lies before the last business day: its clock was or is wrong."""
    return state.day is not None and business_date_of(wall_ms, config) < state.business_date
