"""The rules of the staff list: one number for one person, and always somebody who may change it."""

from hallq.domain.decide.dispatch import Decision, Moment, decide
from hallq.domain.events import StaffChanged
from hallq.domain.intents import ChangeStaff
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, StaffChange
from hallq.domain.state import HallState


@decide.register
def _change(intent: ChangeStaff, state: HallState, moment: Moment) -> Decision:
    other = moment.roster.numbered(intent.number)
    if other is not None and other.staff_id != intent.staff_id:
        return Refusal(Reason.NUMBER_TAKEN, {"number": intent.number})
    if not intent.roles:
        return Refusal(Reason.NO_ROLE, {"number": intent.number})
    may_admin = Role.ADMIN in intent.roles and intent.change is not StaffChange.DISABLED
    admins = {person.staff_id for person in moment.roster.with_role(Role.ADMIN)}
    if not may_admin and not admins - {intent.staff_id}:
        return Refusal(Reason.LAST_ADMIN, {"number": intent.number})
    return [
        StaffChanged(staff_id=intent.staff_id, number=intent.number, change=intent.change, roles=intent.roles)
    ]
