"""The staff list at the hub: a versioned whole that flows down, and the roles behind every command."""

import dataclasses

import pytest

from hallq.domain import intents as i
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, Roster, Staff, StaffChange
from hallq.hub import HubFault, rosters, staff
from hallq.hub.sitting import Sitting
from hallq.protocol import Fault
from hallq.protocol.staff import roster_in
from tests.builders import DATE
from tests.hub.lives import Device, Halls
from tests.staff.people import ADMIN, CLERK, EVERYBODY, GUIDE, MANAGER, a_person


def _employ(halls: Halls, *people: Staff) -> None:
    for person in people:
        assert halls.hub.change_staff("h1", person, StaffChange.ADDED, "operator") is None


def _reason(device: Device, intent: i.Intent, person: Staff | None = None, word: Staff | None = None) -> str:
    told = {"staff": person.staff_id if person else "", "word": word.staff_id if word else ""}
    return device.asks(intent, **told).refusal


@pytest.fixture
def staffed(halls: Halls) -> Device:
    """A terminal with one counter open at a hall with everybody on its list."""
    device = halls.opened("t1", 1)
    _employ(halls, *EVERYBODY)
    return device


def test_each_change_is_a_version_and_an_event(halls: Halls, staffed: Device) -> None:
    assert halls.hub.roster("h1") == Roster.of(EVERYBODY, len(EVERYBODY))
    staffed.pulls_all()
    told = [entry.event for entry in staffed.log if entry.event.kind == "staff.changed"]
    assert [event.actor for event in told] == ["operator"] * len(EVERYBODY)
    assert all("argon2" not in event.body for event in told)
    assert staffed.pull().roster_version == len(EVERYBODY)
    assert staffed.hello().roster_version == len(EVERYBODY)


def test_a_list_that_was_not_committed_is_believed_by_nobody(halls: Halls, staffed: Device) -> None:
    gone, opens = dataclasses.replace(CLERK, is_active=False), i.OpenCounter(counter=2, clerk="1001")

    def breaks(sitting: Sitting) -> None:
        rosters.write(sitting.connection, sitting.hall, gone)
        sitting.row.roster_version += 1
        assert staff.refused(sitting, CLERK.staff_id, "", opens) is not None
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError, match="rolled back"):
        halls.hub._desk.sit("h1", breaks)
    _employ(halls, a_person("1003"))  # another list of the same version
    assert _reason(staffed, opens, CLERK) == ""


def test_what_flows_down_is_the_list(halls: Halls, staffed: Device) -> None:
    snapshot = halls.hub.staff(staffed.caller)
    assert roster_in(snapshot.body, snapshot.version) == halls.hub.roster("h1")
    assert "argon2" not in repr(halls.hub.roster("h1"))


def test_the_lists_own_rules_hold_here_too(halls: Halls, staffed: Device) -> None:
    gone = halls.hub.change_staff("h1", a_person("9001", Role.CLERK), StaffChange.ROLES, "operator")
    assert isinstance(gone, Refusal)
    assert gone.reason is Reason.LAST_ADMIN
    assert halls.hub.roster("h1").version == len(EVERYBODY)


def test_halls_keep_their_own_lists(halls: Halls, staffed: Device) -> None:
    halls.create("h2")
    assert halls.hub.roster("h2") == Roster()
    other = halls.device("t9", "h2")
    assert other.asks(i.OpenDay(business_date=DATE)).refusal == ""


def test_a_command_is_somebodys_with_the_role_for_it(halls: Halls, staffed: Device) -> None:
    (ticket,) = staffed.issues(1)
    cancel = i.CancelTicket(ticket_id=ticket, reason="duplicate")
    assert _reason(staffed, cancel) == Reason.SIGN_IN_AGAIN
    assert _reason(staffed, cancel, a_person("77")) == Reason.SIGN_IN_AGAIN
    assert _reason(staffed, cancel, ADMIN) == Reason.NOT_ALLOWED
    assert _reason(staffed, cancel, GUIDE) == Reason.NEEDS_WORD
    assert _reason(staffed, cancel, GUIDE, word=CLERK) == Reason.NEEDS_WORD
    assert _reason(staffed, cancel, GUIDE, word=MANAGER) == ""
    body = staffed.log[-1].event.body
    assert f'"staff":"{GUIDE.staff_id}"' in body
    assert f'"word":"{MANAGER.staff_id}"' in body
    assert _reason(staffed, i.OpenCounter(counter=2, clerk="1001"), CLERK) == ""
    assert _reason(staffed, i.GrantNext(counter=2), GUIDE) == Reason.NOT_ALLOWED


def test_who_is_disabled_is_refused_by_the_next_command(halls: Halls, staffed: Device) -> None:
    gone = Staff(CLERK.staff_id, CLERK.number, CLERK.name, CLERK.roles, is_active=False)
    assert halls.hub.change_staff("h1", gone, StaffChange.DISABLED, "operator") is None
    assert _reason(staffed, i.OpenCounter(counter=2, clerk="1001"), CLERK) == Reason.SIGN_IN_AGAIN


def test_the_same_command_of_somebody_else_is_another(halls: Halls, staffed: Device) -> None:
    intent = i.OpenCounter(counter=2, clerk="1001")
    assert staffed.asks(intent, "c-1", staff=CLERK.staff_id).refusal == ""
    assert staffed.asks(intent, "c-1", staff=CLERK.staff_id).refusal == ""
    with pytest.raises(HubFault) as caught:
        staffed.asks(intent, "c-1", staff=MANAGER.staff_id)
    assert caught.value.fault is Fault.OTHER_BODY


def test_a_hall_that_switched_it_off_asks_nobody(halls: Halls, staffed: Device) -> None:
    halls.hub.publish_settings("h1", "[staff]\nsign_in = false\n")
    assert _reason(staffed, i.OpenCounter(counter=2, clerk="x")) == ""
