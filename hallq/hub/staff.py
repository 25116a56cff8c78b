"""The staff list of a hall: kept here, handed down to terminals as a versioned whole."""

import dataclasses

from hallq.domain.decide import decide
from hallq.domain.intents import ChangeStaff, Intent
from hallq.domain.permissions import Who, barred
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, Roster, Staff, StaffChange
from hallq.hub import ledger, rosters
from hallq.hub.devices import HUB
from hallq.hub.house import moment_of
from hallq.hub.recovery import must_be_whole
from hallq.hub.shapes import Caller
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Command, Snapshot
from hallq.protocol.staff import STAFF, roster_text


def change(desk: Desk, hall: str, person: Staff, what: StaffChange, by: str) -> Refusal | None:
    """Write one person's entry, or say why not. `by`: who asks, at the hub's own machine."""

    def work(sitting: Sitting) -> Refusal | None:
        must_be_whole(sitting)
        roles = tuple(sorted(person.roles))
        intent = ChangeStaff(staff_id=person.staff_id, number=person.number, change=what, roles=roles)
        roster = rosters.read(sitting.connection, sitting.row)
        moment = dataclasses.replace(moment_of(sitting), roster=roster)
        decision = decide(intent, sitting.folded.state, moment)
        if isinstance(decision, Refusal):
            return decision
        for event in decision:
            sitting.put(sitting.envelope(event, device=HUB, actor=by, terminal=HUB), event)
        rosters.write(sitting.connection, hall, person)
        sitting.row.roster_version += 1
        return None

    return desk.sit(hall, work)


def roster_of(desk: Desk, hall: str) -> Roster:
    """A hall's present list."""
    return desk.database.look(lambda c: rosters.read(c, ledger.hall_row(c, hall)))


def newest(desk: Desk, caller: Caller) -> Snapshot:
    """A hall's present list, to be kept by a terminal."""
    roster = roster_of(desk, caller.hall)
    return Snapshot(name=STAFF, version=roster.version, body=roster_text(roster))


def refused(sitting: Sitting, asked: Command, intent: Intent) -> Refusal | None:
    """Why whoever sits at the terminal may not ask for this; halls without a list ask nobody."""
    roster = sitting.desk.rosters.of(sitting.connection, sitting.row)
    if not roster.staff or not sitting.config.staff.sign_in:
        return None
    person = roster.staff.get(asked.staff)
    if person is None:
        return Refusal(Reason.SIGN_IN_AGAIN)
    has_word = Role.MANAGER in roster.roles_of(asked.word)
    who = Who(person.number, person.staff_id, roster.roles_of(person.staff_id), has_word)
    return barred(intent, sitting.folded.state, sitting.config, who)
