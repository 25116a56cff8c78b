"""Several terminals on one file."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.hall import Refused
from hallq.store import Store, open_store
from tests.builders import HandClock, TryHall, a_hall


@pytest.fixture
def other(hall: TryHall) -> Iterator[TryHall]:
    """A second terminal on the same file."""
    second = a_hall(open_store(hall.store.path), hall.clock)
    yield second
    second.hall.close()


def test_what_one_terminal_does_the_other_sees(hall: TryHall, other: TryHall) -> None:
    assert not other.hall.refresh()
    ticket_id = hall.issues()
    assert other.hall.refresh()
    assert ticket_id in other.state.tickets
    assert other.state == hall.state
    assert not other.hall.refresh()


def test_a_terminal_decides_on_what_others_did_before_it_looked(hall: TryHall, other: TryHall) -> None:
    hall.opens(2, 3)
    ticket_id = hall.issues()
    assert other.calls(2) == ticket_id
    result = hall.hall.perform(i.CallNext(counter=3), hall.actor)
    assert isinstance(result, Refused)
    assert result.refusal.reason is Reason.NOBODY_WAITING
    assert hall.state == other.state


def test_numbers_go_on_across_terminals(hall: TryHall, other: TryHall) -> None:
    for turn in (hall, other, hall, other):
        turn.issues()
    hall.hall.refresh()
    labels = [ticket.label for ticket in sorted(hall.state.tickets.values(), key=lambda t: t.number)]
    assert labels == ["B001", "B002", "B003", "B004"]


def test_a_new_terminal_starts_with_what_is_there(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    assert a_hall(hall.store, hall.clock).state == hall.state


class _BusyStore(Store):
    """A store on which somebody else writes just after the state was loaded."""

    others = 1

    @contextlib.contextmanager
    def reading(self) -> Iterator[driver.Connection]:
        """A look, and then the other one's ticket."""
        with super().reading() as connection:
            yield connection
        if self.others:
            self.others = 0
            a_hall(open_store(self.path), HandClock(boot_ms=9_000)).issues()


def test_a_write_during_the_start_is_news(hall: TryHall, tmp_path: Path) -> None:
    starting = a_hall(_BusyStore(tmp_path / "hall.db"), hall.clock, day=False)
    assert not starting.state.tickets
    assert starting.hall.refresh()
    assert len(starting.state.tickets) == 1
    starting.hall.close()


def test_housekeeping_with_nothing_due_writes_nothing(hall: TryHall) -> None:
    hall.issues()
    position = hall.state.position
    assert hall.does(i.KeepHouse()) == ()
    assert hall.store.load_state().position == position


def test_every_write_names_its_program_and_its_terminal(hall: TryHall, other: TryHall) -> None:
    hall.issues()
    other.issues()
    with hall.store.reading() as connection:
        rows = connection.execute("SELECT incarnation, seq, terminal, actor FROM event").fetchall()
    assert len({(incarnation, seq) for incarnation, seq, _, _ in rows}) == len(rows)
    assert len({incarnation for incarnation, _, _, _ in rows}) == 2
    assert {(terminal, actor) for _, _, terminal, actor in rows} == {("t1", "1001")}
