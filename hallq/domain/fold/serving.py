"""Fold of what happens at the counter: arrival, transactions, the end of the visit."""

from hallq.domain import figure_names as names
from hallq.domain.counters import CounterState
from hallq.domain.events import (
    CustomerArrived,
    OverrunExplained,
    Recorded,
    TransactionEnded,
    TransactionStarted,
    VisitFinished,
)
from hallq.domain.figures import timed
from hallq.domain.fold.dispatch import apply_event, count, free, put_counter, put_ticket, quarter_name
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.tickets import TicketState
from hallq.domain.transactions import Outcome, Transaction


@apply_event.register
def _arrived(event: CustomerArrived, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    caller = draft.counter(event.counter)
    # From the announcement: `called_ms` moves on with every recall.
    walk_ms = recorded.at_ms - caller.since_ms if caller.ticket_id == event.ticket_id else 0
    elsewhere = ticket.served_counter != event.counter
    serving = replace(
        ticket,
        state=TicketState.SERVING,
        arrived_ms=recorded.at_ms,
        walk_ms=ticket.walk_ms + walk_ms,
        first_counter=ticket.first_counter or event.counter,
        first_clerk=ticket.first_clerk or ticket.clerk,
        served_counter=event.counter,
        counters_visited=ticket.counters_visited + elsewhere,
        bound_counter=None,
        bound_zone=None,
    )
    counter = replace(caller, state=CounterState.SERVING, since_ms=recorded.at_ms)
    count(draft, timed(names.WALK, walk_ms))
    put_ticket(draft, serving)
    put_counter(draft, counter)


@apply_event.register
def _transaction_started(event: TransactionStarted, draft: Draft, recorded: Recorded) -> None:
    started = Transaction(
        transaction_id=event.transaction_id,
        ticket_id=event.ticket_id,
        business_date=draft.business_date,
        counter=event.counter,
        clerk=event.clerk,
        service=event.service,
        started_ms=recorded.at_ms,
        limit_ms=event.limit_ms,
        boot_id=recorded.boot_id,
        started_boot_ms=recorded.boot_ms,
    )
    draft.transactions[event.transaction_id] = started


@apply_event.register
def _overrun_explained(event: OverrunExplained, draft: Draft, recorded: Recorded) -> None:
    running = draft.transactions.get(event.transaction_id)
    if running is None:
        return
    draft.transactions[event.transaction_id] = replace(running, over_reason=event.reason)


@apply_event.register
def _transaction_ended(event: TransactionEnded, draft: Draft, recorded: Recorded) -> None:
    running = draft.transactions.get(event.transaction_id)
    if running is None or running.ended_ms is not None:
        return
    # Between two starts of a machine only its wall clock tells the time: not to be trusted.
    reliable = event.reliable and recorded.boot_id == running.boot_id
    duration_ms = _length_ms(running, recorded)
    why = event.over_reason or running.over_reason
    ended = replace(
        running,
        ended_ms=recorded.at_ms,
        duration_ms=duration_ms,
        outcome=event.outcome,
        over_reason=why if duration_ms > running.limit_ms else None,
        reliable=reliable,
        end_reason=event.end_reason,
    )
    if not ended.contested and ended.ticket_id in draft.tickets:
        draft.transactions[event.transaction_id] = ended
    else:  # the visit goes on elsewhere, or is over
        del draft.transactions[event.transaction_id]
        draft.departed.append(ended)
    count(draft, _ended_steps(draft, ended, recorded.at_ms))


def _length_ms(running: Transaction, ended: Recorded) -> int:
    """By the clock of the machine, as long as it was not started again: the hall's may be corrected."""
    if running.started_boot_ms is not None and ended.boot_id == running.boot_id:
        return max(0, ended.boot_ms - running.started_boot_ms)
    return ended.at_ms - running.started_ms


def _ended_steps(draft: Draft, ended: Transaction, at_ms: int) -> dict[str, int]:
    duration_ms = ended.duration_ms or 0
    steps = {names.TRANSACTIONS_ENDED: 1}
    if ended.outcome is Outcome.NOT_POSSIBLE:
        steps[names.NOT_POSSIBLE] = 1
    if ended.outcome is Outcome.INTERRUPTED:
        return steps | {names.INTERRUPTED: 1}
    if not ended.reliable:
        return steps | {names.UNRELIABLE: 1}
    within = duration_ms <= ended.limit_ms
    then = names.kept_then if within else names.broken_then
    return steps | {
        names.RELIABLE: 1,
        names.WITHIN_LIMIT: int(within),
        quarter_name(draft, at_ms, then(names.TRANSACTIONS)): 1,
        **timed(names.SERVICE, duration_ms),
        **timed(names.of_service(ended.service), duration_ms),
    }


@apply_event.register
def _finished(event: VisitFinished, draft: Draft, recorded: Recorded) -> None:
    ticket = draft.tickets.get(event.ticket_id)
    if ticket is None:
        return
    steps = {
        names.FINISHED: 1,
        names.of_lane(ticket.lane, "finished"): 1,
        names.ONE_COUNTER: int(ticket.counters_visited == 1),
        quarter_name(draft, recorded.at_ms, names.FINISHED_THEN): 1,
    }
    count(draft, steps)
    counter = draft.counter(event.counter)
    if counter.ticket_id == event.ticket_id:
        left = replace(counter, left_ticket=ticket.ticket_id, left_label=ticket.label)
        clerk, at_ms = counter.clerk, recorded.at_ms
        put_counter(draft, replace(left, left_clerk=clerk, left_ms=at_ms, left_score=None))
    free(draft, event.counter, event.ticket_id, recorded.at_ms, served=1)
    put_ticket(draft, replace(ticket, state=TicketState.FINISHED, ended_ms=recorded.at_ms))
