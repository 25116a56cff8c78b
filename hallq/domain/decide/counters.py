"""Taking, leaving and pausing a counter."""

from hallq.domain.counters import CounterState
from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    decide,
    not_in,
    not_open,
    unknown_counter,
    unknown_reason,
)
from hallq.domain.events import (
    CounterClosed,
    CounterLanesChanged,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterTakenOver,
)
from hallq.domain.intents import (
    ChangeLanes,
    CloseCounter,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    TakeOverCounter,
)
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState


@decide.register
def _open(intent: OpenCounter, state: HallState, moment: Moment) -> Decision:
    if state.counter(intent.counter).is_staffed:
        clerk = state.counter(intent.counter).clerk or ""
        return Refusal(Reason.COUNTER_OPEN, {"counter": intent.counter, "clerk": clerk})
    if refusal := not_in(state, moment, intent.counter, CounterState.CLOSED):
        return refusal
    if refusal := _elsewhere(state, intent.clerk):
        return refusal
    return [CounterOpened(counter=intent.counter, clerk=intent.clerk)]


def _elsewhere(state: HallState, clerk: str) -> Refusal | None:
    """One clerk is at one counter at a time."""
    for other in state.counters.values():
        if other.clerk == clerk:
            return Refusal(Reason.CLERK_ELSEWHERE, {"clerk": clerk, "counter": other.number})
    return None


@decide.register
def _take_over(intent: TakeOverCounter, state: HallState, moment: Moment) -> Decision:
    counter = state.counter(intent.counter)
    if not counter.is_staffed:
        return Refusal(Reason.COUNTER_CLOSED, {"counter": intent.counter})
    if counter.clerk == intent.clerk:
        return []
    if refusal := _elsewhere(state, intent.clerk):
        return refusal
    return [CounterTakenOver(counter=intent.counter, clerk=intent.clerk)]


@decide.register
def _close(intent: CloseCounter, state: HallState, moment: Moment) -> Decision:
    refusal = not_in(state, moment, intent.counter, CounterState.OPEN, CounterState.PAUSED)
    return refusal or [CounterClosed(counter=intent.counter)]


@decide.register
def _pause(intent: PauseCounter, state: HallState, moment: Moment) -> Decision:
    if refusal := not_in(state, moment, intent.counter, CounterState.OPEN):
        return refusal
    refusal = unknown_reason(moment.config.reasons.pause, intent.reason)
    return refusal or [CounterPaused(counter=intent.counter, reason=intent.reason)]


@decide.register
def _resume(intent: ResumeCounter, state: HallState, moment: Moment) -> Decision:
    refusal = not_in(state, moment, intent.counter, CounterState.PAUSED)
    return refusal or [CounterResumed(counter=intent.counter)]


@decide.register
def _lanes(intent: ChangeLanes, state: HallState, moment: Moment) -> Decision:
    if refusal := not_open(state) or unknown_counter(moment, intent.counter):
        return refusal
    if state.counter(intent.counter).lanes is intent.lanes:
        return []
    return [CounterLanesChanged(counter=intent.counter, lanes=intent.lanes)]
