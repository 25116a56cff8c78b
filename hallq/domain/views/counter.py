"""What the clerk's screen shows, made from the state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hallq.domain.appointments import NO_WAIT_MS
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.expected_appointments import agreed_time
from hallq.domain.lanes import Lane, Pressure, pressure
from hallq.domain.policy import Call, PassReason, upcoming
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.transactions import Outcome, Transaction
from hallq.domain.views.counter_shapes import (
    CardView,
    CounterView,
    DoneView,
    LaneQueue,
    NextView,
    Parting,
    Phase,
    RunningView,
)
from hallq.domain.views.phrase import moment_phrase
from hallq.domain.visible_tickets import with_only

PARTING_MS = 20_000
"""So long after the end of a visit its parting phrase stays."""

_NOT_OURS = (
    PassReason.BOUND_TO_COUNTER,
    PassReason.BOUND_TO_ZONE,
    PassReason.NOT_OFFERED_HERE,
    PassReason.DEDICATED_COUNTER,
)
"""Whoever this counter does not take anyway is no news in a list of who comes next."""

_PHASES = {
    CounterState.CLOSED: Phase.CLOSED,
    CounterState.OPEN: Phase.FREE,
    CounterState.CALLING: Phase.CALLING,
    CounterState.SERVING: Phase.SERVING,
    CounterState.PAUSED: Phase.PAUSED,
}


def counter_phase(state: HallState, number: int) -> Phase:
    """What counter `number` is in the middle of."""
    return _PHASES[state.counter(number).state] if state.is_open else Phase.DAY_CLOSED


def next_calls(
    state: HallState,
    config: HallConfig,
    number: int,
    now_ms: int,
    places: int,
    only: Collection[str] | None = None,
) -> Sequence[Call]:
    """Whom counter `number` would call next; takes a while where hundreds wait.

    `only`: of all that wait, those that can be called at all.
    """
    state = state if only is None else with_only(state, only)
    return upcoming(state, config, number, now_ms, places) if state.is_open else ()


def counter_view(
    state: HallState,
    config: HallConfig,
    number: int,
    now_ms: int,
    *,
    calls: Sequence[Call] = (),
    only: Collection[str] | None = None,
    confirmed: Mapping[str, int] | None = None,
    parting: Parting | None = None,
    parted_service: str = "",
) -> CounterView:
    """The screen of counter `number`, which is in `config`.

    `calls`: its next ones, as `next_calls` has them, of `only` those. `confirmed`: per transaction,
    when the clerk last said that the customer is still here. `parting`: how the last visit left, and
    `parted_service` what it was about.
    """
    view = _at_counter(state, config, number, now_ms, confirmed or {})
    lanes = tuple(_lane(state, config, lane, now_ms) for lane in Lane)
    left = _still(parting, state.counter(number), now_ms)
    ticket = state.ticket_at(number)
    return replace(
        view,
        phrase=moment_phrase(config, view.phase, ticket, view.running, left, parted_service),
        next=tuple(_next(config, call, now_ms) for call in calls),
        lanes=lanes,
        kept=next((ticket.label for ticket in state.granted_to(number)), ""),
        in_hand=None if only is None else sum(t.ticket_id in only for t in state.waiting()),
        elsewhere=len(state.waiting()) if not calls else 0,
    )


def _at_counter(
    state: HallState,
    config: HallConfig,
    number: int,
    now_ms: int,
    confirmed: Mapping[str, int],
) -> CounterView:
    """The counter and its visit, without the hall around it."""
    counter, phase, ticket = state.counter(number), counter_phase(state, number), state.ticket_at(number)
    running = _running(state, config, ticket, now_ms, confirmed)
    often = ticket is not None and ticket.recalls >= config.calling.recalls_before_missed
    return CounterView(
        number=number,
        phase=phase,
        clerk=counter.clerk,
        phase_ms=max(0, now_ms - counter.since_ms),
        served=counter.served,
        pause_reason=counter.pause_reason,
        card=_card(state, config, ticket, running, now_ms, number) if ticket else None,
        running=running,
        done=_done(state, ticket),
        phrase=None,
        returning=_returning(state, number),
        suggests_missed=often and phase is Phase.CALLING,
        chosen_lanes=counter.lanes,
    )


def first_wait_ms(ticket: Ticket, now_ms: int) -> int:
    """From the ticket to the first call; so far, while that has not come."""
    return max(0, now_ms - ticket.waiting_since_ms) if ticket.wait_ms is None else ticket.wait_ms


def _card(
    state: HallState,
    config: HallConfig,
    ticket: Ticket,
    running: RunningView | None,
    now_ms: int,
    number: int,
) -> CardView:
    code = running.service if running else ticket.service
    service = config.service_by_code.get(code)
    agreed = agreed_time(state, ticket)
    wait_ms, target_ms = (
        first_wait_ms(ticket, now_ms),
        NO_WAIT_MS if agreed else config.target_ms(ticket.lane),
    )
    elsewhere = ticket.first_counter not in (None, number)
    return CardView(
        ticket_id=ticket.ticket_id,
        label=ticket.label,
        lane=ticket.lane,
        tier=ticket.tier,
        service=code,
        wait_ms=wait_ms,
        target_ms=target_ms,
        wait_pressure=pressure(wait_ms, target_ms),
        first_counter=ticket.first_counter if elsewhere else None,
        first_clerk=ticket.first_clerk if elsewhere else None,
        documents=service.documents if service else None,
        no_form=bool(service and service.no_form),
        priority_reason=ticket.priority_reason,
        recalls=ticket.recalls,
        missed_times=ticket.missed_times,
        returns_to=ticket.return_to if ticket.return_to != number else None,
        agreed=agreed,
    )


def _running(
    state: HallState, config: HallConfig, ticket: Ticket | None, now_ms: int, confirmed: Mapping[str, int]
) -> RunningView | None:
    running = state.running_transaction(ticket.ticket_id) if ticket else None
    if running is None:
        return None
    rule = config.transaction
    elapsed_ms = max(0, now_ms - running.started_ms)
    forgotten_ms = round(rule.forgotten_minutes * MINUTE_MS)
    unheard_ms = now_ms - max(running.started_ms, confirmed.get(running.transaction_id, 0))
    return RunningView(
        transaction_id=running.transaction_id,
        service=running.service,
        elapsed_ms=elapsed_ms,
        limit_ms=running.limit_ms,
        nudge_percent=rule.nudge_percent,
        pressure=pressure(elapsed_ms, running.limit_ms, rule.nudge_percent),
        over_reason=running.over_reason,
        is_long=elapsed_ms >= forgotten_ms,
        asks_forgotten=unheard_ms >= forgotten_ms,
    )


def _done(state: HallState, ticket: Ticket | None) -> tuple[DoneView, ...]:
    """What was done before in this visit; a part broken off by a hold is a line of its own."""
    if ticket is None:
        return ()
    return tuple(_done_one(t) for t in state.transactions_of(ticket.ticket_id) if t.ended_ms is not None)


def _done_one(transaction: Transaction) -> DoneView:
    duration_ms = transaction.duration_ms or 0
    return DoneView(
        transaction.service,
        duration_ms,
        is_over=duration_ms > transaction.limit_ms,
        outcome=transaction.outcome or Outcome.DONE,
        end_reason=transaction.end_reason,
    )


def _still(parting: Parting | None, counter: Counter, now_ms: int) -> Parting | None:
    return parting if now_ms - counter.since_ms < PARTING_MS else None


def _next(config: HallConfig, call: Call, now_ms: int) -> NextView:
    ticket = call.ticket
    wait_ms, target_ms = max(0, now_ms - ticket.waiting_since_ms), config.target_ms(ticket.lane)
    left_ms = ticket.due_ms - now_ms if ticket.is_first_wait else None
    before = next((over.label for over in call.passed_over if over.reason not in _NOT_OURS), "")
    return NextView(
        label=ticket.label,
        lane=ticket.lane,
        tier=ticket.tier,
        service=ticket.service,
        wait_ms=wait_ms,
        left_ms=left_ms,
        pressure=Pressure.FINE if left_ms is None else pressure(target_ms - left_ms, target_ms),
        rule=call.rule,
        before=before,
    )


def _lane(state: HallState, config: HallConfig, lane: Lane, now_ms: int) -> LaneQueue:
    waiting = state.in_line(lane)
    oldest_ms = max((now_ms - t.waiting_since_ms for t in waiting), default=0) if state.is_open else 0
    return LaneQueue(lane, len(waiting), oldest_ms, pressure(oldest_ms, config.target_ms(lane)))


def _returning(state: HallState, number: int) -> tuple[str, ...]:
    """Numbers on hold that this counter waits for."""
    held = state.in_state(TicketState.HELD)
    return tuple(t.label for t in held if t.bound_counter == number)
