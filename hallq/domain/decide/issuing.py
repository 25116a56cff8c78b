"""Issuing tickets, diverting to self-service, priority by hand."""

from hallq.domain.decide.dispatch import (
    Decision,
    Moment,
    ahead_in_lane,
    decide,
    live_ticket,
    not_open,
    unknown_reason,
    unknown_service,
)
from hallq.domain.events import CustomerDiverted, PriorityGiven, TicketIssued
from hallq.domain.intents import DivertCustomer, GivePriority, IssueTicket
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.spoken_waits import told_wait
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState


@decide.register
def _issue(intent: IssueTicket, state: HallState, moment: Moment) -> Decision:
    config = moment.config
    if refusal := not_open(state) or unknown_service(moment, intent.service):
        return refusal
    if intent.priority_reason is not None:
        refusal = unknown_reason(config.reasons.priority, intent.priority_reason)
        if refusal:
            return refusal
    if intent.customer and not intent.second_ticket:
        for other in state.tickets.values():
            if other.customer == intent.customer:
                return Refusal(Reason.ALREADY_QUEUEING, {"ticket": other.label, "state": other.state})
    lane = Lane.PRIORITY if intent.priority_reason else config.lane_of(intent.tier)
    series = own_series(config.series_of(lane, intent.service), moment.digit)
    due_ms = moment.now_ms + config.target_ms(lane)
    low, high = told_wait(state, config, lane, intent.service, moment.now_ms)
    return [
        TicketIssued(
            ticket_id=moment.new_id(),
            business_date=state.business_date,
            series=series,
            number=next_number(state, series, moment),
            lane=lane,
            tier=intent.tier,
            service=intent.service,
            due_ms=due_ms,
            ahead=ahead_in_lane(state, lane, due_ms),
            customer=intent.customer,
            priority_reason=intent.priority_reason,
            told_low_minutes=low,
            told_high_minutes=high,
        )
    ]


def own_series(letter: str, digit: int) -> str:
    """The series of one terminal: the first prints plain numbers, each other its digit and a dash."""
    return letter if digit == 1 else f"{letter}{digit}-"


def next_number(state: HallState, series: str, moment: Moment) -> int:
    """One above the day's last, over any number that a carried-over ticket still bears."""
    last = state.series.get(state.business_date, {}).get(series, 0)
    number = max(last, moment.given_numbers.get(series, last + moment.leap)) + 1
    borne = {t.number for t in state.tickets.values() if t.series == series}
    while number in borne:
        number += 1
    return number


@decide.register
def _divert(intent: DivertCustomer, state: HallState, moment: Moment) -> Decision:
    if refusal := not_open(state) or unknown_service(moment, intent.service):
        return refusal
    return [CustomerDiverted(service=intent.service)]


@decide.register
def _give_priority(intent: GivePriority, state: HallState, moment: Moment) -> Decision:
    ticket = live_ticket(state, intent.ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.state is not TicketState.WAITING:
        return Refusal(Reason.NOT_WAITING, {"ticket": ticket.label})
    if ticket.lane is Lane.PRIORITY or ticket.is_by_appointment:
        return Refusal(Reason.ALREADY_PRIORITY, {"ticket": ticket.label})
    if refusal := unknown_reason(moment.config.reasons.priority, intent.reason):
        return refusal
    due_ms = moment.now_ms + moment.config.target_ms(Lane.PRIORITY)
    if ticket.due_ms >= moment.now_ms:
        due_ms = min(ticket.due_ms, due_ms)  # a promise that still holds is never put off
    ahead = ahead_in_lane(state, Lane.PRIORITY, due_ms)
    return [PriorityGiven(ticket_id=ticket.ticket_id, reason=intent.reason, due_ms=due_ms, ahead=ahead)]
