"""What the guide does about numbers that were given: cancel one, take one back in that was missed."""

from hallq.domain.events import TicketReturned
from hallq.domain.intents import CancelTicket, ReturnMissed
from hallq.domain.views.find import cancellable, missed
from hallq.domain.views.guide import issued_view
from hallq.hall import Done
from hallq.i18n import _
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.entries import reason_entries
from hallq.screens.parts.number_search import NumberSearch
from hallq.screens.parts.part import Part
from hallq.wording.guide import ahead_words, missed_note


class GivenNumbers(Part):
    """Each deed asks which number it is about."""

    async def cancel(self) -> None:
        """End a number, with a reason."""
        tickets = {ticket.label: ticket.ticket_id for ticket in reversed(cancellable(self.state))}
        foot = _("Enter chooses · Esc goes back")
        label = await NumberSearch(self.screen).ask(_("Cancel which number?"), foot, tickets)
        if label is None:
            return
        reasons = reason_entries(self.config.reasons.cancel)
        title = _("Cancel {ticket}: why?").format(ticket=label)
        reason = await self.screen.answer_to(ChooseDialog(title, reasons))
        if reason is not None:
            told = _("{ticket} is cancelled.").format(ticket=label)
            intent = CancelTicket(ticket_id=tickets[label], reason=reason)
            self.screen.perform(intent, then=lambda done: self.host.notice(told))

    async def take_back(self) -> None:
        """A missed customer came back."""
        views = missed(self.state, self.config, self.hall.now_ms())
        entries = [Entry(v.ticket_id, v.label, missed_note(v, self.config)) for v in views]
        if not entries:
            self.host.notice(_("Nobody who was missed may still come back."))
            return
        ticket_id = await self.screen.answer_to(ChooseDialog(_("Who came back?"), entries))
        if ticket_id is not None:
            self.screen.perform(ReturnMissed(ticket_id=ticket_id), then=self._tell_place)

    def _tell_place(self, done: Done) -> None:
        for event in done.events:
            if isinstance(event, TicketReturned) and event.ticket_id in done.state.tickets:
                ticket = done.state.tickets[event.ticket_id]
                before = issued_view(done.state, self.config, ticket, self.hall.now_ms()).before or 0
                sentence = _("{ticket} waits again: {place}.")
                self.host.notice(sentence.format(ticket=ticket.label, place=ahead_words(before)))
