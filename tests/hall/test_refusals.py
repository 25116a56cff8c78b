"""Every reason to say no can be met, and changes nothing."""

from hallq.domain import intents as i
from hallq.domain.counters import Counter, CounterState
from hallq.domain.decide import Moment, decide
from hallq.domain.intents import Intent
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState
from hallq.store import Store
from tests.builders import MORNING_MS, HandClock, TryHall, a_config, a_hall, a_ticket, counters_with


def _prepared(hall: TryHall) -> dict[Reason, Intent]:
    """A hall in the middle of the morning, and an intent for each refusal."""
    hall.opens(2, 3, 4, 5)
    served, called, missed, held = (hall.issues() for _ in range(4))
    hall.serves(2)
    hall.calls(3)
    hall.calls(4)
    hall.does(i.ReportMissed(counter=4))
    hall.serves(4)
    hall.does(i.HoldVisit(counter=4, reason="phone_call"))
    hall.does(i.PauseCounter(counter=5, reason="meal"))
    hall.issues("complaint", customer="c-1")
    hall.clock.pass_minutes(31)
    return {
        Reason.DAY_ALREADY_OPEN: i.OpenDay(business_date="2026-11-23"),
        Reason.DAY_STILL_SERVING: i.CloseDay(),
        Reason.UNKNOWN_COUNTER: i.CallNext(counter=77),
        Reason.UNKNOWN_SERVICE: i.IssueTicket(service="haircut"),
        Reason.UNKNOWN_ZONE: i.TransferVisit(counter=2, to_zone="roof"),
        Reason.UNKNOWN_TICKET: i.EndHold(ticket_id="nobody"),
        Reason.UNKNOWN_REASON: i.HoldVisit(counter=2, reason="nap"),
        Reason.COUNTER_CLOSED: i.CallNext(counter=6),
        Reason.COUNTER_OPEN: i.OpenCounter(counter=2, clerk="9"),
        Reason.COUNTER_PAUSED: i.CallNext(counter=5),
        Reason.COUNTER_BUSY: i.CallNext(counter=2),
        Reason.COUNTER_IDLE: i.ResumeCounter(counter=4),
        Reason.CLERK_ELSEWHERE: i.OpenCounter(counter=6, clerk="clerk-2"),
        Reason.NOBODY_WAITING: i.CallNext(counter=4),
        Reason.NOT_WAITING: i.CallTicket(counter=4, ticket_id=served),
        Reason.NOT_OFFERED_HERE: i.StartTransaction(counter=2, service="complaint"),
        Reason.NOT_CALLING: i.Recall(counter=2),
        Reason.NOT_SERVING: i.FinishVisit(counter=3),
        Reason.NOT_HELD: i.EndHold(ticket_id=called),
        Reason.NOT_MISSED: i.ReturnMissed(ticket_id=held),
        Reason.WINDOW_PASSED: i.ReturnMissed(ticket_id=missed),
        Reason.ALREADY_QUEUEING: i.IssueTicket(service="payment", customer="c-1"),
        Reason.TRANSFER_TO_SELF: i.TransferVisit(counter=2, to_counter=2),
        Reason.NOT_CANCELLABLE: i.CancelTicket(ticket_id=served, reason="duplicate"),
    }


def test_each_refusal_can_be_met(store: Store, clock: HandClock) -> None:
    rules = counters_with(2, services=["payment"])
    rules = [{**rule, "services": ["payment"]} if rule["number"] in (2, 4) else rule for rule in rules]
    hall = a_hall(store, clock, a_config(counters=rules))
    met = {reason for reason, intent in _prepared(hall).items() if hall.refuses(intent) is reason}
    ticket_id = hall.issues(tier=Tier.GOLD)
    assert hall.refuses(i.GivePriority(ticket_id=ticket_id, reason="infant")) is Reason.ALREADY_PRIORITY
    for counter, intent in ((2, i.FinishVisit), (3, i.WithdrawCall)):
        hall.does(intent(counter=counter))
    hall.does(i.GrantNext(counter=2))
    other = hall.issues()
    assert hall.refuses(i.CallTicket(counter=2, ticket_id=other)) is Reason.GRANTED_FIRST
    hall.does(i.CloseDay())
    assert hall.refuses(i.CloseDay()) is Reason.DAY_NOT_OPEN
    hall.does(i.OpenDay(business_date="2026-11-23"))
    hall.does(i.CloseDay())
    assert hall.refuses(i.OpenDay(business_date="2026-11-22")) is Reason.DAY_ALREADY_WORKED
    later = {
        Reason.GRANTED_FIRST,
        Reason.ALREADY_PRIORITY,
        Reason.DAY_NOT_OPEN,
        Reason.DAY_ALREADY_WORKED,
        Reason.NEEDS_HUB,  # tests/sync
        Reason.NEEDS_HUB_FOR,
        Reason.ENROL_ANEW,
        Reason.SIGN_IN_AGAIN,  # tests/staff
        Reason.NOT_ALLOWED,
        Reason.NOT_YOUR_COUNTER,
        Reason.NEEDS_WORD,
        Reason.NUMBER_TAKEN,
        Reason.NO_ROLE,
        Reason.LAST_ADMIN,
        Reason.RATING_OVER,  # tests/hall/test_ratings.py
        Reason.NOTHING_SAID,  # tests/hall/test_complaints.py
        Reason.COMPLAINT_FURTHER,
        Reason.NUMBER_ELSEWHERE,
        Reason.LATER_REASON,
        Reason.NOTE_SETTLED,  # tests/hall/test_shift.py
        Reason.HUB_FIRST,
        Reason.NO_SUCH_SLOT,  # test_appointments
        Reason.SLOT_FULL,
        Reason.SLOT_OVER,
        Reason.NOT_BOOKED,
        Reason.MOVE_TOO_LATE,
        Reason.TOO_EARLY,
    }
    assert met | later | {Reason.NO_TRANSACTION} == set(Reason)


def test_a_visit_without_a_running_transaction_has_nothing_to_explain() -> None:
    ticket = a_ticket(state=TicketState.SERVING, counter=2)
    state = HallState(
        tickets={ticket.ticket_id: ticket},
        counters={2: Counter(2, CounterState.SERVING, MORNING_MS, "1001", ticket.ticket_id)},
    )
    moment = Moment(a_config(), MORNING_MS, MORNING_MS, lambda: "id")
    refusal = decide(i.ExplainOverrun(counter=2, reason="complex"), state, moment)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.NO_TRANSACTION
