"""Fold of a ticket's way from the door to the counter."""

from hallq.domain import figure_names as names
from hallq.domain.counters import CounterState
from hallq.domain.events import (
    CallWithdrawn,
    CustomerDiverted,
    Event,
    PriorityGiven,
    Recorded,
    TicketAnnounced,
    TicketGranted,
    TicketIssued,
    TicketRecalled,
    TicketReleased,
)
from hallq.domain.figures import timed, told_steps
from hallq.domain.fold.appointments import checked_in
from hallq.domain.fold.dispatch import (
    apply_event,
    broken,
    count,
    free,
    put_counter,
    put_ticket,
    quarter_name,
)
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.lanes import Lane
from hallq.domain.state import RECENT_CALLS, RecentCall, Rescue
from hallq.domain.tickets import Ticket, TicketState


@apply_event.register
def _issued(event: TicketIssued, draft: Draft, recorded: Recorded) -> None:
    agreed_ms = checked_in(event, draft)
    ticket = Ticket(
        ticket_id=event.ticket_id,
        business_date=event.business_date,
        series=event.series,
        number=event.number,
        lane=event.lane,
        tier=event.tier,
        service=event.service,
        state=TicketState.WAITING,
        issued_ms=recorded.at_ms,
        due_ms=event.due_ms if agreed_ms == event.agreed_ms else event.lane_due_ms or event.due_ms,
        queue_ms=recorded.at_ms,
        # Who is early waits by choice.
        waiting_since_ms=max(recorded.at_ms, agreed_ms or recorded.at_ms),
        ahead=event.ahead,
        customer=event.customer,
        priority_reason=event.priority_reason,
        issued_by=event.staff,
        agreed_ms=agreed_ms,
        told_low_minutes=event.told_low_minutes,
        told_high_minutes=event.told_high_minutes,
    )
    numbers = draft.series.get(event.business_date, {})
    draft.series[event.business_date] = {**numbers, event.series: event.number}
    steps = {
        names.ISSUED: 1,
        names.of_lane(event.lane, "issued"): 1,
        quarter_name(draft, recorded.at_ms, names.ISSUED_THEN): 1,
    }
    if event.priority_reason:
        steps |= _by_hand(event)
    count(draft, steps)
    put_ticket(draft, ticket)


def _by_hand(event: Event) -> dict[str, int]:
    """The step that counts against somebody's own allowance; with a manager's word none does."""
    return {names.by_hand(event.staff): 1} if event.staff and not event.word else {}


@apply_event.register
def _diverted(event: CustomerDiverted, draft: Draft, recorded: Recorded) -> None:
    count(draft, {names.DIVERTED: 1, names.diverted(event.service): 1})


@apply_event.register
def _priority_given(event: PriorityGiven, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    steps = {
        names.of_lane(ticket.lane, "issued"): -1,
        names.of_lane(Lane.PRIORITY, "issued"): 1,
        names.BY_HAND: 1,
        **_by_hand(event),
    }
    if ticket.is_first_wait and recorded.at_ms > ticket.due_ms:
        # The broken promise stays with the lane that gave it; the priority lane gives a new one.
        steps |= {names.of_lane(ticket.lane, "left_late"): 1, **broken(draft, ticket)}
    raised = replace(
        ticket,
        lane=Lane.PRIORITY,
        due_ms=event.due_ms,
        ahead=event.ahead,
        priority_reason=event.reason,
        told_low_minutes=None,
        told_high_minutes=None,
    )
    count(draft, steps)
    put_ticket(draft, raised)


@apply_event.register
def _granted(event: TicketGranted, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    granted = replace(
        ticket,
        state=TicketState.GRANTED,
        counter=event.counter,
        why=event.model_dump_json(include={"rule", "facts", "passed_over"}),
    )
    steps = {names.called_by(event.rule): 1}
    runs = () if ticket.is_by_appointment else (names.PRIORITY_RUN, names.run_at(event.counter))
    for run in runs:
        steps[run] = 1 if ticket.lane is Lane.PRIORITY else -draft.figures.get(run, 0)
    if event.set_back:
        rescue = Rescue(recorded.position, ticket.lane, recorded.at_ms)
        draft.rescues = (*draft.rescues, rescue)
    count(draft, steps)
    put_ticket(draft, granted)


@apply_event.register
def _announced(event: TicketAnnounced, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    ticket = _begun_by(ticket, recorded.at_ms)
    called = replace(
        _called_again(ticket, recorded),
        state=TicketState.CALLED,
        clerk=event.clerk,
        recalls=0,
        wait_ms=recorded.at_ms - ticket.waiting_since_ms if ticket.is_first_wait else ticket.wait_ms,
    )
    if ticket.is_first_wait:
        count(draft, _first_call_steps(draft, ticket, recorded.at_ms))
    calling = replace(
        draft.counter(event.counter),
        state=CounterState.CALLING,
        since_ms=recorded.at_ms,
        ticket_id=event.ticket_id,
    )
    put_counter(draft, calling)
    put_ticket(draft, called)
    _on_board(draft, called, event.counter)


def _begun_by(ticket: Ticket, at_ms: int) -> Ticket:
    """Who is called before the agreed time has not waited."""
    is_early = ticket.is_by_appointment and at_ms < ticket.waiting_since_ms
    return replace(ticket, waiting_since_ms=at_ms) if is_early else ticket


def _called_again(ticket: Ticket, recorded: Recorded) -> Ticket:
    return replace(
        ticket, called_ms=recorded.at_ms, called_position=recorded.position, calls=ticket.calls + 1
    )


def _first_call_steps(draft: Draft, ticket: Ticket, at_ms: int) -> dict[str, int]:
    within = int(at_ms <= ticket.due_ms)
    promise = ticket.promise
    wait_ms = at_ms - ticket.waiting_since_ms
    kept = {quarter_name(draft, at_ms, names.kept_then(promise)): 1}
    return {
        names.of_lane(promise, "called"): 1,
        names.of_lane(promise, "called_within"): within,
        **timed(names.wait(promise), wait_ms),
        names.of_tier(ticket.tier, "called"): 1,
        names.of_tier(ticket.tier, "called_within"): within,
        quarter_name(draft, at_ms, names.CALLED_THEN): 1,
        **told_steps(ticket, wait_ms),
        **(kept if within else broken(draft, ticket)),
    }


def _on_board(draft: Draft, ticket: Ticket, counter: int) -> None:
    call = RecentCall(ticket.ticket_id, ticket.label, counter, ticket.called_ms or 0, ticket.calls)
    others = [earlier for earlier in draft.recent_calls if earlier.ticket_id != ticket.ticket_id]
    draft.recent_calls = (call, *others)[:RECENT_CALLS]


@apply_event.register
def _recalled(event: TicketRecalled, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    again = replace(_called_again(ticket, recorded), recalls=ticket.recalls + 1)
    put_ticket(draft, again)
    _on_board(draft, again, event.counter)


@apply_event.register
def _withdrawn(event: CallWithdrawn, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    waiting = replace(ticket, state=TicketState.WAITING, recalls=0)
    if ticket.is_first_call and ticket.wait_ms is not None:
        # A call that was taken back keeps no promise: the first wait goes on.
        announced_ms = ticket.waiting_since_ms + ticket.wait_ms
        steps = _first_call_steps(draft, ticket, announced_ms)
        count(draft, {name: -step for name, step in steps.items()})
        since_ms = max(ticket.waiting_since_ms, ticket.agreed_ms or ticket.waiting_since_ms)
        waiting = replace(waiting, wait_ms=None, waiting_since_ms=since_ms)
    put_ticket(draft, waiting)
    free(draft, event.counter, event.ticket_id, recorded.at_ms)


@apply_event.register
def _released(event: TicketReleased, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    put_ticket(draft, replace(ticket, state=TicketState.WAITING, recalls=0, contested=True))
    free(draft, event.counter, event.ticket_id, recorded.at_ms)
