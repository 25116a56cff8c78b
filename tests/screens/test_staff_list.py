"""The staff list at a screen: by an admin alone, with the own password under each change."""

import pytest

from hallq.domain.staff import Role
from hallq.hall.reception import No
from tests.builders import TryHall
from tests.screens.hands import app_of, painted, press, settled
from tests.screens.test_sign_in import at, types
from tests.staff.people import ADMIN, CLERK, PASSWORD

NEW_PASSWORD = "seven blue kites"

pytestmark = pytest.mark.usefixtures("quick_hashes")


def signs_in(hall: TryHall, number: str, password: str) -> bool:
    """Whether number and password open a terminal."""
    return not isinstance(hall.hall.reception.sign_in(number, password, "t9"), No)


async def test_an_admin_lands_at_the_list_and_adds_somebody(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, ADMIN.number, PASSWORD)
        assert pilot.app.current_mode == "staff"
        assert "5 people work here." in painted(pilot)
        await press(pilot, "a")
        await types(pilot, CLERK.number, "Wang")
        assert "Number 1001 belongs to somebody else." in painted(pilot)
        await press(pilot, "ctrl+u")
        await types(pilot, "1007", "")
        await press(pilot, "2", "enter")  # a clerk, and a guide too
        await types(pilot, NEW_PASSWORD, NEW_PASSWORD, "wrong guess")
        assert "not the password" in painted(pilot)
        assert staffed.hall.roster.numbered("1007") is None
        await types(pilot, NEW_PASSWORD, NEW_PASSWORD, PASSWORD)
        assert "The staff list is changed." in painted(pilot)
        assert "1007" in painted(pilot)
    person = staffed.hall.roster.numbered("1007")
    assert person is not None
    assert person.name == "Wang"
    assert person.roles == {Role.CLERK, Role.GUIDE}
    assert signs_in(staffed, "1007", NEW_PASSWORD)
    with staffed.store.reading() as connection:
        row = connection.execute(
            "SELECT actor, json_extract(body, '$.staff') FROM event WHERE kind = 'staff.changed' "
            "ORDER BY position DESC"
        ).fetchone()
    assert row == ("9001", ADMIN.staff_id)


async def test_roles_password_and_an_end_with_the_rules_of_the_list(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, ADMIN.number, PASSWORD)
        await press(pilot, "home", "r", "3", "enter")  # 1001 becomes a manager, too
        await types(pilot, PASSWORD)
        assert staffed.hall.roster.staff[CLERK.staff_id].roles == {Role.CLERK, Role.MANAGER}
        await press(pilot, "d")
        await types(pilot, PASSWORD)
        assert not staffed.hall.roster.staff[CLERK.staff_id].is_active
        await press(pilot, "end", "n")  # who is gone stands last, and is back with a password
        await types(pilot, NEW_PASSWORD, NEW_PASSWORD, PASSWORD)
        assert signs_in(staffed, "1001", NEW_PASSWORD)
        await press(pilot, "end", "d")
        await types(pilot, PASSWORD)
        assert "9001 is the only admin" in painted(pilot)
        await press(pilot, "escape")
        assert staffed.hall.roster.staff[ADMIN.staff_id].is_active


async def test_the_way_back_to_the_workplaces_is_shown_and_goes_there(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, ADMIN.number, PASSWORD)
        assert "Esc  Go back" in painted(pilot)
        await press(pilot, "escape")
        assert pilot.app.current_mode == "entry"
        assert app_of(pilot).person is not None


async def test_nobody_else_sees_the_list(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await press(pilot, "f11")
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, "3001", PASSWORD)
        await press(pilot, "f11")
        assert "This is for: admin" in app_of(pilot).notices[-1].sentence
        assert pilot.app.current_mode == "entry"
        assert "Staff list" not in painted(pilot)


async def test_everybody_changes_the_own_password(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await press(pilot, "f10", "2")
        await types(pilot, PASSWORD, "short 7", "short 7")
        assert "at least 8" in painted(pilot)
        await types(pilot, PASSWORD, NEW_PASSWORD, NEW_PASSWORD)
        await settled(pilot)
        assert "Your password is changed." in painted(pilot)
    assert signs_in(staffed, "2001", NEW_PASSWORD)
    assert not signs_in(staffed, "2001", PASSWORD)
