"""A list that is kept at the hub is changed from its terminals: with a password that the hub looks at."""

import dataclasses
from collections.abc import Iterator

import pytest

from hallq import hashing
from hallq.clock import SystemClock
from hallq.domain.refusals import Reason
from hallq.domain.staff import Role, Staff, StaffChange
from hallq.hall import Done, Refused
from hallq.protocol import Fault
from hallq.protocol.staff import Member, StaffAsk
from hallq.settings import load_config
from hallq.sync.file import TerminalFile
from hallq.sync.joining import arrived
from hallq.sync.line import HubRefused
from hallq.sync.opening import Opened, connector_of, opened
from tests.staff.people import ADMIN, CLERK, EVERYBODY, GUIDE, PASSWORD, a_person, as_actor
from tests.sync.network import Streets, soon

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def terminal(streets: Streets) -> Iterator[Opened]:
    """A terminal that speaks with the hub and has its list."""
    for person in EVERYBODY:
        streets.hub.change_staff(streets.hall, person, StaffChange.ADDED, "operator")
    store = streets.file("counter", streets.proxy())
    settings = streets.folder / "hall.toml"
    connector = connector_of(store, TerminalFile(store, SystemClock()).joined)
    arrived(store, connector, settings, SystemClock(), "1")
    connector.close()
    terminal = opened(store, load_config(settings), settings)
    terminal.start()
    soon(terminal.runner.is_reachable)
    yield terminal
    terminal.stop()


def asks(
    terminal: Opened, person: Staff, change: StaffChange, by: Staff, password: str = PASSWORD
) -> Reason | None:
    """Why it was refused; None when it is done."""
    outcome = terminal.hall.change_staff(person, change, as_actor(by), password)
    assert isinstance(outcome, Done | Refused)
    return outcome.refusal.reason if isinstance(outcome, Refused) else None


def test_a_new_password_and_pin_are_good_here_at_once(streets: Streets, terminal: Opened) -> None:
    hashed = hashing.hashed("seven blue kites")
    person = dataclasses.replace(CLERK, password_hash=hashed)
    assert asks(terminal, person, StaffChange.PASSWORD, CLERK) is None
    assert terminal.hall.reception.sign_in("1001", "seven blue kites", "t1") == person
    assert streets.hub.roster(streets.hall).staff[CLERK.staff_id] == person
    changed = dataclasses.replace(person, pin_hash=hashing.hashed("7391"))
    assert asks(terminal, changed, StaffChange.PIN, CLERK) is Reason.SIGN_IN_AGAIN  # the old password
    assert asks(terminal, changed, StaffChange.PIN, CLERK, "seven blue kites") is None
    assert terminal.hall.reception.unlock(CLERK.staff_id, "7391", "t1") == changed


def test_of_what_is_sent_only_the_change_counts(streets: Streets, terminal: Opened) -> None:
    more = dataclasses.replace(CLERK, roles=frozenset(Role), name="Boss", pin_hash="x")
    assert asks(terminal, more, StaffChange.PIN, CLERK) is None
    kept = streets.hub.roster(streets.hall).staff[CLERK.staff_id]
    assert kept == dataclasses.replace(CLERK, pin_hash="x")


def test_an_admin_changes_the_list_and_nobody_else_does(streets: Streets, terminal: Opened) -> None:
    new = a_person("1007")
    assert asks(terminal, new, StaffChange.ADDED, GUIDE) is Reason.NOT_ALLOWED
    assert asks(terminal, new, StaffChange.ADDED, ADMIN, "wrong guess") is Reason.SIGN_IN_AGAIN
    assert asks(terminal, new, StaffChange.ADDED, ADMIN) is None
    assert asks(terminal, new, StaffChange.ADDED, ADMIN) is None  # a repetition adds nobody
    assert asks(terminal, a_person("1008"), StaffChange.ROLES, ADMIN) is Reason.SIGN_IN_AGAIN
    assert asks(terminal, ADMIN, StaffChange.DISABLED, ADMIN) is Reason.LAST_ADMIN
    assert terminal.hall.roster.numbered("1007") == new
    terminal.runner.written()
    soon(lambda: "staff.changed" in _kinds(terminal))
    with terminal._store.reading() as connection:
        actor, staff, device = connection.execute(
            "SELECT actor, json_extract(body, '$.staff'), device FROM event WHERE kind = 'staff.changed' "
            "ORDER BY position DESC"
        ).fetchone()
    assert (actor, staff) == ("9001", ADMIN.staff_id)
    assert terminal.hall.joined is not None
    assert device == terminal.hall.joined.device


def _kinds(terminal: Opened) -> set[str]:
    with terminal._store.reading() as connection:
        return {kind for (kind,) in connection.execute("SELECT kind FROM event WHERE actor = '9001'")}


def test_passwords_are_not_tried_out_at_the_hub(streets: Streets, terminal: Opened) -> None:
    wrong = StaffAsk(
        number="9001",
        password="wrong guess",
        terminal="t1",
        change=StaffChange.PIN,
        person=Member.model_validate(ADMIN),
    )
    line = terminal._line
    for _ in range(10):
        assert line.change_staff(wrong).refusal == Reason.SIGN_IN_AGAIN
    right = wrong.model_copy(update={"password": PASSWORD})
    with pytest.raises(HubRefused) as caught:
        line.change_staff(right)
    assert caught.value.fault is Fault.TOO_MANY
    assert PASSWORD not in repr(right)


def test_cut_off_the_list_waits(terminal: Opened) -> None:
    terminal.runner.lost()
    terminal._connector.address = dataclasses.replace(terminal._connector.address, port=1)
    assert asks(terminal, CLERK, StaffChange.PIN, CLERK) is Reason.NEEDS_HUB
