"""Serving: arrival, the transactions of a visit, its end."""

from hallq.domain.decide.dispatch import Decision, Moment, at_counter, decide, unknown_reason, unknown_service
from hallq.domain.events import (
    CustomerArrived,
    Event,
    OverrunExplained,
    TransactionEnded,
    TransactionStarted,
    VisitFinished,
    VisitTransferred,
)
from hallq.domain.intents import ConfirmArrival, ExplainOverrun, FinishVisit, StartTransaction
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.transactions import Outcome


@decide.register
def _arrived(intent: ConfirmArrival, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    arrived = CustomerArrived(ticket_id=ticket.ticket_id, counter=intent.counter)
    return [arrived, _started(state, moment, ticket, intent.counter, _to_go_on_with(state, ticket))]


def _to_go_on_with(state: HallState, ticket: Ticket) -> str:
    """The service that a hold interrupted, else the one that the ticket is for."""
    before = state.transactions_of(ticket.ticket_id)
    interrupted = before and before[-1].outcome is Outcome.INTERRUPTED
    return before[-1].service if interrupted else ticket.service


def _started(state: HallState, moment: Moment, ticket: Ticket, counter: int, service: str) -> Event:
    return TransactionStarted(
        transaction_id=moment.new_id(),
        ticket_id=ticket.ticket_id,
        counter=counter,
        clerk=state.counter(counter).clerk or "",
        service=service,
        limit_ms=moment.config.limit_ms,
    )


@decide.register
def _start(intent: StartTransaction, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    if refusal := unknown_service(moment, intent.service):
        return refusal
    rule = moment.config.counter_by_number.get(intent.counter)
    if rule is not None and not rule.offers(intent.service):
        return Refusal(Reason.NOT_OFFERED_HERE, {"ticket": ticket.label, "service": intent.service})
    if refusal := _unknown_why(moment, intent):
        return refusal
    over, end = intent.over_reason, intent.end_reason
    return [
        *end_running(state, ticket, intent.outcome, over_reason=over, end_reason=end),
        _started(state, moment, ticket, intent.counter, intent.service),
    ]


def end_running(
    state: HallState,
    ticket: Ticket,
    outcome: Outcome,
    *,
    over_reason: str | None = None,
    end_reason: str | None = None,
    reliable: bool = True,
) -> list[Event]:
    """The end of the visit's running transaction, if it has one."""
    running = state.running_transaction(ticket.ticket_id)
    if running is None:
        return []
    return [
        TransactionEnded(
            transaction_id=running.transaction_id,
            outcome=outcome,
            reliable=reliable,
            over_reason=over_reason,
            end_reason=end_reason,
        )
    ]


@decide.register
def _explain(intent: ExplainOverrun, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    running = state.running_transaction(ticket.ticket_id)
    if running is None:
        return Refusal(Reason.NO_TRANSACTION, {"ticket": ticket.label})
    if refusal := unknown_reason(moment.config.reasons.over_limit, intent.reason):
        return refusal
    return [OverrunExplained(transaction_id=running.transaction_id, reason=intent.reason)]


def _unknown_why(moment: Moment, intent: FinishVisit | StartTransaction) -> Refusal | None:
    """The refusal of a reason that the hall does not list, for the length or for the end."""
    reasons = moment.config.reasons
    if intent.end_reason is not None:
        ends = reasons.not_possible if intent.outcome is Outcome.NOT_POSSIBLE else ()
        if refusal := unknown_reason(ends, intent.end_reason):
            return refusal
    return unknown_reason(reasons.over_limit, intent.over_reason) if intent.over_reason is not None else None


@decide.register
def _finish(intent: FinishVisit, state: HallState, moment: Moment) -> Decision:
    refusal = _unknown_why(moment, intent)
    if open_still := state.left_open_at(intent.counter):
        return refusal or [
            TransactionEnded(
                transaction_id=open_still.transaction_id, outcome=intent.outcome, end_reason=intent.end_reason
            )
        ]
    ticket = at_counter(state, intent.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    if refusal:
        return refusal
    ended = end_running(
        state,
        ticket,
        intent.outcome,
        over_reason=intent.over_reason,
        end_reason=intent.end_reason,
        reliable=not intent.forgotten,
    )
    if ticket.return_to is not None and ticket.return_to != intent.counter:
        back = VisitTransferred(
            ticket_id=ticket.ticket_id,
            from_counter=intent.counter,
            service=ticket.return_service or ticket.service,
            queue_ms=ticket.queue_ms,
            due_ms=ticket.due_ms,
            ahead=ticket.ahead,
            to_counter=ticket.return_to,
        )
        return [*ended, back]
    return [*ended, VisitFinished(ticket_id=ticket.ticket_id, counter=intent.counter)]
