"""Events of what customers say: ratings and complaints. No event holds a customer's number."""

from hallq.domain.events.base import Event, Milliseconds, Whole
from hallq.domain.text import LongText, PlainText


class VisitRated(Event):
    """The customer rated a visit. `is_low`: a manager is to be told."""

    kind = "visit.rated"
    ticket_id: str
    label: str
    at_counter: Whole
    clerk: str
    score: Whole
    is_low: bool


class RatingSeen(Event):
    """A manager has seen to a low rating."""

    kind = "visit.rating-seen"
    ticket_id: str


class ComplaintTaken(Event):
    """A complaint was written down. `ticket`: the number that its customer held."""

    kind = "complaint.taken"
    complaint_id: str
    business_date: str
    series: str
    number: Whole
    category: str
    text: LongText
    at_counter: Whole | None = None
    ticket: PlainText | None = None
    number_at: PlainText = ""
    answer_due_ms: Milliseconds | None = None
    settle_due_ms: Milliseconds | None = None


class ComplaintAnswered(Event):
    """The customer was answered."""

    kind = "complaint.answered"
    complaint_id: str
    text: LongText


class NumberLookedAt(Event):
    """The number to call back was shown to whoever signed this."""

    kind = "complaint.number-looked-at"
    complaint_id: str


class ComplaintSettled(Event):
    """It was settled."""

    kind = "complaint.settled"
    complaint_id: str
    text: LongText
    follow_up_due_ms: Milliseconds


class ComplaintFollowedUp(Event):
    """The customer was asked again: the end of it, unless it is not settled after all."""

    kind = "complaint.followed-up"
    complaint_id: str
    text: LongText
    is_settled: bool = True
