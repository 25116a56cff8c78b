"""Taking, leaving and pausing a counter."""

from hallq.domain.counters import CounterState
from hallq.domain.decide.dispatch import Decision, Moment, decide, not_in
from hallq.domain.events import CounterClosed, CounterOpened, CounterPaused, CounterResumed
from hallq.domain.intents import CloseCounter, OpenCounter, PauseCounter, ResumeCounter
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState


@decide.register
def _open(intent: OpenCounter, state: HallState, moment: Moment) -> Decision:
    if state.counter(intent.counter).is_staffed:
        clerk = state.counter(intent.counter).clerk or ""
        return Refusal(Reason.COUNTER_OPEN, {"counter": intent.counter, "clerk": clerk})
    if refusal := not_in(state, moment, intent.counter, CounterState.CLOSED):
        return refusal
    for other in state.counters.values():
        if other.clerk == intent.clerk:
            return Refusal(Reason.CLERK_ELSEWHERE, {"clerk": intent.clerk, "counter": other.number})
    return [CounterOpened(counter=intent.counter, clerk=intent.clerk)]


@decide.register
def _close(intent: CloseCounter, state: HallState, moment: Moment) -> Decision:
    refusal = not_in(state, moment, intent.counter, CounterState.OPEN, CounterState.PAUSED)
    return refusal or [CounterClosed(counter=intent.counter)]


@decide.register
def _pause(intent: PauseCounter, state: HallState, moment: Moment) -> Decision:
    if refusal := not_in(state, moment, intent.counter, CounterState.OPEN):
        return refusal
    if not any(choice.code == intent.reason for choice in moment.config.reasons.pause):
        return Refusal(Reason.UNKNOWN_REASON, {"reason": intent.reason})
    return [CounterPaused(counter=intent.counter, reason=intent.reason)]


@decide.register
def _resume(intent: ResumeCounter, state: HallState, moment: Moment) -> Decision:
    refusal = not_in(state, moment, intent.counter, CounterState.PAUSED)
    return refusal or [CounterResumed(counter=intent.counter)]
