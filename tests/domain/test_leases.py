"""Leases come from behind the first places, and stay where they are while they can."""

from hallq.domain.leases import LEASE_TICKETS, wanted
from hallq.domain.visible_tickets import with_only, without
from hallq.store import Store
from tests.builders import HandClock, a_config, a_hall


def test_the_first_places_are_never_leased(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    tickets = [hall.issues() for _ in range(8)]
    lease = wanted(hall.state, a_config(), 1, current=(), kept=())
    assert list(lease) == tickets[2 : 2 + LEASE_TICKETS]
    other = wanted(hall.state, a_config(), 2, current=(), kept=lease)
    assert list(other) == tickets[5:]


def test_a_lease_is_kept_while_it_is_far_enough_behind(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    tickets = [hall.issues() for _ in range(12)]
    held = (tickets[6], tickets[7], tickets[1])
    lease = wanted(hall.state, a_config(), 1, current=held, kept=())
    assert list(lease) == [tickets[2], tickets[6], tickets[7]]


def test_a_closed_or_paused_counter_holds_nothing(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    for _ in range(8):
        hall.issues()
    assert wanted(hall.state, a_config(), 2, current=(), kept=()) == ()
    assert wanted(hall.state, a_config(), 99, current=(), kept=()) == ()


def test_what_is_hidden_does_not_wait(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    first, second = hall.issues(), hall.issues()
    assert [t.ticket_id for t in without(hall.state, {first}).waiting()] == [second]
    hall.serves(1)
    cut_off = with_only(hall.state, ())
    assert cut_off.waiting() == []
    assert cut_off.ticket_at(1) is not None
