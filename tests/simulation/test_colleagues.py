"""The hall that lives: it is full from the first second, and makes room for a person."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.state import HallState
from hallq.domain.views.today import Standing, today_view
from hallq.hall import Actor, Done
from hallq.settings import load_config
from hallq.simulation.colleagues import open_living_hall
from hallq.store import open_store
from hallq.store.verify import verify_store
from tests.builders import a_config
from tests.rig.invariants import broken_invariants

CONFIG = load_config()
PERSON = Actor("me", "t1")
TODAY = datetime.date(2026, 11, 20)


@dataclass
class Life:
    """A living hall whose real time is in the test's hand."""

    folder: Path
    config: HallConfig = CONFIG
    seconds: float = 0.0

    def __post_init__(self) -> None:
        """Open the hall."""
        self.living = open_living_hall(
            self.folder, self.config, speed=60, today=TODAY, monotonic=lambda: self.seconds
        )

    @property
    def state(self) -> HallState:
        """The hall's state."""
        return self.living.hall.state

    def until(self, come_true: Callable[[], bool], steps: int = 50_000) -> None:
        """Live on until something is true."""
        for _ in range(steps):
            if come_true():
                return
            self.seconds += self.living.step()
        raise AssertionError("it never came true")

    def until_more_came(self, customers: int) -> None:
        """Live on until so many more took a number."""
        issued = self.state.figures["tickets.issued"]
        self.until(lambda: self.state.figures["tickets.issued"] >= issued + customers)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    """A hall that lives."""
    opened = Life(tmp_path)
    yield opened
    opened.living.close()


def test_who_only_looks_on_sees_the_promises_kept(life: Life) -> None:
    life.living.take(2)
    life.until_more_came(200)
    hall = life.living.hall
    lanes = today_view(life.state, CONFIG, hall.now_ms()).lanes
    assert [lane.standing for lane in lanes] == [Standing.REACHED, Standing.REACHED]


def test_the_board_lives_from_the_first_second(life: Life) -> None:
    assert life.state.is_open
    assert len(life.state.recent_calls) >= 5
    assert life.state.figures["tickets.finished"] > 5
    assert len({counter.clerk for counter in life.state.counters.values()}) == len(CONFIG.counters)


def test_customers_go_on_coming_and_nothing_breaks(life: Life) -> None:
    life.until_more_came(30)
    assert broken_invariants(life.state) == []
    store = open_store(life.folder / "hall.db")
    assert verify_store(store).differences == []
    store.close()


def test_a_person_takes_a_counter_works_there(life: Life) -> None:
    living = life.living
    assert living.take(3)
    assert life.state.counter(3).state is CounterState.CLOSED
    assert isinstance(living.hall.perform(i.OpenCounter(counter=3, clerk="me"), PERSON), Done)
    life.until(lambda: bool(life.state.waiting()))
    assert isinstance(living.hall.perform(i.CallNext(counter=3), PERSON), Done)
    before = life.state.counter(3)
    life.until_more_came(10)
    assert life.state.counter(3) == before


def test_a_counter_that_is_not_there_cannot_be_taken(life: Life) -> None:
    assert not life.living.take(99)


def test_a_customer_that_a_person_let_in_is_served(life: Life) -> None:
    done = life.living.hall.perform(i.IssueTicket(service="points"), PERSON)
    assert isinstance(done, Done)
    ticket_id = done.events[0].model_dump()["ticket_id"]
    life.until(lambda: ticket_id not in life.state.tickets)


def test_after_closing_the_night_is_skipped(tmp_path: Path) -> None:
    life = Life(tmp_path, a_config(hall={"closes": datetime.time(9, 0)}))
    first = life.state.business_date
    life.until(lambda: life.state.business_date != first)
    assert life.state.is_open
    life.living.close()
