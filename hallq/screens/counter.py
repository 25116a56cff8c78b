"""The clerk's screen: the ticket in front, the running time, who comes next."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.getters import query_one

from hallq.domain.business_date import date_to_open
from hallq.domain.intents import (
    CallNext,
    CloseCounter,
    FinishVisit,
    Recall,
    ReportMissed,
    WithdrawCall,
)
from hallq.domain.policy import Call
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState
from hallq.domain.views.counter import counter_phase, counter_view, next_calls
from hallq.domain.views.counter_shapes import Phase
from hallq.i18n import _
from hallq.keys import Action
from hallq.screens.counter_after import CounterAfter
from hallq.screens.parts.greeting import Greeting
from hallq.screens.parts.intake import Intake
from hallq.widgets.ticket_card import TicketCard
from hallq.widgets.upcoming_list import UpcomingList
from hallq.widgets.visit_panel import VisitPanel
from hallq.wording.counter import LIKELY
from hallq.wording.idle_keys import counter_key
from hallq.wording.states import aside

DOUBLE_PRESS_MS = 350
"""A second press of the space bar so soon is a trembling finger, not a second wish."""

_ALWAYS = frozenset({"likely_next", "handover"})
KEYS: dict[Phase, frozenset[str]] = {
    Phase.DAY_CLOSED: _ALWAYS,
    Phase.CLOSED: _ALWAYS,
    Phase.FREE: _ALWAYS | {"choose_ticket", "intake", "pause", "leave", "why", "lanes"},
    Phase.CALLING: _ALWAYS | {"recall", "missed", "withdraw", "why"},
    Phase.SERVING: _ALWAYS | {"finish_and_call", "add_transaction", "transfer", "hold", "intake", "why"},
    Phase.PAUSED: _ALWAYS | {"leave", "lanes"},
}
"""What works in each phase."""


class CounterScreen(CounterAfter):
    """One counter of the hall."""

    PLACE = "counter"
    CSS_PATH = "counter.tcss"
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own declaration
        (0, "-low"),
        (28, "-middle"),
        (40, "-high"),
    ]

    card = query_one(TicketCard)
    visit = query_one(VisitPanel)
    upcoming = query_one(UpcomingList)

    _pressed_ms: int | None = None
    _calls: Sequence[Call] = ()
    _asked: tuple[object, ...] = ()
    _asked_of: HallState | None = None

    def __init__(self) -> None:
        """Nobody was greeted yet."""
        super().__init__()
        self.greeting = Greeting(self)

    def compose_body(self) -> ComposeResult:
        """Ticket, visit, who comes next."""
        yield TicketCard()
        yield VisitPanel()
        yield UpcomingList()

    def on_mount(self) -> None:
        """Ask for the counter where none was named."""
        self._confirmed: dict[str, int] = {}
        self.load_index()
        if self.number is None:
            self.call_after_refresh(self.ask_counter)

    def on_resize(self) -> None:
        """More or less room for the number and the list."""
        self.call_after_refresh(self.refresh_all)

    # --- painting ------------------------------------------------------------------------

    def paint(self, now_ms: int) -> None:
        """Show the present."""
        if self.number is None:
            self.card.say(_("This terminal has no counter yet. Space chooses one."))
            return
        only = self.hall.in_hand(self.number)
        self.view = view = counter_view(
            self.state,
            self.config,
            self.number,
            now_ms,
            calls=self._next_calls(self.number, now_ms, only),
            only=only,
            confirmed=self._confirmed,
            parting=self.parting,
            parted_service=self.parted_service,
        )
        address = self.greeting.address(self.state.ticket_at(self.number))
        date = date_to_open(self.state, self.hall.wall_ms(), self.config)
        self.card.paint(view, self.config, date, address, colleague=self.colleague)
        self.visit.paint(view, self.config, asks=not self.colleague)
        self.upcoming.paint(view, self.config)

    def _next_calls(self, number: int, now_ms: int, only: frozenset[str] | None) -> Sequence[Call]:
        """Who comes next, found once for each state and second."""
        state, asked = self.state, (number, self.upcoming.room, now_ms // 1000, only)
        if self._asked != asked or self._asked_of is not state:
            self._calls = next_calls(state, self.config, number, now_ms, self.upcoming.room, only)
            self._asked, self._asked_of = asked, state
        return self._calls

    def place_words(self) -> str:
        """The counter, and its clerk where that is somebody else."""
        if self.number is None:
            return _("No counter chosen")
        clerk = self.state.counter(self.number).clerk
        words = _("Counter {counter}").format(counter=self.number)
        words += self.fault_mark()
        return words if clerk == self.host.actor.name else aside(words, clerk)

    # --- what can be done ------------------------------------------------------------------

    def _phase(self) -> Phase:
        return counter_phase(self.state, self.counter)

    def allowed(self) -> set[str]:
        """What works in this phase; more where a transaction is long."""
        if self.number is None or self.colleague:
            return {"likely_next"}
        names = set(KEYS[self._phase()])
        if self.bill() is not None:
            names.add("visit_slip")
        running = self.transaction()
        if self._phase() is Phase.SERVING and running is not None:
            names.add("not_possible")
            if running.elapsed_ms > running.limit_ms:
                names.add("explain_overrun")
            if running.is_long:
                names.add("finished_earlier")
        if self.view is not None and self._phase() is Phase.FREE and not self.view.next:
            names.discard("why")
            if not self.state.in_state(TicketState.HELD, TicketState.MISSED):
                names.discard("choose_ticket")
        return names

    def why_not(self, action: Action) -> str:
        """What stands in the way, by phase."""
        if self.colleague:
            told = _("Counter {counter} is {clerk}'s. Take it over first.")
            return told.format(counter=self.number, clerk=self.colleague)
        phase = None if self.number is None else self._phase()
        can_call = self.view is not None and bool(self.view.next or self.view.kept)
        return counter_key(phase, action.name, self.label(), can_call=can_call)

    def likely_label(self) -> str:
        """What the space bar does now."""
        if self._is_slow:
            return _("Saving…")
        if self.number is None:
            return _("Choose counter")
        if self.colleague:
            return _("Take over")
        phase, running = self._phase(), self.transaction()
        if phase is Phase.SERVING and running is not None and running.asks_forgotten:
            return _("Still here")
        if phase is Phase.FREE and self.view is not None and not (self.view.next or self.view.kept):
            return ""
        return _(LIKELY[phase])

    # --- keys ------------------------------------------------------------------------------

    def action_likely_next(self) -> None:
        """One step on; a second press right after the first does nothing."""
        now_ms = self.hall.now_ms()
        if self._pending or (self._pressed_ms is not None and now_ms - self._pressed_ms < DOUBLE_PRESS_MS):
            return
        self._pressed_ms = now_ms
        if self.number is None:
            self.ask_counter()
        elif self._phase() is Phase.SERVING and not self.colleague:
            self._finish_or_confirm(now_ms)
        elif self._phase() is Phase.DAY_CLOSED:
            self.open_day(date_to_open(self.state, self.hall.wall_ms(), self.config))
        else:
            self.perform(self.likely_intent(self._phase(), self.number))

    def _finish_or_confirm(self, now_ms: int) -> None:
        """The end of the visit; or the answer to whether the customer is still here."""
        running = self.transaction()
        if running is not None and running.asks_forgotten:
            self._confirmed = {running.transaction_id: now_ms}
            self.refresh_all()
        else:
            self._finish()

    def _finish(self, *following: CallNext) -> None:
        running = self.transaction()
        if running is not None and running.wants_reason:
            self.finish_with_reason(*following)
        else:
            self.perform(FinishVisit(counter=self.counter), *following)

    def action_finish_and_call(self) -> None:
        """Finish this visit and call the next."""
        self._finish(CallNext(counter=self.counter))

    def action_finished_earlier(self) -> None:
        """The visit ended long ago: its time is not to be trusted."""
        self.perform(FinishVisit(counter=self.counter, forgotten=True))

    def action_recall(self) -> None:
        """Call the same number again."""
        self.perform(Recall(counter=self.counter))

    def action_missed(self) -> None:
        """The customer did not come."""
        self.perform(ReportMissed(counter=self.counter))

    def action_withdraw(self) -> None:
        """Take the call back."""
        self.perform(WithdrawCall(counter=self.counter))

    def action_intake(self) -> None:
        """Write a complaint down."""
        self.asking(Intake(self).take, self.number)

    def action_leave(self) -> None:
        """Close this counter."""
        self.perform(CloseCounter(counter=self.counter))
