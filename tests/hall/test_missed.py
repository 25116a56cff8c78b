"""A customer who does not come, and one who comes back."""

from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.store import Store
from tests.builders import HandClock, TryHall, a_config, a_hall


def _missed_then_three_more(hall: TryHall) -> str:
    hall.opens(2)
    missed = hall.issues()
    hall.calls()
    hall.does(i.ReportMissed(counter=2))
    for _ in range(3):
        hall.clock.pass_minutes(1)
        hall.issues()
    return missed


def test_a_missed_customer_keeps_the_number_for_a_while(hall: TryHall) -> None:
    missed = _missed_then_three_more(hall)
    ticket = hall.ticket(missed)
    assert (ticket.state, ticket.missed_times) == (TicketState.MISSED, 1)
    assert hall.calls() != missed
    assert hall.state.figures["calls.missed"] == 1


@pytest.mark.parametrize(
    ("place", "after", "expected"), [("front", 0, 0), ("after", 2, 2), ("after", 9, 3), ("end", 0, 3)]
)
@pytest.mark.parametrize("policy", ["arrival", "strict", "deadline"])
def test_who_comes_back_takes_the_stated_place(
    store: Store, clock: HandClock, policy: str, place: str, after: int, expected: int
) -> None:
    rules = {"missed_place": place, "missed_after": after}
    hall = a_hall(store, clock, a_config(policy, calling=rules))
    missed = _missed_then_three_more(hall)
    hall.clock.pass_minutes(1)
    hall.does(i.ReturnMissed(ticket_id=missed))
    order = []
    for _ in range(4):
        order.append(hall.serves())
        hall.finishes()
    assert order.index(missed) == expected


def test_the_window_passes(hall: TryHall) -> None:
    missed = _missed_then_three_more(hall)
    hall.clock.pass_minutes(31)
    assert hall.refuses(i.ReturnMissed(ticket_id=missed)) is Reason.WINDOW_PASSED
    hall.does(i.KeepHouse())
    assert missed not in hall.state.tickets
    assert hall.state.figures["tickets.expired"] == 1
    assert hall.refuses(i.ReturnMissed(ticket_id=missed)) is Reason.UNKNOWN_TICKET


def test_only_a_missed_customer_comes_back(hall: TryHall) -> None:
    assert hall.refuses(i.ReturnMissed(ticket_id=hall.issues())) is Reason.NOT_MISSED


def test_a_reloaded_hall_still_knows_the_missed(hall: TryHall, tmp_path: Path) -> None:
    missed = _missed_then_three_more(hall)
    again = a_hall(hall.store, hall.clock)
    again.does(i.ReturnMissed(ticket_id=missed))
    assert again.ticket(missed).state is TicketState.WAITING
