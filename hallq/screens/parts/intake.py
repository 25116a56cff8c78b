"""A complaint is taken: written down with category, text and a number to call back."""

from hallq.domain.events import ComplaintTaken
from hallq.domain.intents import TakeComplaint
from hallq.hall import Done, Refused
from hallq.hall.complaining import earlier_complaints, take_complaint
from hallq.i18n import _, language
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.dialogs.customer_number import CallBackDialog
from hallq.screens.dialogs.write import WriteDialog
from hallq.screens.parts.part import Part
from hallq.wording.complaints import category_note, taken_sentence
from hallq.wording.refusals import refusal_sentence


class Intake(Part):
    """Takes complaints, at a counter or elsewhere."""

    async def take(self, counter: int | None) -> None:
        """What it is about, what the customer says, where to call back; Esc goes back by one of them."""
        draft = ""
        while (category := await self._ask_category()) is not None:
            dialog = self._what_is_said(draft)
            while (text := await self.screen.answer_to(dialog)) is not None:
                number = await self.screen.answer_to(CallBackDialog())
                if number is not None:
                    self._keep(TakeComplaint(category=category, text=text, at_counter=counter), number)
                    return
                dialog = self._what_is_said(text)
            draft = dialog.draft

    async def _ask_category(self) -> str | None:
        entries = [
            Entry(c.code, c.name.in_language(language()), category_note(c))
            for c in self.config.complaints.categories
        ]
        return await self.screen.answer_to(ChooseDialog(_("What is the complaint about?"), entries))

    @staticmethod
    def _what_is_said(draft: str) -> WriteDialog:
        question = _("In the customer's words; no numbers of customers, they are left out.")
        return WriteDialog(_("What does the customer say?"), question, draft)

    def _keep(self, intent: TakeComplaint, number: str) -> None:
        def work() -> tuple[Done | Refused, list[str]]:
            earlier = earlier_complaints(self.hall, number)
            return take_complaint(self.hall, intent, number, self.host.actor), earlier

        self.screen.ask(work, lambda told: self._tell(*told))

    def _tell(self, outcome: Done | Refused, earlier: list[str]) -> None:
        if isinstance(outcome, Refused):
            self.host.notice(refusal_sentence(outcome.refusal), severity="warning")
            return
        for event in outcome.events:
            if isinstance(event, ComplaintTaken):
                complaint = outcome.state.complaints[event.complaint_id]
                self.host.notice(taken_sentence(complaint, outcome.state, self.config, earlier))
        self.screen.refresh_all()
