"""A counter is taken out of the settings while a clerk works there."""

import pytest

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.refusals import Reason
from hallq.domain.views.manager import manager_view
from tests.builders import TryHall, a_config, a_hall, counters_with

WITHOUT_8 = a_config(counters=[rule for rule in counters_with(99) if rule["number"] != 8])


@pytest.fixture
def smaller(hall: TryHall) -> TryHall:
    """The hall after its settings lost counter 8, where somebody is served."""
    hall.opens(2, 8)
    hall.issues()
    hall.serves(8)
    return a_hall(hall.store, hall.clock, WITHOUT_8)


def test_what_was_begun_there_is_finished_there(smaller: TryHall) -> None:
    smaller.does(i.StartTransaction(counter=8, service="payment"))
    smaller.finishes(8)
    smaller.does(i.PauseCounter(counter=8, reason="meal"))
    smaller.does(i.ResumeCounter(counter=8))
    smaller.does(i.CloseCounter(counter=8))
    smaller.does(i.CloseDay())


def test_nobody_is_called_there_and_nobody_sits_down_there(smaller: TryHall) -> None:
    smaller.finishes(8)
    ticket_id = smaller.issues()
    assert smaller.refuses(i.CallNext(counter=8)) is Reason.UNKNOWN_COUNTER
    assert smaller.refuses(i.CallTicket(counter=8, ticket_id=ticket_id)) is Reason.UNKNOWN_COUNTER
    smaller.does(i.CloseCounter(counter=8))
    assert smaller.refuses(i.OpenCounter(counter=8, clerk="clerk-8")) is Reason.UNKNOWN_COUNTER


def test_the_manager_sees_it_until_the_clerk_leaves(smaller: TryHall) -> None:
    def shown() -> dict[int, CounterState]:
        view = manager_view(smaller.state, smaller.hall.config, smaller.hall.now_ms(), smaller.hall.wall_ms())
        return {card.number: card.state for card in view.cards}

    assert shown()[8] is CounterState.SERVING
    smaller.finishes(8)
    smaller.does(i.CloseCounter(counter=8))
    assert 8 not in shown()


def test_who_was_sent_there_is_called_elsewhere(hall: TryHall) -> None:
    hall.opens(2, 8)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=8))
    smaller = a_hall(hall.store, hall.clock, WITHOUT_8)
    assert smaller.calls(2) == ticket_id
