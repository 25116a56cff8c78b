"""Leaving the straight way: hold, transfer, coming back, cancelling, going away."""

from hallq.domain.config import MINUTE_MS
from hallq.domain.decide.day import window_ends_ms
from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    ahead_in_lane,
    at_counter,
    decide,
    live_ticket,
    place_in_lane,
    unknown_counter,
    unknown_reason,
    unknown_service,
)
from hallq.domain.decide.serving import end_running
from hallq.domain.events import (
    CustomerLeft,
    HoldEnded,
    TicketCancelled,
    TicketReturned,
    VisitHeld,
    VisitTransferred,
)
from hallq.domain.intents import CancelTicket, EndHold, HoldVisit, ReportLeft, ReturnMissed, TransferVisit
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import TRANSITIONS, TicketState
from hallq.domain.transactions import Outcome


@decide.register
def _hold(intent: HoldVisit, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    if refusal := unknown_reason(moment.config.reasons.hold, intent.reason):
        return refusal
    until_ms = None if intent.minutes is None else moment.now_ms + round(intent.minutes * MINUTE_MS)
    held = VisitHeld(
        ticket_id=ticket.ticket_id, counter=intent.counter, reason=intent.reason, until_ms=until_ms
    )
    return [*end_running(state, ticket, Outcome.INTERRUPTED), held]


@decide.register
def _end_hold(intent: EndHold, state: HallState, moment: Moment) -> Decision:
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.HELD:
        return Refusal(Reason.NOT_HELD, {"ticket": ticket.label})
    return [HoldEnded(ticket_id=ticket.ticket_id)]


@decide.register
def _transfer(intent: TransferVisit, state: HallState, moment: Moment) -> Decision:
    ticket = at_counter(state, intent.counter, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    running = state.running_transaction(ticket.ticket_id)
    in_hand = running.service if running else ticket.service
    service = intent.service or in_hand
    refusal = unknown_service(moment, service) or _no_such_place(intent, moment)
    if refusal:
        return refusal
    queue_ms, due_ms = place_in_lane(state, moment, ticket, moment.config.calling.transfer_place, 0)
    sent = VisitTransferred(
        ticket_id=ticket.ticket_id,
        from_counter=intent.counter,
        service=service,
        queue_ms=queue_ms,
        due_ms=due_ms,
        ahead=ahead_in_lane(state, ticket.lane, due_ms),
        to_counter=intent.to_counter,
        to_zone=intent.to_zone,
        return_to=intent.counter if intent.return_to_sender else ticket.return_to,
        return_service=in_hand if intent.return_to_sender else ticket.return_service,
    )
    return [*end_running(state, ticket, Outcome.SENT_ON), sent]


def _no_such_place(intent: TransferVisit, moment: Moment) -> Refusal | None:
    config = moment.config
    if intent.to_counter is not None and (refusal := unknown_counter(moment, intent.to_counter)):
        return refusal
    if intent.to_counter == intent.counter:
        return Refusal(Reason.TRANSFER_TO_SELF, {"counter": intent.counter})
    if intent.to_zone is not None and intent.to_zone not in {zone.code for zone in config.zones}:
        return Refusal(Reason.UNKNOWN_ZONE, {"zone": intent.to_zone})
    return None


@decide.register
def _return(intent: ReturnMissed, state: HallState, moment: Moment) -> Decision:
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.MISSED:
        return Refusal(Reason.NOT_MISSED, {"ticket": ticket.label})
    if moment.now_ms > window_ends_ms(ticket, moment):
        minutes = round(moment.config.calling.missed_window_minutes)
        return Refusal(Reason.WINDOW_PASSED, {"ticket": ticket.label, "minutes": minutes})
    calling = moment.config.calling
    queue_ms, due_ms = place_in_lane(state, moment, ticket, calling.missed_place, calling.missed_after)
    place = calling.missed_place
    return [
        TicketReturned(
            ticket_id=ticket.ticket_id,
            queue_ms=queue_ms,
            due_ms=due_ms,
            place=place,
            ahead=ahead_in_lane(state, ticket.lane, due_ms),
        )
    ]


@decide.register
def _cancel(intent: CancelTicket, state: HallState, moment: Moment) -> Decision:
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if TicketState.CANCELLED not in TRANSITIONS[ticket.state]:
        return Refusal(Reason.NOT_CANCELLABLE, {"ticket": ticket.label, "counter": ticket.counter or 0})
    refusal = unknown_reason(moment.config.reasons.cancel, intent.reason)
    return refusal or [TicketCancelled(ticket_id=ticket.ticket_id, reason=intent.reason)]


@decide.register
def _left(intent: ReportLeft, state: HallState, moment: Moment) -> Decision:
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if TicketState.LEFT not in TRANSITIONS[ticket.state]:
        return Refusal(Reason.NOT_CANCELLABLE, {"ticket": ticket.label, "counter": ticket.counter or 0})
    return [CustomerLeft(ticket_id=ticket.ticket_id)]
