"""What the manager does about one number: cancel it, give it priority, say why it is where it is."""

from collections.abc import Sequence

from hallq.domain.forecast import expected_order
from hallq.domain.intents import CancelTicket, EndHold, GivePriority, ReportLeft, ReturnMissed
from hallq.domain.reasons import Choice
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.manager import ManagerView
from hallq.domain.views.why import why_of_ticket
from hallq.i18n import _
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.dialogs.why import WhyDialog
from hallq.screens.entries import reason_entries
from hallq.screens.parts.part import Part
from hallq.wording.calls import why_sentences
from hallq.wording.hall import away_sentence, waiting_sentences


class LiveTicket(Part):
    """Each deed is about the ticket that it is given."""

    def take_back(self, ticket: Ticket) -> None:
        """The customer on hold or missed is here."""
        intent = EndHold if ticket.state is TicketState.HELD else ReturnMissed
        self.screen.perform(intent(ticket_id=ticket.ticket_id))

    async def cancel(self, ticket: Ticket) -> None:
        """End the number, with a reason."""
        title = _("Cancel {ticket}").format(ticket=ticket.label)
        reason = await self._reason(title, self.config.reasons.cancel)
        if reason:
            self.screen.perform(CancelTicket(ticket_id=ticket.ticket_id, reason=reason))

    async def give_priority(self, ticket: Ticket) -> None:
        """Priority by hand, with a reason that is kept."""
        title = _("Priority for {ticket}").format(ticket=ticket.label)
        reason = await self._reason(title, self.config.reasons.priority)
        if reason:
            self.screen.perform(GivePriority(ticket_id=ticket.ticket_id, reason=reason))

    async def _reason(self, title: str, choices: Sequence[Choice]) -> str | None:
        dialog = ChooseDialog(title, reason_entries(choices), _("The reason is kept."))
        return await self.screen.answer_to(dialog)

    async def say_left(self, ticket: Ticket) -> None:
        """A number that is gone does not come back: asked before."""
        title = _("Has {ticket} left?").format(ticket=ticket.label)
        question = _("The number ends; the customer would need a new one.")
        if await self.screen.answer_to(ConfirmDialog(title, question, _("has left"))):
            self.screen.perform(ReportLeft(ticket_id=ticket.ticket_id))

    def tell_why(self, ticket: Ticket, view: ManagerView) -> None:
        """The kept reason of a call, or what stands before a waiting number."""
        row = next((row for row in view.waiting if row.ticket_id == ticket.ticket_id), None)
        away = next((row for row in view.away if row.ticket_id == ticket.ticket_id), None)
        why = why_of_ticket(ticket)
        if row:
            order = [t.label for t in expected_order(self.state, self.config, self.hall.now_ms())]
            before = order[: order.index(ticket.label)] if ticket.label in order else []
            text = waiting_sentences(row, before, self.config)
            title = _("When is {ticket}'s turn?").format(ticket=ticket.label)
            self.screen.show(TellDialog(title, text))
        elif why and not away:
            title = _("Why {ticket}?").format(ticket=ticket.label)
            self.screen.show(WhyDialog(title, *why_sentences(self.config, why)))
        elif away:
            self.screen.show(TellDialog(ticket.label, away_sentence(away, self.config)))
