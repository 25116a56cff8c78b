"""A call in two halves: kept for a counter first, announced later, by whoever was granted it."""

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.events import TicketAnnounced, TicketGranted
from hallq.domain.tickets import TicketState
from hallq.store import Store
from tests.builders import HandClock, a_hall
from tests.rig.invariants import broken_invariants


def test_a_granted_ticket_is_kept_for_its_counter_which_goes_on_as_before(
    store: Store, clock: HandClock
) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    ticket_id = hall.issues()
    hall.does(i.GrantNext(counter=1))
    ticket = hall.state.tickets[ticket_id]
    assert (ticket.state, ticket.counter) == (TicketState.GRANTED, 1)
    assert hall.state.counter(1).state is CounterState.OPEN
    assert hall.state.recent_calls == ()
    assert broken_invariants(hall.state) == []


def test_asked_again_the_same_grant_is_the_answer(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    hall.issues(), hall.issues()
    assert [type(e) for e in hall.does(i.GrantNext(counter=1))] == [TicketGranted]
    assert hall.does(i.GrantNext(counter=1)) == ()
    assert len(hall.state.waiting()) == 1


def test_what_was_granted_is_called_before_anybody_else(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    first, second = hall.issues(), hall.issues()
    hall.does(i.GrantTicket(counter=1, ticket_id=second))
    called = hall.does(i.CallNext(counter=1))
    assert [type(e) for e in called] == [TicketAnnounced]
    assert hall.state.tickets[second].state is TicketState.CALLED
    assert hall.state.tickets[first].state is TicketState.WAITING


def test_a_pause_gives_the_grant_back_to_the_queue(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    ticket_id = hall.issues()
    hall.does(i.GrantNext(counter=1))
    hall.does(i.PauseCounter(counter=1, reason="meal"))
    assert hall.state.tickets[ticket_id].state is TicketState.WAITING
    hall.calls(2)
    assert hall.state.tickets[ticket_id].counter == 2


def test_a_grant_is_handed_back_once(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    ticket_id = hall.issues()
    hall.does(i.GrantNext(counter=1))
    assert len(hall.does(i.HandBack(counter=1, ticket_id=ticket_id))) == 1
    assert hall.does(i.HandBack(counter=1, ticket_id=ticket_id)) == ()
    assert hall.state.tickets[ticket_id].state is TicketState.WAITING


def test_a_person_frees_a_silent_counter_and_its_tickets_stay_marked(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    served = hall.issues()
    hall.serves(1)
    clock.pass_minutes(3)
    hall.does(i.ReleaseTickets(counter=1))
    ticket = hall.state.tickets[served]
    assert (ticket.state, ticket.contested) == (TicketState.WAITING, True)
    assert hall.state.counter(1).state is CounterState.CLOSED
    assert hall.state.running_transaction(served) is None
    assert broken_invariants(hall.state) == []
    hall.serves(2)
    assert hall.state.tickets[served].counter == 2
