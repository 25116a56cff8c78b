"""A later hallq works on the same file: this one reads it, and writes nothing it cannot understand."""

import pytest

from hallq.domain import intents as i
from hallq.hall import Hall
from hallq.store import Store, StoreError, Trouble
from hallq.store.verify import verify_store
from hallq.wording.troubles import trouble_sentence
from tests.builders import ACTOR, TryHall

_COPY = (
    "INSERT INTO event (position, kind, version, at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, "
    "seq, actor, business_date, body) SELECT position + 1, {kind}, {version}, at_ms, wall_ms, boot_id, "
    "boot_ms, terminal, 'later', position, actor, business_date, {body} FROM event "
    "ORDER BY position DESC LIMIT 1"
)
LATER_KIND = _COPY.format(kind="'ticket.promised'", version=1, body="'{}'")
LATER_VERSION = _COPY.format(kind="kind", version=99, body='\'{"tier": "platinum"}\'')


def written(store: Store, *statements: str) -> None:
    """What the other program does to the file."""
    with store.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def trouble(hall: Hall) -> StoreError:
    """Why nothing may be written."""
    with pytest.raises(StoreError) as fault:
        hall.perform(i.IssueTicket(service="payment"), ACTOR)
    return fault.value


@pytest.mark.parametrize("event", [LATER_KIND, LATER_VERSION], ids=["kind", "version"])
def test_a_running_terminal_reads_on_and_writes_nothing(hall: TryHall, event: str) -> None:
    ticket_id = hall.issues()
    written(hall.store, event, "UPDATE ticket SET due_ms = 1")
    assert hall.hall.refresh()
    assert hall.ticket(ticket_id).due_ms == 1
    error = trouble(hall.hall)
    assert error.trouble is Trouble.NEWER_VERSION
    assert "Update hallq" in trouble_sentence(error)
    assert hall.does(i.KeepHouse()) == ()
    assert hall.state == hall.store.load_state()
    assert any("newer hallq" in str(told) for told in verify_store(hall.store).differences)


@pytest.mark.parametrize("event", [LATER_KIND, LATER_VERSION], ids=["kind", "version"])
def test_a_terminal_that_starts_afterwards_writes_nothing(hall: TryHall, event: str) -> None:
    hall.issues()
    written(hall.store, event)
    started = Hall(hall.store, hall.hall.config, clock=hall.clock)
    assert trouble(started).trouble is Trouble.NEWER_VERSION


def test_a_value_of_a_later_hallq_is_no_damage(hall: TryHall) -> None:
    hall.issues()
    written(hall.store, LATER_KIND, "UPDATE ticket SET state = 'parked'")
    for read in (hall.hall.refresh, hall.store.load_state):
        with pytest.raises(StoreError) as fault:
            read()
        assert fault.value.trouble is Trouble.NEWER_VERSION


def test_a_value_of_nobody_is_damage(hall: TryHall) -> None:
    hall.issues()
    written(hall.store, "UPDATE ticket SET state = 'parked'")
    with pytest.raises(StoreError) as fault:
        Hall(hall.store, hall.hall.config, clock=hall.clock)
    assert fault.value.trouble is Trouble.DAMAGED
