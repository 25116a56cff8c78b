"""An older copy of the file is put back under terminals that run: they go on from what is there."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.hall import Refused
from hallq.store import open_store
from hallq.store.verify import verify_store
from tests.builders import TryHall, a_hall


def copied(source: Path, target: Path) -> None:
    """Write all of `source` over `target`, as a restore does."""
    one, other = driver.connect(str(source)), driver.connect(str(target))
    one.backup(other)
    one.close()
    other.close()


@pytest.fixture
def copy(hall: TryHall, tmp_path: Path) -> Path:
    """A copy from a time when one customer was here."""
    hall.opens(2)
    hall.issues()
    copied(hall.store.path, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_a_terminal_sees_the_older_copy(hall: TryHall, copy: Path) -> None:
    hall.issues()
    copied(copy, hall.store.path)
    assert hall.hall.refresh()
    assert hall.state == hall.store.load_state()
    assert len(hall.state.tickets) == 1
    assert not hall.hall.refresh()


def test_a_terminal_writes_on_what_is_in_the_file(hall: TryHall, copy: Path) -> None:
    lost = hall.issues()
    copied(copy, hall.store.path)
    result = hall.hall.perform(i.CallTicket(counter=2, ticket_id=lost), hall.actor)
    assert isinstance(result, Refused)
    assert result.refusal.reason is Reason.UNKNOWN_TICKET
    hall.issues()
    in_hands = sorted(t.label for t in hall.state.tickets.values())
    assert in_hands == ["B001", "B003"]  # B002 was given out once
    assert verify_store(hall.store).agrees


def test_events_of_another_terminal_at_the_same_places_are_no_continuation(hall: TryHall, copy: Path) -> None:
    lost = hall.issues()
    copied(copy, hall.store.path)
    other = a_hall(open_store(hall.store.path), hall.clock)
    new = other.issues()
    assert other.state.position == hall.state.position
    assert hall.hall.refresh()
    assert lost not in hall.state.tickets
    assert new in hall.state.tickets
    assert hall.calls(2) in other.state.tickets
    assert verify_store(hall.store).agrees
    other.hall.close()
