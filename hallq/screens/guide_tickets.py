"""What the guide does with numbers that exist already: find one, take one back in, cancel one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import work

from hallq.domain.events import TicketReturned
from hallq.domain.intents import CancelTicket, Intent, ReturnMissed
from hallq.domain.past_day import PastVisit
from hallq.domain.views.find import FoundView, Trace, cancellable, find, missed, newest
from hallq.domain.views.guide import issued_view
from hallq.hall import Done
from hallq.i18n import _
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.dialogs.find_ticket import FindTicketDialog, Found
from hallq.screens.entries import reason_entries
from hallq.screens.parts.shift import Shift
from hallq.typed_ahead import ASKING
from hallq.wording.found import found_lines
from hallq.wording.guide import ahead_words, missed_note
from hallq.wording.states import service_name

LISTED = 30
"""More tickets than this are found by their number, not in a list."""


class TicketActions(HallScreen):
    """The actions on tickets that are in the hall."""

    PLACE = "guide"
    _cancelling = ""
    _ended: dict[str, PastVisit | None]

    def __init__(self) -> None:
        """Nothing was looked up in the file yet."""
        super().__init__()
        self._ended = {}

    # --- find ---------------------------------------------------------------------------

    def looked_up(self, typed: str, may: Callable[[FoundView], bool]) -> Sequence[Found]:
        """Everything that `typed` can mean; those that `may` be chosen have a code."""
        now_ms = self.hall.now_ms()
        if typed.strip():
            views = find(self.state, self.config, now_ms, typed, self._ended)
            self._look_up_ended(view.label for view in views if view.trace is Trace.GONE)
        else:
            views = newest(self.state, self.config, now_ms, LISTED)
        return [self._line(view, may(view)) for view in views]

    def _look_up_ended(self, labels: Iterable[str]) -> None:
        """What the file says of numbers that are gone; told as soon as it is known."""
        date, unknown = self.state.business_date, [label for label in labels if label not in self._ended]
        if unknown:
            self._ended |= dict.fromkeys(unknown)
            past = self.hall.past
            self.ask(lambda: {label: past.visit(date, label) for label in unknown}, self._tell_ended)

    def _tell_ended(self, visits: Mapping[str, PastVisit | None]) -> None:
        self._ended |= visits
        if isinstance(self.app.screen, FindTicketDialog):
            self.app.screen.look_again()

    def _line(self, view: FoundView, may: bool) -> Found:
        lines = found_lines(view, self.config)
        service = service_name(self.config, view.ticket.service) if view.ticket else ""
        return Found(view.label if may else "", f"{view.label}  {service}", lines)

    def begin_finding(self) -> None:
        """What was looked up for an earlier question may have changed since."""
        self._ended = {}

    def action_handover(self) -> None:
        """The handover log; a new entry may be about a counter."""
        self.asking(Shift(self).read_handover, None)

    # --- cancel -------------------------------------------------------------------------

    @work(exclusive=True, group=ASKING)
    async def action_cancel(self) -> None:
        """End a number, with a reason."""
        labels = {ticket.label: ticket.ticket_id for ticket in reversed(cancellable(self.state))}

        def look(typed: str) -> Sequence[Found]:
            found = self.looked_up(typed, lambda view: view.label in labels)
            return [each for each in found if each.code] if not typed else found

        foot = _("Enter chooses · Esc goes back")
        label = await self.answer_to(FindTicketDialog(_("Cancel which number?"), foot, look))
        if label is None:
            return
        reasons = reason_entries(self.config.reasons.cancel)
        title = _("Cancel {ticket}: why?").format(ticket=label)
        reason = await self.answer_to(ChooseDialog(title, reasons))
        if reason is not None:
            self._cancelling = label
            self.perform(CancelTicket(ticket_id=labels[label], reason=reason))

    # --- returned -----------------------------------------------------------------------

    @work(exclusive=True, group=ASKING)
    async def action_returned(self) -> None:
        """A missed customer came back."""
        views = missed(self.state, self.config, self.hall.now_ms())
        entries = [Entry(v.ticket_id, v.label, missed_note(v, self.config)) for v in views]
        if not entries:
            self.host.notice(_("Nobody who was missed may still come back."))
            return
        ticket_id = await self.answer_to(ChooseDialog(_("Who came back?"), entries))
        if ticket_id is not None:
            self.perform(ReturnMissed(ticket_id=ticket_id))

    # --- outcomes -----------------------------------------------------------------------

    def done(self, intent: Intent, outcome: Done) -> None:
        """Say what happened."""
        if isinstance(intent, ReturnMissed):
            self._tell_place(outcome)
        elif isinstance(intent, CancelTicket):
            self.host.notice(_("{ticket} is cancelled.").format(ticket=self._cancelling))

    def _tell_place(self, outcome: Done) -> None:
        for event in outcome.events:
            if isinstance(event, TicketReturned) and event.ticket_id in outcome.state.tickets:
                ticket = outcome.state.tickets[event.ticket_id]
                before = issued_view(outcome.state, self.config, ticket, self.hall.now_ms()).before or 0
                sentence = _("{ticket} waits again: {place}.")
                self.host.notice(sentence.format(ticket=ticket.label, place=ahead_words(before)))
