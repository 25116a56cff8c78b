"""What an admin is asked before the staff list is changed: always the own password, as in a shell."""

import dataclasses
import secrets
from collections.abc import Mapping

from textual import work

from hallq import hashing
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import LONGEST_NAME, Role, Staff, StaffChange, merged
from hallq.domain.text import plain
from hallq.i18n import _
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.dialogs.roles import RolesDialog
from hallq.screens.signing import Changed, password_trouble
from hallq.typed_ahead import ASKING
from hallq.wording.refusals import refusal_sentence
from hallq.wording.sign_in import (
    NAME,
    NEW,
    NUMBER,
    PASSWORD,
    others_password_lines,
    own_password_lines,
    person_lines,
)
from hallq.wording.staff import role_words


class StaffAsks(HallScreen):
    """Dialogs of the admin; each ends in a change of the list, or in nothing."""

    def chosen(self) -> Staff | None:
        """Whose line is under the cursor."""
        raise NotImplementedError

    @work(group=ASKING)
    async def action_add(self) -> None:
        """Somebody new: number and name, roles, password."""
        title = _("Add somebody")
        named = await self.answer_to(FormDialog(title, _("Who is it?"), person_lines(), self._named))
        if named is None:
            return
        number, _space, name = named.partition(" ")
        roles = await self.answer_to(RolesDialog(_("What will they be?"), frozenset({Role.CLERK})))
        if roles is None:
            return

        def add(values: Mapping[str, str]) -> Changed:
            person = Staff(secrets.token_hex(8), number, name, roles)
            if fault := password_trouble(values, person):
                return "", fault
            person = dataclasses.replace(person, password_hash=hashing.hashed(values[NEW]))
            return self._as_admin(person, StaffChange.ADDED, values)

        who = _("{person}: {roles}").format(person=named, roles=role_words(roles))
        dialog = FormDialog(title, who, others_password_lines(), add)
        if await self.answer_to(dialog):
            self.host.notice(_("The staff list is changed."))

    def _named(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Number and name in one line, or why not: before roles and a password are typed for nothing."""
        number, name = plain(values[NUMBER], LONGEST_NAME), plain(values[NAME], LONGEST_NAME)
        if not number or " " in number:
            return "", _("A staff number is one word of letters and digits.")
        if self.hall.roster.numbered(number):
            return "", refusal_sentence(Refusal(Reason.NUMBER_TAKEN, {"number": number}))
        return f"{number} {name}".rstrip(), ""

    @work(group=ASKING)
    async def action_roles(self) -> None:
        """Other roles."""
        person = self.chosen()
        if person is None:
            return
        title = _("Roles of {number}").format(number=person.number)
        roles = await self.answer_to(RolesDialog(title, person.roles))
        if roles is not None and roles != person.roles:
            changed = dataclasses.replace(person, roles=roles)
            await self._ask_own(title, role_words(roles), changed, StaffChange.ROLES)

    @work(group=ASKING)
    async def action_disable(self) -> None:
        """Somebody works here no longer."""
        person = self.chosen()
        if person is not None:
            title = _("Does {number} work here no longer?").format(number=person.number)
            question = _("Signs in no more, and stops at once where signed in. The log keeps the number.")
            gone = merged(person, person, StaffChange.DISABLED)
            await self._ask_own(title, question, gone, StaffChange.DISABLED)

    @work(group=ASKING)
    async def action_new_password(self) -> None:
        """A new password; whoever was gone is back with it."""
        person = self.chosen()
        if person is None:
            return
        change = StaffChange.PASSWORD if person.is_active else StaffChange.ENABLED

        def set_it(values: Mapping[str, str]) -> Changed:
            if fault := password_trouble(values, person):
                return "", fault
            asked = dataclasses.replace(person, password_hash=hashing.hashed(values[NEW]))
            return self._as_admin(merged(person, asked, change), change, values)

        title = _("New password of {number}").format(number=person.number)
        dialog = FormDialog(title, person.name, others_password_lines(), set_it)
        if await self.answer_to(dialog):
            self.host.notice(_("The staff list is changed."))

    async def _ask_own(self, title: str, question: str, person: Staff, change: StaffChange) -> None:
        dialog = FormDialog(
            title, question, own_password_lines(), lambda values: self._as_admin(person, change, values)
        )
        if await self.answer_to(dialog):
            self.host.notice(_("The staff list is changed."))

    def _as_admin(self, person: Staff, change: StaffChange, values: Mapping[str, str]) -> Changed:
        return self.changed_entry(change, values[PASSWORD], lambda _own: person, Role.ADMIN)
