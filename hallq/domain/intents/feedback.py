"""What is said of a visit and of the hall: ratings and complaints."""

from typing import Annotated

from pydantic import AfterValidator, Field

from hallq.domain.customer_number import without_numbers
from hallq.domain.intents.base import CounterNumber, Intent
from hallq.domain.ratings import BEST
from hallq.domain.text import LongText, PlainText

CustomersWords = Annotated[LongText, AfterValidator(without_numbers)]
"""A customer's number is left out: it has a place of its own, where it is encrypted."""


class RateVisit(Intent):
    """The customer rates the visit that has just ended at a counter, from 1 to 5."""

    at_counter: CounterNumber
    ticket_id: PlainText
    score: Annotated[int, Field(ge=1, le=BEST)]


class SeeRating(Intent):
    """A manager has seen to a low rating."""

    ticket_id: PlainText


class TakeComplaint(Intent):
    """Write a complaint down. `number_at`: the terminal that keeps a number to call back."""

    category: PlainText
    text: CustomersWords
    at_counter: CounterNumber | None = None
    number_at: PlainText = ""


class AnswerComplaint(Intent):
    """The customer was answered."""

    complaint_id: PlainText
    text: CustomersWords


class LookAtNumber(Intent):
    """Somebody wants to call back whoever complained. The number itself is in no intent and no event."""

    complaint_id: PlainText


class SettleComplaint(Intent):
    """It is settled; the customer is asked again on a later working day."""

    complaint_id: PlainText
    text: CustomersWords


class FollowUpComplaint(Intent):
    """The customer was asked again: it ends, or it is not settled after all."""

    complaint_id: PlainText
    text: CustomersWords = ""
    is_settled: bool = True
