"""The staff list: kept beside the log, which names ids and numbers and no secret."""

from dataclasses import replace
from pathlib import Path

from hallq.domain.events import StaffChanged
from hallq.domain.refusals import Reason
from hallq.domain.staff import Role, Staff, StaffChange
from hallq.hall import Actor, Hall, Refused
from hallq.store import open_store
from hallq.store.verify import verify_store
from tests.builders import TryHall, a_config
from tests.staff.people import ADMIN, CLERK, EVERYBODY, MANAGER, PASSWORD, a_person, as_actor, employ


def _no(hall: TryHall, person: Staff, change: StaffChange) -> Reason:
    outcome = hall.hall.change_staff(person, change, Actor("setup", "t1"))
    assert isinstance(outcome, Refused)
    return outcome.refusal.reason


def test_what_is_written_is_read_by_the_next_program(hall: TryHall, tmp_path: Path) -> None:
    employ(hall.hall)
    assert hall.hall.roster.version == len(EVERYBODY)
    other = open_store(tmp_path / "hall.db")
    assert Hall(other, a_config(), clock=hall.clock).roster == hall.hall.roster
    assert set(hall.hall.roster.staff.values()) == set(EVERYBODY)
    other.close()


def test_another_program_hears_of_a_change(hall: TryHall, tmp_path: Path) -> None:
    store = open_store(tmp_path / "hall.db")
    other = Hall(store, a_config(), clock=hall.clock)
    employ(hall.hall, ADMIN)
    assert other.refresh()
    assert other.roster.numbered("9001") == ADMIN
    store.close()


def test_each_change_is_an_event_without_a_name_or_a_secret(hall: TryHall, tmp_path: Path) -> None:
    employ(hall.hall)
    with hall.store.reading() as connection:
        rows = connection.execute("SELECT kind, body FROM event WHERE kind = 'staff.changed'").fetchall()
    assert len(rows) == len(EVERYBODY)
    assert all("argon2" not in body and "Staff " not in body for _kind, body in rows)
    assert rows[0][1] == '{"staff_id":"id-9001","number":"9001","change":"added","roles":["admin"]}'
    assert verify_store(hall.store).agrees


def test_a_number_is_one_persons(hall: TryHall) -> None:
    employ(hall.hall)
    assert _no(hall, replace(a_person("1001"), staff_id="else"), StaffChange.ADDED) is Reason.NUMBER_TAKEN
    assert _no(hall, replace(CLERK, roles=frozenset()), StaffChange.ROLES) is Reason.NO_ROLE


def test_the_last_admin_stays(hall: TryHall) -> None:
    assert _no(hall, CLERK, StaffChange.ADDED) is Reason.LAST_ADMIN  # the first of a list is one
    employ(hall.hall)
    assert _no(hall, replace(ADMIN, roles=frozenset({Role.CLERK})), StaffChange.ROLES) is Reason.LAST_ADMIN
    assert _no(hall, replace(ADMIN, is_active=False), StaffChange.DISABLED) is Reason.LAST_ADMIN
    employ(hall.hall, replace(MANAGER, roles=MANAGER.roles | {Role.ADMIN}))
    hall.hall.change_staff(replace(ADMIN, is_active=False), StaffChange.DISABLED, Actor("setup", "t1"))
    assert hall.hall.roster.roles_of(ADMIN.staff_id) == frozenset()


def test_who_did_it_is_in_the_event(hall: TryHall) -> None:
    employ(hall.hall)
    outcome = hall.hall.change_staff(CLERK, StaffChange.PASSWORD, as_actor(ADMIN))
    (event,) = outcome.events  # type: ignore[union-attr]
    with hall.store.reading() as connection:
        (body,) = connection.execute("SELECT body FROM event ORDER BY position DESC LIMIT 1").fetchone()
    written = StaffChanged.model_validate_json(body)
    assert (written.staff, written.word) == (ADMIN.staff_id, None)
    assert written == event
    assert PASSWORD not in repr(CLERK)
    assert "argon2" not in repr(CLERK)
