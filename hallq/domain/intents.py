"""What a person, or the hall's own clockwork, may ask for."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hallq.domain.lanes import Tier
from hallq.domain.staff import Role, StaffChange
from hallq.domain.text import PlainText
from hallq.domain.transactions import Outcome

CounterNumber = Annotated[int, Field(ge=1, le=999)]


def _is_a_date(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("a date is needed, for example 2026-11-22")
    return text


BusinessDate = Annotated[str, AfterValidator(_is_a_date)]
HoldMinutes = Annotated[float, Field(gt=0, le=24 * 60)]


class Intent(BaseModel):
    """Base of all intents."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class OpenDay(Intent):
    """Begin the business day, or open a closed one of the same date again."""

    business_date: BusinessDate


class CloseDay(Intent):
    """End the business day; those still waiting are carried over or expire."""

    carry: Literal["none", "all"] | tuple[str, ...] = "none"


class AdoptClock(Intent):
    """Show the computer's time again after its clock was set."""


class OpenCounter(Intent):
    """Take a counter."""

    counter: CounterNumber
    clerk: PlainText


class TakeOverCounter(Intent):
    """Go on at a counter in a colleague's place, with whoever is there."""

    counter: CounterNumber
    clerk: PlainText


class CloseCounter(Intent):
    """Leave the counter."""

    counter: CounterNumber


class PauseCounter(Intent):
    """Take nobody for a while."""

    counter: CounterNumber
    reason: PlainText


class ResumeCounter(Intent):
    """Take customers again."""

    counter: CounterNumber


class IssueTicket(Intent):
    """Give a customer a number. `customer` is an opaque reference."""

    service: PlainText
    tier: Tier = Tier.NONE
    customer: PlainText | None = None
    priority_reason: PlainText | None = None
    second_ticket: bool = False


class DivertCustomer(Intent):
    """Show a customer to self-service; counted, no ticket."""

    service: PlainText


class GivePriority(Intent):
    """Move a waiting ticket to the priority lane by hand."""

    ticket_id: PlainText
    reason: PlainText


class CallNext(Intent):
    """Call whom the policy chooses."""

    counter: CounterNumber


class CallTicket(Intent):
    """Call one ticket out of order."""

    counter: CounterNumber
    ticket_id: PlainText


class GrantNext(Intent):
    """Keep for the counter whom the policy chooses: the hub's half of a call."""

    counter: CounterNumber


class GrantTicket(Intent):
    """Keep one ticket for the counter out of order: the hub's half of a call."""

    counter: CounterNumber
    ticket_id: PlainText


class HandBack(Intent):
    """Give back a granted ticket that was never announced."""

    counter: CounterNumber
    ticket_id: PlainText


class ReleaseTickets(Intent):
    """Free the tickets that a silent counter was granted; a person has looked at it."""

    counter: CounterNumber


class Recall(Intent):
    """Call the same customer again."""

    counter: CounterNumber


class WithdrawCall(Intent):
    """Take the call back; the customer keeps the old place."""

    counter: CounterNumber


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
    """Begin one more service; a running one ends as done."""

    counter: CounterNumber
    service: PlainText


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
    """Withdraw a ticket."""

    ticket_id: PlainText
    reason: PlainText


class ReportLeft(Intent):
    """A customer is known to have gone."""

    ticket_id: PlainText


class ChangeStaff(Intent):
    """Put somebody on the staff list, or change what it says; secrets go beside it, never in it."""

    staff_id: PlainText
    number: PlainText
    change: StaffChange
    roles: tuple[Role, ...]


class KeepHouse(Intent):
    """What the clock brings about: timed holds end, missed windows pass."""
