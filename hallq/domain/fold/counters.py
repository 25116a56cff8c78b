"""Fold of a counter's own events."""

from hallq.domain.counters import CounterState
from hallq.domain.events import (
    CounterClosed,
    CounterLanesChanged,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterTakenOver,
    Recorded,
)
from hallq.domain.fold.dispatch import apply_event, hand_back, put_counter
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace


@apply_event.register
def _opened(event: CounterOpened, draft: Draft, recorded: Recorded) -> None:
    counter = draft.counter(event.counter)
    opened = replace(
        counter,
        state=CounterState.OPEN,
        since_ms=recorded.at_ms,
        clerk=event.clerk,
        device=recorded.device,
    )
    put_counter(draft, opened)


@apply_event.register
def _taken_over(event: CounterTakenOver, draft: Draft, recorded: Recorded) -> None:
    counter = draft.counter(event.counter)
    if counter.is_staffed:
        pauses = counter.state is CounterState.PAUSED  # what is left of the pause is the new clerk's
        since_ms = recorded.at_ms if pauses else counter.since_ms
        put_counter(draft, replace(counter, clerk=event.clerk, since_ms=since_ms))


@apply_event.register
def _closed(event: CounterClosed, draft: Draft, recorded: Recorded) -> None:
    counter = draft.counter(event.counter)
    closed = replace(
        counter, state=CounterState.CLOSED, since_ms=recorded.at_ms, clerk=None, pause_reason=None
    )
    put_counter(draft, closed)
    hand_back(draft, event.counter)


@apply_event.register
def _paused(event: CounterPaused, draft: Draft, recorded: Recorded) -> None:
    counter = draft.counter(event.counter)
    paused = replace(counter, state=CounterState.PAUSED, since_ms=recorded.at_ms, pause_reason=event.reason)
    put_counter(draft, paused)
    hand_back(draft, event.counter)


@apply_event.register
def _resumed(event: CounterResumed, draft: Draft, recorded: Recorded) -> None:
    counter = draft.counter(event.counter)
    resumed = replace(counter, state=CounterState.OPEN, since_ms=recorded.at_ms, pause_reason=None)
    put_counter(draft, resumed)


@apply_event.register
def _lanes_changed(event: CounterLanesChanged, draft: Draft, recorded: Recorded) -> None:
    put_counter(draft, replace(draft.counter(event.counter), lanes=event.lanes))
