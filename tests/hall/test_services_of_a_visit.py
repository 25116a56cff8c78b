"""Several services in one visit: each has its own time and its own end."""

from hallq.domain import intents as i
from hallq.domain.first_clerk import first_counter
from hallq.domain.refusals import Reason
from hallq.domain.transactions import Outcome
from hallq.domain.views.visit_bill import visit_bill
from tests.builders import TryHall


def test_what_was_not_possible_does_not_end_the_visit(hall: TryHall) -> None:
    hall.opens(2)
    ticket = hall.issues("sim_replacement")
    hall.serves()
    hall.clock.pass_minutes(11)
    hall.does(
        i.StartTransaction(
            counter=2,
            service="payment",
            outcome=Outcome.NOT_POSSIBLE,
            end_reason="documents_missing",
            over_reason="complex",
        )
    )
    hall.clock.pass_minutes(2)
    first, second = hall.state.transactions_of(ticket)
    assert (first.outcome, first.end_reason) == (Outcome.NOT_POSSIBLE, "documents_missing")
    assert first.over_reason == "complex"
    assert second.ended_ms is None
    assert hall.state.figures["transactions.not_possible"] == 1
    hall.finishes()
    assert hall.state.figures["tickets.finished"] == 1
    assert hall.store.load_state() == hall.state


def test_a_reason_that_the_hall_does_not_list_begins_nothing(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    other = i.StartTransaction(counter=2, service="points", end_reason="conditions")
    assert hall.refuses(other) is Reason.UNKNOWN_REASON  # it was done: nothing was in its way
    over = i.StartTransaction(counter=2, service="points", over_reason="bored")
    assert hall.refuses(over) is Reason.UNKNOWN_REASON


def test_the_bill_has_each_service_once(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues("sim_replacement")
    hall.serves()
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    ticket = next(iter(hall.state.tickets))
    hall.does(i.EndHold(ticket_id=ticket))
    hall.serves()
    hall.does(i.StartTransaction(counter=2, service="points"))
    bill = visit_bill(hall.state, 2)
    assert bill is not None
    ended = bill.after(hall.does(i.FinishVisit(counter=2, outcome=Outcome.NOT_POSSIBLE)))
    assert [(t.service, t.outcome) for t in ended.shown] == [
        ("sim_replacement", Outcome.DONE),
        ("points", Outcome.NOT_POSSIBLE),
    ]
    assert visit_bill(hall.state, 2) is None


def test_the_first_clerk_stays_the_first_over_two_transfers_and_is_found_where_they_sit(
    hall: TryHall,
) -> None:
    hall.opens(2, 3, 4)
    ticket = hall.issues()
    hall.serves(2)
    assert first_counter(hall.state, 2) is None
    for here, there in ((2, 3), (3, 4)):
        hall.does(i.TransferVisit(counter=here, to_counter=there))
        hall.serves(there)
        assert (hall.ticket(ticket).first_counter, hall.ticket(ticket).first_clerk) == (2, "clerk-2")
        assert first_counter(hall.state, there) == 2
    hall.does(i.CloseCounter(counter=2))
    hall.does(i.OpenCounter(counter=5, clerk="clerk-2"))
    assert first_counter(hall.state, 4) == 5
    hall.does(i.TransferVisit(counter=4, to_counter=5))
    assert hall.serves(5) == ticket
    assert first_counter(hall.state, 5) is None
