"""The clerk's questions about the services of a visit: one more, why so long, not possible."""

from textual import work

from hallq.domain.intents import CallNext, ExplainOverrun, FinishVisit, StartTransaction
from hallq.domain.transactions import Outcome
from hallq.domain.views.counter_shapes import CounterView, RunningView
from hallq.i18n import _
from hallq.screens.counter_asking import CounterAsking
from hallq.screens.counter_entries import service_entries
from hallq.screens.dialogs.choose import ChooseDialog, Search
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.not_possible import NotPossibleDialog
from hallq.screens.entries import reason_entries
from hallq.typed_ahead import ASKING


class CounterVisit(CounterAsking):
    """The half of the counter screen that is about what is done for the customer."""

    view: CounterView | None = None

    def transaction(self) -> RunningView | None:
        """The running one."""
        return self.view.running if self.view else None

    async def _service(self, title: str) -> str | None:
        """Which service comes next."""
        entries = service_entries(self.config, self.counter)
        return await self.answer_to(ChooseDialog(title, entries, search=Search(self.find())))

    async def _why_over(self, question: str) -> str | None:
        """Why the running service took so long, where that is still to be said; it may stay open."""
        running, entries = self.transaction(), reason_entries(self.config.reasons.over_limit)
        if running is None or not running.wants_reason or not entries:
            return None
        return await self.answer_to(ChooseDialog(_("What took longer?"), entries, question))

    @work(exclusive=True, group=ASKING)
    async def action_add_transaction(self) -> None:
        """One more service for this customer; the running one is done."""
        chosen = await self._service(_("Which service next?"))
        if chosen is not None:
            reason = await self._why_over(_("The next service begins. Esc gives no reason."))
            self.perform(StartTransaction(counter=self.counter, service=chosen, over_reason=reason))

    @work(exclusive=True, group=ASKING)
    async def action_explain_overrun(self) -> None:
        """Say why this transaction takes longer."""
        entries = reason_entries(self.config.reasons.over_limit)
        chosen = await self.answer_to(ChooseDialog(_("What takes longer?"), entries))
        if chosen is not None:
            self.perform(ExplainOverrun(counter=self.counter, reason=chosen))

    @work(exclusive=True, group=ASKING)
    async def finish_with_reason(self, *following: CallNext) -> None:
        """The end of a visit whose transaction went over its limit; the reason may stay open."""
        reason = await self._why_over(_("Finished. Esc gives no reason."))
        self.perform(FinishVisit(counter=self.counter, over_reason=reason), *following)

    @work(exclusive=True, group=ASKING)
    async def action_not_possible(self) -> None:
        """The running service cannot be done, and is counted as such: the visit ends, or goes on."""
        entries, label = reason_entries(self.config.reasons.not_possible), self.label()
        if not entries:
            question = _("The visit ends, and its service counts as not possible.")
            title = _("Not possible for {ticket}?").format(ticket=label)
            if await self.answer_to(ConfirmDialog(title, question, _("Not possible"))):
                self.perform(FinishVisit(counter=self.counter, outcome=Outcome.NOT_POSSIBLE))
            return
        title = _("Not possible for {ticket}: why?").format(ticket=label)
        question = _("The service counts as not possible, and the visit ends; Tab first where it goes on.")
        said = await self.answer_to(NotPossibleDialog(title, entries, question))
        if said is None:
            return
        ended = {"counter": self.counter, "outcome": Outcome.NOT_POSSIBLE, "end_reason": said.reason}
        if not said.goes_on:
            self.perform(FinishVisit.model_validate(ended))
        elif (chosen := await self._service(_("Which service instead?"))) is not None:
            self.perform(StartTransaction.model_validate({**ended, "service": chosen}))
