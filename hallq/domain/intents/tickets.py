"""Numbers at the door, and calling them."""

from hallq.domain.intents.base import CounterNumber, Intent
from hallq.domain.lanes import Tier
from hallq.domain.text import PlainText


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
