"""The counter screen's questions: each opens a dialog and turns the answer into intents."""

from collections.abc import Callable, Sequence

from textual import work

from hallq.domain.intents import (
    CallNext,
    CallTicket,
    ConfirmArrival,
    EndHold,
    HoldVisit,
    Intent,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    ReturnMissed,
    TakeOverCounter,
    TransferVisit,
)
from hallq.domain.policy import next_call
from hallq.domain.tickets import TicketState
from hallq.domain.views.cards import faults_at
from hallq.domain.views.counter_shapes import Phase
from hallq.domain.views.why import why_of_call, why_of_ticket
from hallq.hall import Done, Refused
from hallq.i18n import _
from hallq.messages import StoreFailed
from hallq.screens.base import HallScreen
from hallq.screens.counter_entries import (
    counter_entries,
    place_entries,
    ticket_entries,
)
from hallq.screens.dialogs.choose import ChooseDialog, Search
from hallq.screens.dialogs.hold import HoldDialog
from hallq.screens.dialogs.transfer import TransferDialog
from hallq.screens.dialogs.why import WhyDialog
from hallq.screens.entries import counter_search, place_search, reason_entries
from hallq.screens.parts.shift import Shift
from hallq.service_search import ServiceIndex, full_index, plain_index
from hallq.typed_ahead import ASKING
from hallq.wording.calls import why_sentences

SLOW_SECONDS = 0.2
"""From then on the screen says that it is saving."""


class CounterAsking(HallScreen):
    """Base of the counter screen: one deed at a time, and the questions before some of them."""

    _index: ServiceIndex | None = None
    _pending = 0
    _is_slow = False

    @property
    def number(self) -> int | None:
        """The counter of this screen; None while none of the hall's counters is chosen."""
        number = self.host.counter_number
        known = number in self.config.counter_by_number or self.state.counter(number or 0).is_staffed
        return number if known else None

    @property
    def counter(self) -> int:
        """The counter of this screen, where one is chosen."""
        return self.host.counter_number or 0

    @property
    def colleague(self) -> str:
        """Who else has this counter, empty for nobody; whoever signed in takes it over first."""
        clerk = self.state.counter(self.counter).clerk or ""
        return clerk if self.host.needs_person and clerk != self.host.actor.name else ""

    def likely_intent(self, phase: Phase, number: int) -> Intent:
        """What the space bar asks for."""
        if self.colleague:
            return TakeOverCounter(counter=number, clerk=self.host.actor.name)
        match phase:
            case Phase.CLOSED:
                return OpenCounter(counter=number, clerk=self.host.actor.name)
            case Phase.CALLING:
                return ConfirmArrival(counter=number)
            case Phase.PAUSED:
                return ResumeCounter(counter=number)
            case _:
                return CallNext(counter=number)

    # --- one deed at a time ----------------------------------------------------------------

    def perform(self, *intents: Intent, then: Callable[[Done], None] | None = None) -> None:
        """Carry out intents, unless others are still on their way to the disk."""
        if self._pending:
            return
        self._pending = len(intents)
        self.set_timer(SLOW_SECONDS, self._say_slow)
        super().perform(*intents, then=then)

    def _say_slow(self) -> None:
        if self._pending and not self._is_slow:
            self._is_slow = True
            self.refresh_all()

    def done(self, intent: Intent, outcome: Done) -> None:
        """One intent less on its way."""
        self._pending = max(0, self._pending - 1)
        self._is_slow = self._is_slow and bool(self._pending)

    def refused(self, intent: Intent, outcome: Refused) -> None:
        """A no ends the row of intents."""
        self._pending, self._is_slow = 0, False

    def on_store_failed(self, message: StoreFailed) -> None:
        """A fault ends the row of intents; the frame says what to do."""
        self._pending, self._is_slow = 0, False

    # --- questions ---------------------------------------------------------------------------

    @work(thread=True, group="index", exit_on_error=False)
    def load_index(self) -> None:
        """Read the catalogue aloud for the search; takes a moment."""
        self._index = full_index(self.config)

    def find(self, prefix: str = "") -> Callable[[str], Sequence[str]]:
        """The search in the catalogue; `prefix` stands before the codes that it finds."""
        index = self._index or plain_index(self.config)
        return lambda typed: [prefix + code for code in index.find(typed)]

    @work(exclusive=True, group=ASKING)
    async def ask_counter(self) -> None:
        """Which counter is this?"""
        title = _("Which counter is this?")
        entries = counter_entries(self.state, self.config)
        chosen = await self.answer_to(ChooseDialog(title, entries, search=counter_search(entries)))
        if chosen is not None:
            self.host.counter_number = int(chosen)
            self.refresh_all()

    @work(exclusive=True, group=ASKING)
    async def action_transfer(self) -> None:
        """Send the customer on."""
        entries = place_entries(self.state, self.config, self.counter)
        title = _("Where does {ticket} go?").format(ticket=self.label())
        search = place_search(entries, self.find("service:"))
        sent = await self.answer_to(TransferDialog(title, entries, search))
        if sent is not None:
            self.perform(
                TransferVisit(
                    counter=self.counter,
                    service=sent.service,
                    to_zone=sent.zone,
                    to_counter=sent.counter,
                    return_to_sender=sent.comes_back,
                )
            )

    @work(exclusive=True, group=ASKING)
    async def action_hold(self) -> None:
        """Let the customer do something else for a while."""
        title = _("{ticket} on hold: why?").format(ticket=self.label())
        held = await self.answer_to(HoldDialog(title, reason_entries(self.config.reasons.hold)))
        if held is not None:
            self.perform(HoldVisit(counter=self.counter, reason=held.reason, minutes=held.minutes))

    @work(exclusive=True, group=ASKING)
    async def action_pause(self) -> None:
        """Take nobody for a while."""
        entries = reason_entries(self.config.reasons.pause)
        chosen = await self.answer_to(ChooseDialog(_("Pause: why?"), entries))
        if chosen is not None:
            self.perform(PauseCounter(counter=self.counter, reason=chosen))

    @work(exclusive=True, group=ASKING)
    async def action_choose_ticket(self) -> None:
        """A number of the clerk's choice: waiting, on hold or missed."""
        entries = ticket_entries(self.state, self.config, self.counter, self.hall.now_ms())
        search = Search(digits_choose=False)
        chosen = await self.answer_to(ChooseDialog(_("Which number?"), entries, search=search))
        if chosen is not None:
            self.perform(*self._to_get(chosen))

    def _to_get(self, ticket_id: str) -> tuple[Intent, ...]:
        """What brings a ticket to this counter; a missed one takes its stated place first."""
        ticket = self.state.tickets.get(ticket_id)
        call = CallTicket(counter=self.counter, ticket_id=ticket_id)
        if ticket is not None and ticket.state is TicketState.MISSED:
            return (ReturnMissed(ticket_id=ticket_id),)
        if ticket is not None and ticket.state is TicketState.HELD:
            return (EndHold(ticket_id=ticket_id), call)
        return (call,)

    @work(exclusive=True, group=ASKING)
    async def action_why(self) -> None:
        """Why this ticket, or the next one; and who was passed over."""
        ticket = self.state.ticket_at(self.counter)
        if ticket is not None:
            why, title = why_of_ticket(ticket), _("Why {ticket}?")
        else:
            call = next_call(self.state, self.config, self.counter, self.hall.now_ms())
            why, title = why_of_call(call) if call else None, _("Why {ticket} would be next")
        if why is not None:
            sentence, passed = why_sentences(self.config, why)
            await self.answer_to(WhyDialog(title.format(ticket=why.label), sentence, passed))

    def label(self) -> str:
        """The number in front; empty without one."""
        ticket = self.state.ticket_at(self.counter)
        return ticket.label if ticket else ""

    # --- the shift -----------------------------------------------------------------------------

    def fault_mark(self) -> str:
        """That a fault of this counter's equipment is noted; empty where none is."""
        return " !" + _("faulty") if faults_at(self.state, self.counter) else ""

    def action_handover(self) -> None:
        """What is noted here, and the rest of the log."""
        self.asking(Shift(self).read_handover, self.number)

    def action_lanes(self) -> None:
        """Whom this counter takes; a manager signs."""
        self.asking(Shift(self).ask_lanes, self.counter)
