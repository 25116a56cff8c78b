"""Ratings: of the visit that has just ended, once, within a while."""

from hallq.domain.decide.dispatch import Decision, Moment, decide
from hallq.domain.events import RatingSeen, VisitRated
from hallq.domain.intents import RateVisit, SeeRating
from hallq.domain.ratings import WINDOW_MS
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState


@decide.register
def _rate(intent: RateVisit, state: HallState, moment: Moment) -> Decision:
    counter = state.counter(intent.at_counter)
    is_over = moment.now_ms - (counter.left_ms or 0) > WINDOW_MS
    if counter.left_ticket != intent.ticket_id or counter.left_score is not None or is_over:
        return Refusal(Reason.RATING_OVER)
    return [
        VisitRated(
            ticket_id=intent.ticket_id,
            label=counter.left_label or "",
            at_counter=intent.at_counter,
            clerk=counter.left_clerk or "",
            score=intent.score,
            is_low=intent.score <= moment.config.rating.low,
        )
    ]


@decide.register
def _seen(intent: SeeRating, state: HallState, moment: Moment) -> Decision:
    return [RatingSeen(ticket_id=intent.ticket_id)] if intent.ticket_id in state.low_ratings else []
