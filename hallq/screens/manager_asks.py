"""The questions that the manager's screen asks before it acts."""

from collections.abc import Sequence

from textual import work

from hallq.domain.business_date import date_to_open, goes_back
from hallq.domain.counters import CounterState
from hallq.domain.forecast import expected_order
from hallq.domain.intents import CancelTicket, OpenCounter, ReportLeft
from hallq.domain.reasons import Choice
from hallq.domain.staff import Role, Roster
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.views.manager import ManagerView
from hallq.domain.views.why import why_of_ticket
from hallq.i18n import _, language
from hallq.screens.dialogs.ask import AskDialog
from hallq.screens.dialogs.choose import ChooseDialog, Entry, Search
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.dialogs.why import WhyDialog
from hallq.screens.entries import reason_entries
from hallq.screens.shift_asks import ShiftAsks
from hallq.typed_ahead import ASKING
from hallq.widgets.key_bar import KeyBar
from hallq.wording import times
from hallq.wording.calls import why_sentences
from hallq.wording.hall import away_sentence, waiting_sentences


def clerk_entries(state: HallState, roster: Roster) -> list[Entry]:
    """The clerks of the staff list, those at no counter first."""
    places = {counter.clerk: counter.number for counter in state.counters.values() if counter.is_staffed}
    entries = []
    for person in sorted(roster.with_role(Role.CLERK), key=lambda s: (s.number in places, s.number)):
        place = places.get(person.number)
        note = _("at counter {counter}").format(counter=place) if place else ""
        entries.append(Entry(person.number, f"{person.number}  {person.name}", note))
    return entries


class ManagerAsks(ShiftAsks):
    """Dialogs of the manager; each ends in an intent, or in nothing."""

    def refresh_keys(self) -> None:
        """The key bar follows the cursor."""
        self.query_one(KeyBar).paint(self.visible_actions(), self.likely_label())

    async def ask_reason(self, title: str, choices: Sequence[Choice]) -> str | None:
        """One of the hall's reasons."""
        return await self.answer_to(ChooseDialog(title, reason_entries(choices), _("The reason is kept.")))

    @work(group=ASKING)
    async def ask_to_cancel(self, ticket: Ticket) -> None:
        """Why the number is withdrawn."""
        title = _("Cancel {ticket}").format(ticket=ticket.label)
        reason = await self.ask_reason(title, self.config.reasons.cancel)
        if reason:
            self.perform(CancelTicket(ticket_id=ticket.ticket_id, reason=reason))

    @work(group=ASKING)
    async def ask_whether_left(self, ticket: Ticket) -> None:
        """A number that is gone does not come back: asked before."""
        title = _("Has {ticket} left?").format(ticket=ticket.label)
        question = _("The number ends; the customer would need a new one.")
        if await self.answer_to(ConfirmDialog(title, question, _("has left"))):
            self.perform(ReportLeft(ticket_id=ticket.ticket_id))

    @work(group=ASKING)
    async def ask_for_counter(self, number: int | None) -> None:
        """Which counter, if not known yet, and which clerk takes it."""
        if number is None:
            number = await self._ask_number()
        if number is None:
            return
        title = _("Open counter {counter}").format(counter=number)
        clerk = await self._ask_clerk(title)
        if clerk:
            self.perform(OpenCounter(counter=number, clerk=clerk))

    async def _ask_clerk(self, title: str) -> str | None:
        """Somebody of the staff list; where the hall has none, whatever name is typed."""
        clerks = clerk_entries(self.state, self.hall.roster)
        if not clerks:
            return await self.answer_to(AskDialog(title, _("Name or staff number of the clerk:")))
        return await self.answer_to(ChooseDialog(title, clerks, search=Search(digits_choose=False)))

    async def _ask_number(self) -> int | None:
        zones = {zone.code: zone.name.in_language(language()) for zone in self.config.zones}
        closed = [
            rule
            for rule in sorted(self.config.counters, key=lambda rule: rule.number)
            if self.state.counter(rule.number).state is CounterState.CLOSED
        ]
        entries = [
            Entry(
                str(rule.number),
                _("Counter {counter}").format(counter=rule.number),
                zones.get(rule.zone, ""),
                digit=rule.number,
            )
            for rule in closed
        ]
        chosen = await self.answer_to(ChooseDialog(_("Open which counter?"), entries))
        return int(chosen) if chosen else None

    @work(group=ASKING)
    async def ask_to_open_day(self) -> None:
        """Open the proposed date; ask only when the computer's clock looks wrong."""
        wall_ms = self.hall.wall_ms()
        date = date_to_open(self.state, wall_ms, self.config)
        if goes_back(self.state, wall_ms, self.config):
            question = _("The computer's date lies before the last business day. Is its clock right?")
            title = _("Open {date}?").format(date=times.day(date))
            if not await self.answer_to(ConfirmDialog(title, question, _("Open the day"))):
                return
        self.open_day(date)

    def tell_why(self, ticket: Ticket, view: ManagerView) -> None:
        """The kept reason of a call, or what stands before a waiting number."""
        row = next((row for row in view.waiting if row.ticket_id == ticket.ticket_id), None)
        away = next((row for row in view.away if row.ticket_id == ticket.ticket_id), None)
        why = why_of_ticket(ticket)
        if row:
            order = [t.label for t in expected_order(self.state, self.config, self.hall.now_ms())]
            before = order[: order.index(ticket.label)] if ticket.label in order else []
            text = waiting_sentences(row, before, self.config)
            self.show(TellDialog(_("When is {ticket}'s turn?").format(ticket=ticket.label), text))
        elif why and not away:
            title = _("Why {ticket}?").format(ticket=ticket.label)
            self.show(WhyDialog(title, *why_sentences(self.config, why)))
        elif away:
            self.show(TellDialog(ticket.label, away_sentence(away, self.config)))
