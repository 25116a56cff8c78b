"""After a visit at the counter: its slip, printed or saved; its rating from a second keyboard."""

from collections.abc import Callable
from pathlib import Path

from textual import events

from hallq.domain.events import VisitFinished, VisitHeld, VisitTransferred
from hallq.domain.intents import CloseCounter, FinishVisit, Intent, RateVisit, TransferVisit
from hallq.domain.transactions import Outcome
from hallq.domain.views.counter_shapes import Parting
from hallq.domain.views.rating import to_rate
from hallq.domain.views.visit_bill import VisitBill, visit_bill
from hallq.hall import Actor, Done, Refused
from hallq.i18n import _
from hallq.screens.counter_visit import CounterVisit
from hallq.wording import printer as words
from hallq.wording.counter import done_sentence

LEAVING = VisitFinished | VisitTransferred | VisitHeld
"""How a visit that was served leaves a counter."""
SCORE_KEYS = frozenset("12345")


class CounterAfter(CounterVisit):
    """Remembers what the last visit did."""

    _before: VisitBill | None = None
    _last: VisitBill | None = None
    parting: Parting | None = None
    parted_service = ""

    def bill(self) -> VisitBill | None:
        """The visit in front so far, else the last one that left here."""
        return visit_bill(self.state, self.counter) or self._last

    def perform(self, *intents: Intent, then: Callable[[Done], None] | None = None) -> None:
        """What ends with its visit is looked at before."""
        self._before = visit_bill(self.state, self.counter)
        super().perform(*intents, then=then)

    def done(self, intent: Intent, outcome: Done) -> None:
        """How the visit left, for the phrase; what can't be seen any more is said. Some halls print each."""
        super().done(intent, outcome)
        self.parting = _parting_of(intent, outcome)
        self.parted_service = self._before.transactions[-1].service if self._before else ""
        if isinstance(intent, CloseCounter):
            self.host.stand_here_again()
        if sentence := done_sentence(intent, outcome.events, outcome.state, self.config):
            self.host.notice(sentence)
        ends = [event for event in outcome.events if isinstance(event, LEAVING)]
        if ends and self._before is not None:
            self._last = self._before.after(outcome.events)
            if self.config.printer.visit_slip == "always" and isinstance(ends[0], VisitFinished):
                self._put_out(self._last)

    def action_visit_slip(self) -> None:
        """One slip with everything that the visit did."""
        if bill := self.bill():
            self._put_out(bill)

    def on_key(self, event: events.Key) -> None:
        """Where the hall has it so, a digit from the customer's keyboard rates the visit that just ended."""
        rule = self.config.rating
        if rule.keys_at_counter and self.number is not None and event.key in SCORE_KEYS and self.is_active:
            ticket = to_rate(self.state.counter(self.counter), rule, self.hall.now_ms())
            if ticket is not None:
                intent = RateVisit(at_counter=self.counter, ticket_id=ticket, score=int(event.key))
                actor = Actor(f"rating-{self.counter}", self.host.actor.terminal)
                self.ask(lambda: self.hall.perform(intent, actor), self._rated)
        super().on_key(event)

    def _rated(self, outcome: Done | Refused) -> None:
        if isinstance(outcome, Done):
            self.host.notice(_("The customer has rated the visit."))

    def _put_out(self, bill: VisitBill) -> None:
        from hallq.paper.saving import save_slip
        from hallq.paper.visit import visit_slip

        slip = visit_slip(self.config, bill, self.state.clock_offset_ms, self.hall.now_ms())
        printer, folder = self.host.printer, self.host.slip_folder
        if printer is not None:
            is_taken = printer.print(slip)
            self.host.notice(words.visit_printing(slip.name) if is_taken else words.too_many(slip.name))
        elif folder is None:
            self.host.notice(words.no_place_for_slips(), severity="warning")
        else:
            columns, place = self.config.printer.paper.columns, folder / bill.ticket.business_date
            self.ask(lambda: save_slip(slip, place, columns), self._saved)

    def _saved(self, path: Path) -> None:
        self.host.notice(words.visit_saved(path.stem, str(path)))


def _parting_of(intent: Intent, outcome: Done) -> Parting | None:
    """How a visit left this counter by this deed, if one did."""
    if not isinstance(intent, FinishVisit | TransferVisit):
        return None
    if any(isinstance(event, VisitTransferred) for event in outcome.events):
        return Parting.TRANSFER
    said = getattr(intent, "outcome", Outcome.DONE)
    return Parting.NOT_POSSIBLE if said is Outcome.NOT_POSSIBLE else Parting.CLOSING
