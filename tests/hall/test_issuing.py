"""Taking a number."""

import pytest

from hallq.domain import intents as i
from hallq.domain.events import TicketIssued
from hallq.domain.figures import service_level
from hallq.domain.lanes import Lane, Tier
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from tests.builders import MINUTE_MS, TryHall


def test_a_regular_customer_gets_the_letter_of_the_service_and_fifteen_minutes(hall: TryHall) -> None:
    ticket = hall.ticket(hall.issues("payment"))
    assert (ticket.label, ticket.lane, ticket.state) == ("B001", Lane.STANDARD, TicketState.WAITING)
    assert ticket.due_ms - ticket.issued_ms == 15 * MINUTE_MS


@pytest.mark.parametrize("tier", [Tier.SUPREME, Tier.DIAMOND, Tier.GOLD])
def test_a_vip_gets_a_v_number_and_five_minutes(hall: TryHall, tier: Tier) -> None:
    ticket = hall.ticket(hall.issues("payment", tier))
    assert (ticket.label, ticket.lane) == ("V001", Lane.PRIORITY)
    assert ticket.due_ms - ticket.issued_ms == 5 * MINUTE_MS


def test_silver_waits_in_the_standard_lane_by_default(hall: TryHall) -> None:
    assert hall.ticket(hall.issues("payment", Tier.SILVER)).lane is Lane.STANDARD


def test_each_series_counts_for_itself(hall: TryHall) -> None:
    labels = [hall.ticket(hall.issues(s)).label for s in ("payment", "consultation", "points", "complaint")]
    assert labels == ["B001", "C001", "B002", "C002"]


def test_a_number_is_not_used_again_after_its_ticket_is_gone(hall: TryHall) -> None:
    first = hall.issues()
    hall.does(i.CancelTicket(ticket_id=first, reason="customer_wish"))
    assert hall.ticket(hall.issues()).label == "B002"


def test_the_same_customer_cannot_queue_twice_unasked(hall: TryHall) -> None:
    hall.issues(customer="c-1")
    assert hall.refuses(i.IssueTicket(service="points", customer="c-1")) is Reason.ALREADY_QUEUEING
    hall.issues("points", customer="c-1", second_ticket=True)
    hall.issues("points", customer="c-2")


def test_a_customer_who_was_served_may_come_again(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues(customer="c-1")
    hall.serves()
    assert hall.refuses(i.IssueTicket(service="points", customer="c-1")) is Reason.ALREADY_QUEUEING
    hall.finishes()
    hall.issues(customer="c-1")


def test_priority_at_the_door_needs_a_known_reason(hall: TryHall) -> None:
    assert hall.refuses(i.IssueTicket(service="payment", priority_reason="friend")) is Reason.UNKNOWN_REASON
    event = hall.event(i.IssueTicket(service="payment", priority_reason="elderly"), TicketIssued)
    assert (event.lane, event.priority_reason, event.tier) == (Lane.PRIORITY, "elderly", Tier.NONE)


def test_priority_by_hand_promises_from_now_on_and_keeps_the_number(hall: TryHall) -> None:
    ticket_id = hall.issues()
    hall.clock.pass_minutes(2)
    assert hall.refuses(i.GivePriority(ticket_id=ticket_id, reason="friend")) is Reason.UNKNOWN_REASON
    hall.does(i.GivePriority(ticket_id=ticket_id, reason="pregnant"))
    raised = hall.ticket(ticket_id)
    assert (raised.lane, raised.label, raised.priority_reason) == (Lane.PRIORITY, "B001", "pregnant")
    assert raised.due_ms - hall.hall.now_ms() == 5 * MINUTE_MS
    assert hall.refuses(i.GivePriority(ticket_id=ticket_id, reason="pregnant")) is Reason.ALREADY_PRIORITY


def test_priority_by_hand_never_puts_a_promise_off(hall: TryHall) -> None:
    ticket_id = hall.issues()
    due_ms = hall.ticket(ticket_id).due_ms
    hall.clock.pass_minutes(12)
    hall.does(i.GivePriority(ticket_id=ticket_id, reason="pregnant"))
    assert hall.ticket(ticket_id).due_ms == due_ms


def test_a_broken_promise_stays_with_the_lane_that_gave_it(hall: TryHall) -> None:
    def shares() -> dict[Lane, tuple[int, int]]:
        now_ms = hall.hall.now_ms()
        found = {lane: service_level(hall.state.figures, lane, hall.state.waiting(), now_ms) for lane in Lane}
        return {lane: (share.part, share.whole) for lane, share in found.items()}

    hall.opens(2)
    ticket_id = hall.issues()
    hall.clock.pass_minutes(20)
    assert shares() == {Lane.PRIORITY: (0, 0), Lane.STANDARD: (0, 1)}
    hall.does(i.GivePriority(ticket_id=ticket_id, reason="pregnant"))
    assert shares() == {Lane.PRIORITY: (0, 0), Lane.STANDARD: (0, 1)}
    hall.calls(2)
    assert shares() == {Lane.PRIORITY: (1, 1), Lane.STANDARD: (0, 1)}


def test_a_diverted_customer_is_counted_and_gets_no_ticket(hall: TryHall) -> None:
    hall.does(i.DivertCustomer(service="bill_query"))
    assert not hall.state.tickets
    assert (hall.state.figures["diverted"], hall.state.figures["diverted.bill_query"]) == (1, 1)
