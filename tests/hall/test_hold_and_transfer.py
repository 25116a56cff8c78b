"""A visit that is held, or goes on elsewhere."""

import pytest

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.domain.transactions import Outcome
from hallq.store import Store
from tests.builders import MINUTE_MS, HandClock, TryHall, a_config, a_hall, counters_with


def test_a_hold_frees_the_counter_and_ends_the_running_transaction(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.serves()
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    assert hall.ticket(ticket_id).state is TicketState.HELD
    assert hall.state.counter(2).state is CounterState.OPEN
    (transaction,) = hall.state.transactions_of(ticket_id)
    assert transaction.outcome is Outcome.INTERRUPTED
    assert "service.count" not in hall.state.figures


def test_a_held_customer_comes_back_to_the_same_counter_at_the_old_place(hall: TryHall) -> None:
    hall.opens(2, 3)
    held = hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    hall.issues()
    hall.does(i.EndHold(ticket_id=held))
    assert hall.calls(3) != held
    assert hall.calls(2) == held


def test_anybody_takes_a_held_customer_when_the_counter_closed(hall: TryHall) -> None:
    hall.opens(2, 3)
    held = hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    hall.does(i.CloseCounter(counter=2))
    hall.does(i.EndHold(ticket_id=held))
    assert hall.calls(3) == held


def test_a_timed_hold_ends_by_itself(hall: TryHall) -> None:
    hall.opens(2)
    held = hall.issues()
    hall.serves()
    hall.does(i.HoldVisit(counter=2, reason="fetching_documents", minutes=8))
    hall.clock.pass_ms(8 * MINUTE_MS - 1)
    assert hall.does(i.KeepHouse()) == ()
    hall.clock.pass_ms(1)
    hall.does(i.KeepHouse())
    assert hall.ticket(held).state is TicketState.WAITING
    assert hall.does(i.KeepHouse()) == ()


def test_a_hold_without_a_time_waits_for_its_end(hall: TryHall) -> None:
    hall.opens(2)
    held = hall.issues()
    hall.serves()
    hall.does(i.HoldVisit(counter=2, reason="phone_call"))
    hall.clock.pass_minutes(600)
    hall.does(i.KeepHouse())
    assert hall.ticket(held).state is TicketState.HELD


def test_a_transfer_keeps_number_issue_time_and_tier(hall: TryHall) -> None:
    hall.opens(2, 8)
    ticket_id = hall.issues()
    before = hall.ticket(ticket_id)
    hall.clock.pass_minutes(3)
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, service="complaint", to_zone="complaints"))
    after = hall.ticket(ticket_id)
    kept = ("label", "issued_ms", "due_ms", "queue_ms", "tier", "lane")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.service, after.bound_zone, after.state) == ("complaint", "complaints", TicketState.WAITING)
    assert hall.refuses(i.CallNext(counter=2)) is Reason.NOBODY_WAITING
    assert hall.calls(8) == ticket_id


def test_a_transfer_to_a_counter_waits_for_that_counter(hall: TryHall) -> None:
    hall.opens(2, 3, 4)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=4))
    assert hall.refuses(i.CallNext(counter=3)) is Reason.NOBODY_WAITING
    assert hall.calls(4) == ticket_id


def test_a_customer_goes_back_to_the_sender_if_wished(hall: TryHall) -> None:
    hall.opens(2, 3)
    ticket_id = hall.issues("sim_replacement")
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, service="payment", to_counter=3, return_to_sender=True))
    hall.serves(3)
    hall.finishes(3)
    back = hall.ticket(ticket_id)
    assert (back.state, back.bound_counter, back.service) == (TicketState.WAITING, 2, "sim_replacement")
    assert hall.serves(2) == ticket_id
    hall.finishes(2)
    assert ticket_id not in hall.state.tickets
    assert hall.state.figures["tickets.finished"] == 1


def test_what_is_being_done_goes_along_and_comes_back_not_what_the_ticket_was_for(hall: TryHall) -> None:
    hall.opens(2, 3)
    ticket_id = hall.issues("plan_change")
    hall.serves(2)
    hall.does(i.StartTransaction(counter=2, service="roaming"))
    hall.does(i.TransferVisit(counter=2, to_counter=3, return_to_sender=True))
    assert hall.ticket(ticket_id).service == "roaming"
    hall.serves(3)
    hall.does(i.StartTransaction(counter=3, service="payment"))
    hall.finishes(3)
    assert hall.ticket(ticket_id).service == "roaming"


@pytest.mark.parametrize(("place", "expected"), [("front", 0), ("original", 1), ("end", 2)])
def test_a_transferred_customer_takes_the_stated_place(
    store: Store, clock: HandClock, place: str, expected: int
) -> None:
    hall = a_hall(store, clock, a_config(calling={"transfer_place": place}))
    hall.opens(2, 3)
    first = hall.issues()
    clock.pass_minutes(1)
    sent = hall.issues()
    clock.pass_minutes(1)
    last = hall.issues()
    hall.serves(3)
    hall.does(i.HoldVisit(counter=3, reason="filling_form"))
    hall.serves(2)
    hall.does(i.EndHold(ticket_id=first))
    hall.does(i.CloseCounter(counter=3))
    clock.pass_minutes(1)
    hall.does(i.TransferVisit(counter=2))
    order = []
    for _ in range(3):
        order.append(hall.serves(2))
        hall.finishes(2)
    assert order.index(sent) == expected
    assert order.index(first) < order.index(last)


def test_a_transfer_needs_a_place_that_exists(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    assert hall.refuses(i.TransferVisit(counter=2, service="haircut")) is Reason.UNKNOWN_SERVICE
    assert hall.refuses(i.TransferVisit(counter=2, to_zone="roof")) is Reason.UNKNOWN_ZONE
    assert hall.refuses(i.TransferVisit(counter=2, to_counter=99)) is Reason.UNKNOWN_COUNTER
    assert hall.refuses(i.TransferVisit(counter=2, to_counter=2)) is Reason.TRANSFER_TO_SELF


def test_a_zone_where_nobody_offers_the_service_binds_nobody(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(counters=counters_with(8, services=["payment"])))
    hall.opens(2, 8)
    ticket_id = hall.issues("complaint")
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_zone="complaints"))
    assert hall.refuses(i.CallNext(counter=8)) is Reason.NOBODY_WAITING
    assert hall.calls(2) == ticket_id


def test_a_counter_may_call_by_hand_whoever_was_sent_to_it(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(counters=counters_with(3, services=["payment"])))
    hall.opens(2, 3)
    ticket_id = hall.issues("complaint")
    assert hall.refuses(i.CallTicket(counter=3, ticket_id=ticket_id)) is Reason.NOT_OFFERED_HERE
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=3))
    hall.does(i.CallTicket(counter=3, ticket_id=ticket_id))


def test_a_visit_sent_on_twice_still_returns_to_its_sender(hall: TryHall) -> None:
    hall.opens(2, 3, 4)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, service="points", to_counter=3, return_to_sender=True))
    hall.serves(3)
    hall.does(i.TransferVisit(counter=3, to_counter=4))
    hall.serves(4)
    hall.finishes(4)
    back = hall.ticket(ticket_id)
    assert (back.bound_counter, back.service, back.return_to) == (2, "payment", None)


def test_after_a_hold_the_interrupted_service_goes_on(hall: TryHall) -> None:
    hall.opens(2)
    held = hall.issues(service="sim_replacement")
    hall.serves()
    hall.does(i.StartTransaction(counter=2, service="payment"))
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    hall.does(i.EndHold(ticket_id=held))
    hall.serves()
    running = hall.state.running_transaction(held)
    assert running is not None
    assert running.service == "payment"
