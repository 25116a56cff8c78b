"""Fold of what customers say: ratings are counted, low ones and complaints stay until they are seen to."""

from hallq.domain import figure_names as names
from hallq.domain.complaints import Complaint
from hallq.domain.events import (
    ComplaintAnswered,
    ComplaintFollowedUp,
    ComplaintSettled,
    ComplaintTaken,
    NumberLookedAt,
    RatingSeen,
    Recorded,
    VisitRated,
)
from hallq.domain.fold.dispatch import apply_event, count, put_counter
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.ratings import LowRating


@apply_event.register
def _rated(event: VisitRated, draft: Draft, recorded: Recorded) -> None:
    for whose in (names.RATINGS, names.ratings_of(event.clerk)):
        steps = {
            names.rated(whose, "count"): 1,
            names.rated(whose, "sum"): event.score,
            names.rated(whose, "low"): int(event.is_low),
        }
        count(draft, steps)
    counter = draft.counters.get(event.at_counter)
    if counter is not None and counter.left_ticket == event.ticket_id:
        put_counter(draft, replace(counter, left_score=event.score))
    if event.is_low and event.ticket_id not in draft.low_ratings:
        draft.low_ratings[event.ticket_id] = LowRating(
            event.ticket_id,
            event.label,
            draft.business_date,
            event.at_counter,
            event.clerk,
            event.score,
            recorded.at_ms,
        )


@apply_event.register
def _seen(event: RatingSeen, draft: Draft, recorded: Recorded) -> None:
    rating = draft.low_ratings.pop(event.ticket_id, None)
    if rating is not None:
        draft.departed.append(replace(rating, seen_ms=recorded.at_ms, seer=recorded.actor))


@apply_event.register
def _taken(event: ComplaintTaken, draft: Draft, recorded: Recorded) -> None:
    if event.complaint_id in draft.complaints:
        return
    numbers = draft.series.get(event.business_date, {})
    draft.series[event.business_date] = {**numbers, event.series: event.number}
    month_and_day = event.business_date[5:].replace("-", "")
    draft.complaints[event.complaint_id] = Complaint(
        event.complaint_id,
        f"{event.series}{month_and_day}-{event.number:02d}",
        event.business_date,
        event.category,
        event.text,
        event.at_counter,
        event.ticket,
        recorded.at_ms,
        recorded.actor,
        event.number_at,
        event.answer_due_ms,
        event.settle_due_ms,
    )
    count(draft, {names.COMPLAINTS_TAKEN: 1, names.complaints_of(event.category): 1})


@apply_event.register
def _answered(event: ComplaintAnswered, draft: Draft, recorded: Recorded) -> None:
    complaint = draft.complaints.get(event.complaint_id)
    if complaint is None:
        return
    if complaint.answered_ms is None:
        in_time = _in_time(complaint.answer_due_ms, recorded)
        count(draft, {names.COMPLAINTS_ANSWERED: 1, names.COMPLAINTS_ANSWERED_WITHIN: in_time})
    answered_ms = complaint.answered_ms or recorded.at_ms
    draft.complaints[event.complaint_id] = replace(complaint, answered_ms=answered_ms, answer=event.text)


@apply_event.register
def _looked(event: NumberLookedAt, draft: Draft, recorded: Recorded) -> None:
    """Who looked stays in the log; nothing changes by it."""


@apply_event.register
def _settled(event: ComplaintSettled, draft: Draft, recorded: Recorded) -> None:
    complaint = draft.complaints.get(event.complaint_id)
    if complaint is None or complaint.settled_ms is not None:
        return
    in_time = _in_time(complaint.settle_due_ms, recorded)
    count(draft, {names.COMPLAINTS_SETTLED: 1, names.COMPLAINTS_SETTLED_WITHIN: in_time})
    draft.complaints[event.complaint_id] = replace(
        complaint,
        answered_ms=complaint.answered_ms or recorded.at_ms,
        settled_ms=recorded.at_ms,
        settlement=event.text,
        follow_up_due_ms=event.follow_up_due_ms,
    )


@apply_event.register
def _followed_up(event: ComplaintFollowedUp, draft: Draft, recorded: Recorded) -> None:
    complaint = draft.complaints.get(event.complaint_id)
    if complaint is None:
        return
    if event.is_settled:
        del draft.complaints[event.complaint_id]
        draft.departed.append(replace(complaint, ended_ms=recorded.at_ms, follow_up=event.text))
        return
    if complaint.settled_ms is not None:
        count(draft, {names.COMPLAINTS_OPENED_AGAIN: 1})
    draft.complaints[event.complaint_id] = replace(
        complaint, settled_ms=None, follow_up_due_ms=None, follow_up=event.text
    )


def _in_time(due_ms: int | None, recorded: Recorded) -> int:
    return int(due_ms is None or recorded.at_ms <= due_ms)
