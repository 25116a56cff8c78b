"""What somebody does with the own entry in the staff list, at the own screen."""

import dataclasses
from collections.abc import Mapping

from textual import work

from hallq import hashing
from hallq.domain.secrets_rules import pin_weakness
from hallq.domain.staff import StaffChange
from hallq.hall import Refused
from hallq.hall.reception import No
from hallq.i18n import _
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.performing import Performing
from hallq.typed_ahead import ASKING
from hallq.wording.refusals import refusal_sentence
from hallq.wording.sign_in import AGAIN, PASSWORD, PIN, new_pin_lines
from hallq.wording.staff import no_sentence, pin_fault


class Signing(Performing):
    """A screen whose person may choose a PIN."""

    @work(group=ASKING)
    async def ask_new_pin(self) -> None:
        """A PIN that unlocks this person's screens."""
        if self.hall.joined is not None:
            told = _("This hall's staff list is kept at its hub: `hallq hub staff` there.")
            self.host.notice(told, severity="warning")
            return
        question = _("Four to eight digits unlock your screen; nothing typed takes the PIN away.")
        if await self.answer_to(FormDialog(_("Your PIN"), question, new_pin_lines(), self._new_pin)):
            self.host.notice(_("Your PIN is changed."))

    def _new_pin(self, values: Mapping[str, str]) -> tuple[str, str]:
        """(done, empty) or (empty, why not); from the dialog's thread."""
        weakness = pin_weakness(values[PIN]) if values[PIN] else None
        if weakness:
            return "", pin_fault(weakness)
        if values[PIN] != values[AGAIN]:
            return "", _("The two PINs are not the same.")
        try:
            return self._changed_pin(values)
        except Exception as error:
            return "", self.host.report_trouble(error)

    def _changed_pin(self, values: Mapping[str, str]) -> tuple[str, str]:
        actor = self.host.actor
        found = self.hall.reception.sign_in(actor.name, values[PASSWORD], actor.terminal)
        if isinstance(found, No):
            return "", no_sentence(found)
        person = dataclasses.replace(found, pin_hash=hashing.hashed(values[PIN]) if values[PIN] else "")
        outcome = self.hall.change_staff(person, StaffChange.PIN, actor)
        return ("", refusal_sentence(outcome.refusal)) if isinstance(outcome, Refused) else ("done", "")
