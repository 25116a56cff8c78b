"""The staff list of a hall: kept here, handed down to terminals as a versioned whole."""

import dataclasses

from hallq import hashing
from hallq.domain.decide import decide
from hallq.domain.intents import ChangeStaff, Intent
from hallq.domain.permissions import Who, barred
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, Roster, Staff, StaffChange, merged
from hallq.hub import ledger, rosters
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.recovery import must_be_whole
from hallq.hub.shapes import Caller
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Snapshot
from hallq.protocol.staff import STAFF, StaffAnswer, StaffAsk, person_in, roster_text


def change(desk: Desk, hall: str, person: Staff, what: StaffChange, by: str) -> Refusal | None:
    """Write one person's entry, or say why not. `by`: who asks, at the hub's own machine."""

    def work(sitting: Sitting) -> Refusal | None:
        must_be_whole(sitting)
        roles = tuple(sorted(person.roles))
        intent = ChangeStaff(staff_id=person.staff_id, number=person.number, change=what, roles=roles)
        roster = sitting.roster
        moment = dataclasses.replace(moment_of(sitting), roster=roster)
        decision = decide(intent, sitting.folded.state, moment)
        if isinstance(decision, Refusal):
            return decision
        write_down(sitting, decision, actor=by)
        _keep(sitting, person)
        return None

    return desk.sit(hall, work)


def ask(desk: Desk, caller: Caller, asked: StaffAsk) -> StaffAnswer:
    """Change the list for somebody at a terminal, whose password is looked at here.

    SIGN_IN_AGAIN: it is not theirs. The terminal's word alone changes nobody's entry. An answer that was
    lost is asked for again, of a changed password with the one before: what is done is not done twice.
    """
    before = roster_of(desk, caller.hall)
    asker = before.numbered(asked.number)
    if asked.change is StaffChange.PASSWORD and asker is not None and _is_done(before, asked, asker.staff_id):
        return StaffAnswer(version=before.version)
    known = asker is not None and asker.is_active
    right = hashing.matches(asker.password_hash if asker and known else "", asked.password)
    if asker is None or not right:
        return StaffAnswer(refusal=Reason.SIGN_IN_AGAIN)

    def work(sitting: Sitting) -> StaffAnswer:
        must_be_whole(sitting)
        roster = sitting.roster
        if _is_done(roster, asked):
            return StaffAnswer(version=roster.version)
        refusal = _asked_by(sitting, caller, asker, asked, roster)
        if refusal is not None:
            return StaffAnswer(refusal=refusal.reason, facts=refusal.facts, version=roster.version)
        return StaffAnswer(version=sitting.row.roster_version)

    return desk.sit(caller.hall, work)


def _is_done(roster: Roster, asked: StaffAsk, *of: str) -> bool:
    """Whether the list is as it would be after the change. `of`: whose entry it must be, if anybody's."""
    sent = person_in(asked.person)
    known = roster.staff.get(sent.staff_id)
    is_meant = not of or sent.staff_id in of
    return is_meant and known is not None and known == merged(known, sent, asked.change)


def _asked_by(
    sitting: Sitting, caller: Caller, asker: Staff, asked: StaffAsk, roster: Roster
) -> Refusal | None:
    sent = person_in(asked.person)
    known = roster.staff.get(sent.staff_id)
    if known is None and asked.change is not StaffChange.ADDED:
        return Refusal(Reason.SIGN_IN_AGAIN)
    person = merged(known, sent, asked.change) if known else sent
    roles = tuple(sorted(person.roles))
    intent = ChangeStaff(staff_id=person.staff_id, number=person.number, change=asked.change, roles=roles)
    who = Who(asker.number, asker.staff_id, roster.roles_of(asker.staff_id))
    refusal = barred(intent, sitting.folded.state, sitting.config, who)
    moment = dataclasses.replace(moment_of(sitting), roster=roster)
    decision = refusal or decide(intent, sitting.folded.state, moment)
    if isinstance(decision, Refusal):
        return decision
    signed = [event.signed_by(asker.staff_id, "") for event in decision]
    write_down(sitting, signed, device=caller.device, actor=asker.number, terminal=asked.terminal)
    _keep(sitting, person)
    return None


def _keep(sitting: Sitting, person: Staff) -> None:
    """Write one entry: the next version of the list."""
    rosters.write(sitting.connection, sitting.hall, person)
    sitting.row.roster_version += 1


def roster_of(desk: Desk, hall: str) -> Roster:
    """A hall's present list."""
    return desk.database.look(lambda c: rosters.read_roster(c, ledger.hall_row(c, hall)))


def newest(desk: Desk, caller: Caller) -> Snapshot:
    """A hall's present list, to be kept by a terminal."""
    roster = roster_of(desk, caller.hall)
    return Snapshot(name=STAFF, version=roster.version, body=roster_text(roster))


def refused(sitting: Sitting, staff_id: str, word: str, intent: Intent) -> Refusal | None:
    """Why whoever sits at the terminal may not ask for this; halls without a list ask nobody.

    `word`: the manager who agreed to it, if one did.
    """
    roster = sitting.roster
    if not roster.staff or not sitting.config.staff.sign_in:
        return None
    person = roster.staff.get(staff_id)
    if person is None:
        return Refusal(Reason.SIGN_IN_AGAIN)
    has_word = Role.MANAGER in roster.roles_of(word)
    who = Who(person.number, person.staff_id, roster.roles_of(person.staff_id), has_word)
    return barred(intent, sitting.folded.state, sitting.config, who)
