"""The hall that lives: it is full from the first second, and makes room for a person."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.hall import Actor, Done
from hallq.settings import load_config
from hallq.simulation.colleagues import LivingHall, open_living_hall
from hallq.store import open_store
from hallq.store.verify import verify_store

CONFIG = load_config()
PERSON = Actor("me", "t1")


@pytest.fixture
def living(tmp_path: Path) -> Iterator[LivingHall]:
    """A living hall, much faster than life."""
    opened = open_living_hall(tmp_path, CONFIG, speed=20_000, today=datetime.date(2026, 11, 20))
    yield opened
    opened.close()


def live_until(living: LivingHall, come_true: Callable[[], bool], steps: int = 20_000) -> None:
    """Step until something is true."""
    for _ in range(steps):
        if come_true():
            return
        living.step()
    raise AssertionError("it never came true")


def test_the_board_lives_from_the_first_second(living: LivingHall) -> None:
    state = living.hall.state
    assert state.is_open
    assert len(state.recent_calls) >= 5
    assert state.figures["tickets.finished"] > 5
    assert len({counter.clerk for counter in state.counters.values()}) == len(CONFIG.counters)


def test_customers_go_on_coming_and_nothing_breaks(living: LivingHall, tmp_path: Path) -> None:
    issued = living.hall.state.figures["tickets.issued"]
    live_until(living, lambda: living.hall.state.figures["tickets.issued"] > issued + 30)
    assert living.hall.state.broken_invariants() == []
    store = open_store(tmp_path / "hall.db")
    assert verify_store(store).differences == []
    store.close()


def test_a_person_takes_a_counter_works_there_and_gives_it_back(living: LivingHall) -> None:
    assert living.take(3)
    assert living.hall.state.counter(3).state is CounterState.CLOSED
    assert isinstance(living.hall.perform(i.OpenCounter(counter=3, clerk="me"), PERSON), Done)
    live_until(living, lambda: bool(living.hall.state.waiting()))
    assert isinstance(living.hall.perform(i.CallNext(counter=3), PERSON), Done)
    before = living.hall.state.counter(3)
    issued = living.hall.state.figures["tickets.issued"]
    live_until(living, lambda: living.hall.state.figures["tickets.issued"] > issued + 10)
    assert living.hall.state.counter(3) == before
    living.give_back(3)
    assert living.hall.state.counter(3).clerk != "me"
    live_until(living, lambda: living.hall.state.counter(3).state is CounterState.SERVING)


def test_a_counter_that_is_not_there_cannot_be_taken(living: LivingHall) -> None:
    assert not living.take(99)


def test_a_customer_that_a_person_let_in_is_served(living: LivingHall) -> None:
    done = living.hall.perform(i.IssueTicket(service="points"), PERSON)
    assert isinstance(done, Done)
    ticket_id = done.events[0].model_dump()["ticket_id"]
    assert living.is_here(ticket_id)
    live_until(living, lambda: ticket_id not in living.hall.state.tickets)


def test_after_closing_the_night_is_skipped(living: LivingHall) -> None:
    first = living.hall.state.business_date
    live_until(living, lambda: living.hall.state.business_date != first, steps=200_000)
    assert living.hall.state.is_open
