"""Calling: granted and announced to one counter, called again, taken back, missed."""

import json

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.events import TicketAnnounced, TicketGranted
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from tests.builders import MINUTE_MS, TryHall


def test_a_call_is_granted_to_one_counter_and_then_announced(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    granted, announced = hall.does(i.CallNext(counter=2))
    assert isinstance(granted, TicketGranted)
    assert isinstance(announced, TicketAnnounced)
    assert (granted.ticket_id, announced.ticket_id, announced.clerk) == (ticket_id, ticket_id, "clerk-2")
    assert hall.ticket(ticket_id).state is TicketState.CALLED
    assert hall.state.counter(2).state is CounterState.CALLING


def test_two_counters_never_get_the_same_ticket(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.calls(2)
    assert hall.refuses(i.CallNext(counter=3)) is Reason.NOBODY_WAITING
    assert hall.refuses(i.CallNext(counter=2)) is Reason.COUNTER_BUSY


def test_a_call_says_why_and_who_was_passed_over(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(1)
    vip = hall.issues(tier=Tier.GOLD)
    hall.calls()
    why = json.loads(hall.ticket(vip).why or "")
    assert why["rule"] == "priority-first"
    assert [passed["label"] for passed in why["passed_over"]] == ["B001"]


def test_the_wait_runs_to_the_first_call_and_the_walk_from_there(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.clock.pass_minutes(4)
    hall.calls()
    hall.clock.pass_minutes(1)
    hall.does(i.Recall(counter=2))
    hall.clock.pass_minutes(2)
    hall.does(i.ConfirmArrival(counter=2))
    ticket = hall.ticket(ticket_id)
    assert (ticket.wait_ms, ticket.walk_ms) == (4 * MINUTE_MS, 3 * MINUTE_MS)
    assert (ticket.calls, ticket.recalls) == (2, 1)
    assert (hall.state.figures["walk.ms"], hall.state.figures["walk.count"]) == (3 * MINUTE_MS, 1)


def test_a_withdrawn_call_gives_the_old_place_back(hall: TryHall) -> None:
    hall.opens(2)
    first = hall.issues()
    hall.issues()
    place = hall.ticket(first).queue_key
    hall.calls()
    hall.does(i.WithdrawCall(counter=2))
    assert hall.ticket(first).queue_key == place
    assert hall.state.counter(2).state is CounterState.OPEN
    assert hall.calls() == first


def test_one_ticket_can_be_called_out_of_order(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(1)
    second = hall.issues()
    granted, _ = hall.does(i.CallTicket(counter=2, ticket_id=second))
    assert isinstance(granted, TicketGranted)
    assert (granted.rule, [p.label for p in granted.passed_over]) == ("by-hand", ["B001"])


def test_the_board_shows_a_recalled_ticket_first_and_once(hall: TryHall) -> None:
    hall.opens(2, 3)
    first, second = hall.issues(), hall.issues()
    hall.calls(2)
    hall.calls(3)
    hall.does(i.Recall(counter=2))
    assert [call.ticket_id for call in hall.state.recent_calls] == [first, second]
    assert hall.state.recent_calls[0].calls == 2
    assert hall.store.load_state().recent_calls == hall.state.recent_calls


def test_the_first_clerk_stays_answerable(hall: TryHall) -> None:
    hall.opens(2, 3)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=3))
    hall.serves(3)
    ticket = hall.ticket(ticket_id)
    assert (ticket.first_clerk, ticket.first_counter, ticket.clerk) == ("clerk-2", 2, "clerk-3")
    assert ticket.counters_visited == 2
