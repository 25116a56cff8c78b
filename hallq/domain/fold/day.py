"""Fold of the day's own events."""

from hallq.domain.days import BusinessDay
from hallq.domain.events import ClockAdopted, DayClosed, DayOpened, Recorded
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.frozen import replace
from hallq.domain.state import HallState


@apply_event.register
def _day_opened(event: DayOpened, state: HallState, recorded: Recorded) -> HallState:
    again = state.day
    if again is not None and again.date == event.business_date:
        day = replace(
            again, closed_ms=None, clock_offset_ms=event.clock_offset_ms, times_opened=again.times_opened + 1
        )
        return replace(state, day=day)
    return replace(
        state,
        day=BusinessDay(event.business_date, recorded.at_ms, recorded.position, event.clock_offset_ms),
        series={**state.series, event.business_date: state.series.get(event.business_date, {})},
        figures={},
        recent_calls=(),
        rescues=(),
        counters={number: replace(counter, served=0) for number, counter in state.counters.items()},
    )


@apply_event.register
def _day_closed(event: DayClosed, state: HallState, recorded: Recorded) -> HallState:
    return replace(state, day=replace(state.day, closed_ms=recorded.at_ms)) if state.day else state


@apply_event.register
def _clock_adopted(event: ClockAdopted, state: HallState, recorded: Recorded) -> HallState:
    return (
        replace(state, day=replace(state.day, clock_offset_ms=event.clock_offset_ms)) if state.day else state
    )
