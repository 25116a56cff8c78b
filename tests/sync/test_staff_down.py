"""The staff list flows down, and terminals sign people in when they are cut off, too."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.domain.staff import StaffChange
from hallq.hall import Actor, Refused
from hallq.settings import load_config
from hallq.store import staff
from hallq.sync.file import TerminalFile
from hallq.sync.joining import arrived
from hallq.sync.opening import Opened, connector_of, opened
from hallq.sync.staff_down import take_staff
from tests.builders import DATE
from tests.staff.people import CLERK, EVERYBODY, GUIDE, MANAGER, PASSWORD, as_actor
from tests.sync.lives import HALL, Terminal, Town
from tests.sync.network import Streets, soon


def test_joining_brings_the_list_and_changes_follow(streets: Streets) -> None:
    for person in EVERYBODY:
        streets.hub.change_staff(streets.hall, person, StaffChange.ADDED, "operator")
    store = streets.file("counter", streets.proxy())
    settings = streets.folder / "hall.toml"
    connector = connector_of(store, TerminalFile(store, SystemClock()).joined)
    arrived(store, connector, settings, SystemClock(), "1")
    connector.close()
    terminal = opened(store, load_config(settings), settings)
    assert terminal.hall.roster == streets.hub.roster(streets.hall)
    assert terminal.hall.reception.sign_in("1001", PASSWORD, "t1") == CLERK
    terminal.start()
    try:
        gone = replace(CLERK, is_active=False)
        streets.hub.change_staff(streets.hall, gone, StaffChange.DISABLED, "operator")
        terminal.runner.written()
        soon(lambda: _version(terminal) == len(EVERYBODY) + 1)
        assert terminal.hall.roster.roles_of(CLERK.staff_id) == frozenset()
    finally:
        terminal.stop()


def _version(terminal: Opened) -> int:
    terminal.hall.refresh()
    return terminal.hall.roster.version


def test_a_list_of_an_earlier_version_is_taken_too_and_none_is_not(streets: Streets) -> None:
    guide = streets.opened()
    streets.hub.change_staff(streets.hall, EVERYBODY[0], StaffChange.ADDED, "operator")
    with guide.store.writing() as connection:
        staff.replace(connection, replace(streets.hub.roster(streets.hall), version=9))
    assert take_staff(guide.store, guide.line, 1)
    assert not take_staff(guide.store, guide.line, 1)
    assert not take_staff(guide.store, guide.line, 0)
    guide.hall.refresh()
    assert guide.hall.roster == streets.hub.roster(streets.hall)


# --- who may do what, with a hub and without --------------------------------------------


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A hub whose hall has everybody on its list."""
    town = Town(tmp_path)
    for person in EVERYBODY:
        town.hub.change_staff(HALL, person, StaffChange.ADDED, "operator")
    yield town
    town.close()


def _terminal(town: Town) -> Terminal:
    """A terminal that has the list."""
    terminal = town.terminal()
    with terminal.store.writing() as connection:
        staff.replace(connection, town.hub.roster(HALL))
    terminal.syncs()
    return terminal


def _reason(terminal: Terminal, intent: i.Intent, actor: Actor) -> Reason | None:
    outcome = terminal.hall.perform(intent, actor)
    return outcome.refusal.reason if isinstance(outcome, Refused) else None


def test_roles_hold_with_the_hub_and_cut_off(town: Town) -> None:
    terminal = _terminal(town)
    clerk, guide, manager = (as_actor(person) for person in (CLERK, GUIDE, MANAGER))
    assert _reason(terminal, i.OpenDay(business_date=DATE), clerk) is None
    assert _reason(terminal, i.OpenCounter(counter=1, clerk="1001"), clerk) is None
    for cut in (terminal.healed, terminal.cut):
        cut()
        assert _reason(terminal, i.IssueTicket(service="payment"), guide) is None
        assert _reason(terminal, i.IssueTicket(service="payment"), clerk) is Reason.NOT_ALLOWED
        assert _reason(terminal, i.CallNext(counter=1), manager) is Reason.NOT_ALLOWED
    assert _reason(terminal, i.CallNext(counter=1), clerk) is None
    terminal.healed()
    assert terminal.hall.reception.sign_in("1001", PASSWORD, "t1") == CLERK


def test_a_managers_word_travels_with_the_command_and_its_repetition(town: Town) -> None:
    terminal = _terminal(town)
    _reason(terminal, i.OpenDay(business_date=DATE), as_actor(CLERK))
    terminal.actor = as_actor(MANAGER)
    (first, second) = (terminal.issues(), terminal.issues())
    terminal.syncs()
    cancel = i.CancelTicket(ticket_id=first, reason="duplicate")
    assert _reason(terminal, cancel, as_actor(GUIDE)) is Reason.NEEDS_WORD
    assert _reason(terminal, cancel, as_actor(GUIDE, word=MANAGER)) is None
    terminal.actor = as_actor(GUIDE, word=MANAGER)
    terminal.line.faults = ["answer"]
    assert terminal.unanswered(i.CancelTicket(ticket_id=second, reason="duplicate"))
    terminal.healed()
    assert terminal.state.tickets == {}
    with terminal.store.reading() as connection:
        rows = connection.execute(
            "SELECT json_extract(body, '$.staff'), json_extract(body, '$.word') FROM event "
            "WHERE kind = 'ticket.cancelled'"
        ).fetchall()
    assert rows == [(GUIDE.staff_id, MANAGER.staff_id)] * 2


def test_a_hub_without_a_list_believes_names(tmp_path: Path) -> None:
    town = Town(tmp_path)
    terminal = town.terminal()
    assert _reason(terminal, i.OpenDay(business_date=DATE), Actor("anybody", "t1")) is None
    town.close()
