"""Fold of a counter's own events."""

from hallq.domain.counters import CounterState
from hallq.domain.events import CounterClosed, CounterOpened, CounterPaused, CounterResumed, Recorded
from hallq.domain.fold.dispatch import apply_event, with_counter
from hallq.domain.frozen import replace
from hallq.domain.state import HallState


@apply_event.register
def _opened(event: CounterOpened, state: HallState, recorded: Recorded) -> HallState:
    counter = state.counter(event.counter)
    opened = replace(counter, state=CounterState.OPEN, since_ms=recorded.at_ms, clerk=event.clerk)
    return with_counter(state, opened)


@apply_event.register
def _closed(event: CounterClosed, state: HallState, recorded: Recorded) -> HallState:
    counter = state.counter(event.counter)
    closed = replace(
        counter, state=CounterState.CLOSED, since_ms=recorded.at_ms, clerk=None, pause_reason=None
    )
    return with_counter(state, closed)


@apply_event.register
def _paused(event: CounterPaused, state: HallState, recorded: Recorded) -> HallState:
    counter = state.counter(event.counter)
    paused = replace(counter, state=CounterState.PAUSED, since_ms=recorded.at_ms, pause_reason=event.reason)
    return with_counter(state, paused)


@apply_event.register
def _resumed(event: CounterResumed, state: HallState, recorded: Recorded) -> HallState:
    counter = state.counter(event.counter)
    resumed = replace(counter, state=CounterState.OPEN, since_ms=recorded.at_ms, pause_reason=None)
    return with_counter(state, resumed)
