"""Complaints: taken with their deadlines, answered, settled, followed up."""

from datetime import datetime

from hallq.domain.complaints import SERIES, Complaint, Stage
from hallq.domain.config import HallConfig
from hallq.domain.decide.dispatch import Decision, Moment, decide, not_open
from hallq.domain.decide.issuing import next_number, own_series
from hallq.domain.events import (
    ComplaintAnswered,
    ComplaintFollowedUp,
    ComplaintSettled,
    ComplaintTaken,
    NumberLookedAt,
)
from hallq.domain.intents import (
    AnswerComplaint,
    FollowUpComplaint,
    LookAtNumber,
    SettleComplaint,
    TakeComplaint,
)
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.wall import on_wall, since_1970_ms

HOUR_MS = 3_600_000


@decide.register
def _take(intent: TakeComplaint, state: HallState, moment: Moment) -> Decision:
    if refusal := not_open(state):
        return refusal
    categories = {category.code: category for category in moment.config.complaints.categories}
    category = categories.get(intent.category)
    if category is None:
        return Refusal(Reason.UNKNOWN_REASON, {"reason": intent.category})
    if not intent.text:
        return Refusal(Reason.NOTHING_SAID)
    ticket = state.ticket_at(intent.at_counter) if intent.at_counter is not None else None
    series = own_series(SERIES, moment.digit)
    return [
        ComplaintTaken(
            complaint_id=moment.new_id(),
            business_date=state.business_date,
            series=series,
            number=next_number(state, series, moment),
            category=category.code,
            text=intent.text,
            at_counter=intent.at_counter,
            ticket=ticket.label if ticket else None,
            number_at=intent.number_at,
            answer_due_ms=_due_ms(state, moment, category.answer_hours, category.answer_working_days),
            settle_due_ms=_due_ms(state, moment, category.settle_hours, category.settle_working_days),
        )
    ]


def _due_ms(state: HallState, moment: Moment, hours: float | None, working_days: int | None) -> int | None:
    """By the hall's clock; a deadline in working days ends when the hall closes on the last of them."""
    if hours is not None:
        return moment.now_ms + round(hours * HOUR_MS)
    if working_days is None:
        return None
    return closing_ms(state, moment.config, moment.now_ms, working_days)


def closing_ms(state: HallState, config: HallConfig, now_ms: int, working_days: int) -> int:
    """The closing time, by the hall's clock, of the working day that is so many after today."""
    today = on_wall(now_ms + state.clock_offset_ms, config.zone_info).date()
    day = config.calendar.after(today, working_days)
    closes = datetime.combine(day, config.hall.closes, config.zone_info)
    return since_1970_ms(closes) - state.clock_offset_ms


def _open(state: HallState, complaint_id: str, *stages: Stage) -> Complaint | Refusal:
    complaint = state.complaints.get(complaint_id)
    if complaint is None or complaint.stage not in stages:
        return Refusal(Reason.COMPLAINT_FURTHER)
    return complaint


@decide.register
def _answer(intent: AnswerComplaint, state: HallState, moment: Moment) -> Decision:
    complaint = _open(state, intent.complaint_id, Stage.ANSWER, Stage.SETTLEMENT)
    if isinstance(complaint, Refusal):
        return complaint
    if not intent.text:
        return Refusal(Reason.NOTHING_SAID)
    return [ComplaintAnswered(complaint_id=complaint.complaint_id, text=intent.text)]


@decide.register
def _look(intent: LookAtNumber, state: HallState, moment: Moment) -> Decision:
    complaint = _open(state, intent.complaint_id, *Stage)
    if isinstance(complaint, Refusal):
        return complaint
    return [NumberLookedAt(complaint_id=complaint.complaint_id)]


@decide.register
def _settle(intent: SettleComplaint, state: HallState, moment: Moment) -> Decision:
    complaint = _open(state, intent.complaint_id, Stage.ANSWER, Stage.SETTLEMENT)
    if isinstance(complaint, Refusal):
        return complaint
    if not intent.text:
        return Refusal(Reason.NOTHING_SAID)
    days = moment.config.complaints.follow_up_working_days
    due_ms = closing_ms(state, moment.config, moment.now_ms, days)
    return [ComplaintSettled(complaint_id=complaint.complaint_id, text=intent.text, follow_up_due_ms=due_ms)]


@decide.register
def _follow_up(intent: FollowUpComplaint, state: HallState, moment: Moment) -> Decision:
    complaint = _open(state, intent.complaint_id, Stage.FOLLOW_UP)
    if isinstance(complaint, Refusal):
        return complaint
    return [
        ComplaintFollowedUp(
            complaint_id=complaint.complaint_id, text=intent.text, is_settled=intent.is_settled
        )
    ]
