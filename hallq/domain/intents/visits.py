"""A visit at the counter and its end."""

from typing import Annotated, Literal

from pydantic import Field

from hallq.domain.intents.base import CounterNumber, Intent
from hallq.domain.text import PlainText
from hallq.domain.transactions import Outcome

HoldMinutes = Annotated[float, Field(gt=0, le=24 * 60)]


class ConfirmArrival(Intent):
    """The customer is here: the first transaction starts."""

    counter: CounterNumber


class ReportMissed(Intent):
    """The customer did not come."""

    counter: CounterNumber


class ReturnMissed(Intent):
    """A missed customer came back."""

    ticket_id: PlainText


class StartTransaction(Intent):
    """Begin one more service. A running one ends: as done, or as not possible with its reason."""

    counter: CounterNumber
    service: PlainText
    outcome: Literal[Outcome.DONE, Outcome.NOT_POSSIBLE] = Outcome.DONE
    over_reason: PlainText | None = None
    end_reason: PlainText | None = None


class ExplainOverrun(Intent):
    """Say why the running transaction takes longer than its limit."""

    counter: CounterNumber
    reason: PlainText


class FinishVisit(Intent):
    """End the visit. `forgotten`: the finish key was pressed long after the end."""

    counter: CounterNumber
    outcome: Outcome = Outcome.DONE
    over_reason: PlainText | None = None
    end_reason: PlainText | None = None
    forgotten: bool = False


class HoldVisit(Intent):
    """Let the customer do something else, for some minutes or until called back."""

    counter: CounterNumber
    reason: PlainText
    minutes: HoldMinutes | None = None


class EndHold(Intent):
    """The held customer is back and waits again."""

    ticket_id: PlainText


class TransferVisit(Intent):
    """Send the customer on to a service, a zone or a counter."""

    counter: CounterNumber
    service: PlainText | None = None
    to_zone: PlainText | None = None
    to_counter: CounterNumber | None = None
    return_to_sender: bool = False


class CancelTicket(Intent):
    """End a ticket that nobody serves, with a reason."""

    ticket_id: PlainText
    reason: PlainText


class ReportLeft(Intent):
    """A customer is known to have gone."""

    ticket_id: PlainText
