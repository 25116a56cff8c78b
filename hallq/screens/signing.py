"""What somebody does with the own entry in the staff list, at the own screen."""

import dataclasses
from collections.abc import Callable, Mapping

from textual import work

from hallq import hashing
from hallq.domain.secrets_rules import password_weakness, pin_weakness
from hallq.domain.staff import Role, Staff, StaffChange
from hallq.hall import Refused
from hallq.hall.reception import No
from hallq.i18n import _
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.performing import Performing
from hallq.typed_ahead import ASKING
from hallq.wording.refusals import refusal_sentence
from hallq.wording.sign_in import AGAIN, NEW, PASSWORD, PIN, new_password_lines, new_pin_lines
from hallq.wording.staff import no_sentence, password_fault, pin_fault

Changed = tuple[str, str]
"""(done, empty) or (empty, why not)."""


class Signing(Performing):
    """A screen whose person may choose a password and a PIN."""

    @work(group=ASKING)
    async def ask_new_secret(self) -> None:
        """The password, or the PIN that unlocks this person's screens; with a hub they are changed there."""
        entries = [
            Entry("pin", _("PIN"), _("unlocks your screen")),
            Entry("password", _("Password"), _("signs you in")),
        ]
        chosen = await self.answer_to(ChooseDialog(_("Change what?"), entries))
        if chosen == "pin":
            question = _("Four to eight digits unlock your screen; nothing typed takes the PIN away.")
            if await self.answer_to(FormDialog(_("Your PIN"), question, new_pin_lines(), self._new_pin)):
                self.host.notice(_("Your PIN is changed."))
        elif chosen == "password":
            question = _("At least eight characters; several words make a good password.")
            lines = new_password_lines()
            if await self.answer_to(FormDialog(_("Your password"), question, lines, self._new_password)):
                self.host.notice(_("Your password is changed."))

    def _new_pin(self, values: Mapping[str, str]) -> Changed:
        """From the dialog's thread."""
        weakness = pin_weakness(values[PIN]) if values[PIN] else None
        if weakness:
            return "", pin_fault(weakness)
        if values[PIN] != values[AGAIN]:
            return "", _("The two PINs are not the same.")
        pin_hash = hashing.hashed(values[PIN]) if values[PIN] else ""
        return self.changed_entry(
            StaffChange.PIN, values[PASSWORD], lambda own: dataclasses.replace(own, pin_hash=pin_hash)
        )

    def _new_password(self, values: Mapping[str, str]) -> Changed:
        """From the dialog's thread."""
        own = self.hall.roster.staff.get(self.host.actor.staff)
        if fault := password_trouble(values, own):
            return "", fault
        new_hash = hashing.hashed(values[NEW])
        return self.changed_entry(
            StaffChange.PASSWORD,
            values[PASSWORD],
            lambda own: dataclasses.replace(own, password_hash=new_hash),
        )

    def changed_entry(
        self, change: StaffChange, password: str, entry: Callable[[Staff], Staff], *roles: Role
    ) -> Changed:
        """Change somebody's entry after a look at the password of whoever is here, with one of `roles`.

        `entry` makes it from that person's own. Takes a moment: never from the screen's thread.
        """
        try:
            actor = self.host.actor
            found = self.hall.reception.sign_in(actor.name, password, actor.terminal, *roles)
            if isinstance(found, No):
                return "", no_sentence(found, PASSWORD)
            outcome = self.hall.change_staff(entry(found), change, actor, password)
        except Exception as error:
            return "", self.host.report_trouble(error)
        return ("", refusal_sentence(outcome.refusal)) if isinstance(outcome, Refused) else ("done", "")


def password_trouble(values: Mapping[str, str], person: Staff | None) -> str:
    """What is wrong with a new password as typed; empty where nothing is."""
    number, name = (person.number, person.name) if person else ("", "")
    if weakness := password_weakness(values[NEW], number, name):
        return password_fault(weakness)
    return "" if values[NEW] == values[AGAIN] else _("The two passwords are not the same.")
