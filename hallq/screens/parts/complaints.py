"""The complaints that are open: what is due, answers, settlements, follow-ups."""

from hallq.domain.complaints import Stage
from hallq.domain.intents import AnswerComplaint, FollowUpComplaint, Intent, SettleComplaint
from hallq.domain.views.complaints import ComplaintRow, complaint_list
from hallq.hall import Refused
from hallq.hall.complaining import last_fours, number_to_call
from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry
from hallq.screens.dialogs.complaints import NEW, ComplaintsDialog
from hallq.screens.dialogs.steps import StepsDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.dialogs.write import WriteDialog
from hallq.screens.parts.intake import Intake
from hallq.screens.parts.part import Part
from hallq.wording.complaints import row_words, whole_words
from hallq.wording.refusals import refusal_sentence

ANSWER, SETTLE, FOLLOW_UP, REOPEN, NUMBER = "answer", "settle", "follow-up", "reopen", "number"
STEPS: dict[Stage, tuple[str, ...]] = {
    Stage.ANSWER: (ANSWER, SETTLE),
    Stage.SETTLEMENT: (SETTLE, ANSWER),
    Stage.FOLLOW_UP: (FOLLOW_UP, REOPEN),
}


class Complaints(Part):
    """The list, and one complaint after the other."""

    def show(self) -> None:
        """The list, with what may be shown of the numbers that are kept here."""
        self.screen.ask(
            lambda: last_fours(self.hall), lambda numbers: self.screen.asking(self._list, numbers)
        )

    async def _list(self, numbers: dict[str, str]) -> None:
        rows = complaint_list(self.state, self.hall.now_ms())
        entries = [(r.complaint.complaint_id, *row_words(r, self.state, self.config)) for r in rows]
        late = sum(row.is_overdue for row in rows)
        title = _("Open complaints: {count}, overdue: {late}").format(count=len(rows), late=late)
        chosen = await self.screen.answer_to(ComplaintsDialog(title, entries))
        if chosen == NEW:
            await Intake(self.screen).take(None)
        elif chosen is not None:
            row = next(row for row in rows if row.complaint.complaint_id == chosen)
            await self._go_on_with(row, numbers.get(chosen, ""))

    async def _go_on_with(self, row: ComplaintRow, last_four: str) -> None:
        complaint = row.complaint
        is_elsewhere = bool(complaint.number_at and self.hall.joined)
        steps = [*STEPS[complaint.stage], *([NUMBER] if last_four or is_elsewhere else [])]
        told = whole_words(row, self.state, self.config, last_four)
        entries = [Entry(step, self._step_words(step)) for step in steps]
        draft = ""
        while step := await self.screen.answer_to(StepsDialog(complaint.label, told, entries)):
            if step == NUMBER:
                self.screen.ask(
                    lambda: number_to_call(self.hall, complaint.complaint_id, self.host.actor),
                    lambda number: self.screen.asking(self._tell_number, row, number, last_four),
                )
                return
            dialog = self._dialog_of(row, step, draft)
            text = await self.screen.answer_to(dialog)
            if text is not None:
                self.screen.perform(self._intent(step, complaint.complaint_id, text))
                return
            draft = dialog.draft

    async def _tell_number(self, row: ComplaintRow, number: str | Refused, last_four: str) -> None:
        """In the clear, until the key that closes it; then the complaint again."""
        told = refusal_sentence(number.refusal) if isinstance(number, Refused) else number
        await self.screen.answer_to(TellDialog(_("Number to call back"), told))
        await self._go_on_with(row, last_four)

    def _dialog_of(self, row: ComplaintRow, step: str, draft: str) -> WriteDialog:
        may_be_empty = step in (FOLLOW_UP, REOPEN)
        return WriteDialog(row.complaint.label, self._step_words(step), draft, may_be_empty=may_be_empty)

    @staticmethod
    def _intent(step: str, complaint_id: str, text: str) -> Intent:
        match step:
            case "answer":
                return AnswerComplaint(complaint_id=complaint_id, text=text)
            case "settle":
                return SettleComplaint(complaint_id=complaint_id, text=text)
            case _:
                is_settled = step == FOLLOW_UP
                return FollowUpComplaint(complaint_id=complaint_id, text=text, is_settled=is_settled)

    @staticmethod
    def _step_words(step: str) -> str:
        words = {
            ANSWER: _("Answered: what was the customer told?"),
            SETTLE: _("Settled: what was done?"),
            FOLLOW_UP: _("Asked again, the customer is content: the end"),
            REOPEN: _("Asked again, not settled after all"),
            NUMBER: _("Show the number to call back"),
        }
        return words[step]
