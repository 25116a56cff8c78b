"""The guide's view of a day's appointments: book, move, call off, check in."""

from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Static

from hallq.domain.appointments import Appointment, date_of
from hallq.domain.events import AppointmentBooked, TicketIssued
from hallq.domain.intents import BookAppointment, CancelAppointment, CheckIn, Intent, MoveAppointment
from hallq.domain.lanes import Tier
from hallq.domain.tickets import Ticket
from hallq.domain.views.appointments import (
    AppointmentDay,
    SlotLine,
    Visitor,
    appointment_day,
    line_to_begin_with,
)
from hallq.domain.views.guide_draft import Draft
from hallq.domain.vip import Recognised
from hallq.hall import Done
from hallq.i18n import _
from hallq.keys import Action
from hallq.screens.appointment_asks import AppointmentAsks
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.service_search import ServiceIndex
from hallq.typed_ahead import ASKING
from hallq.widgets.appointment_list import AppointmentList
from hallq.wording.appointments import (
    booked_words,
    day_words,
    draft_for,
    moving_words,
    slot_words,
    visitor_words,
)
from hallq.wording.idle_keys import appointments_key


class AppointmentsScreen(AppointmentAsks):
    """Over the guide's desk: `has_booked` and `checked_in` say there what became of the customer."""

    PLACE = "appointments"
    CSS_PATH = "appointments.tcss"
    AUTO_FOCUS = "AppointmentList"

    entries = query_one(AppointmentList)
    day_line = query_one("#appointments-day", Static)
    for_line = query_one("#appointments-for", Static)

    def __init__(self, draft: Draft, index: ServiceIndex, own: str = "") -> None:
        """`draft`: what was chosen at the desk. `own`: the appointment of who stands there, empty: none."""
        super().__init__()
        self.has_booked = False
        self.checked_in: Ticket | None = None
        self._draft = draft
        self._index = index
        self._begin_with: str | None = own
        self._date = ""
        self._moving: SlotLine | None = None

    def compose_body(self) -> ComposeResult:
        """The day, whom the next booking is for, the slots."""
        yield Static(id="appointments-day", markup=False)
        yield Static(id="appointments-for", markup=False)
        yield AppointmentList()

    # --- paint --------------------------------------------------------------------------

    def paint(self, now_ms: int) -> None:
        """Show the day as it is now."""
        day = self._day(now_ms)
        begin = None
        if self._begin_with is not None:
            to_book = self._draft.service is not None
            begin, self._begin_with = line_to_begin_with(day, self._begin_with, to_book=to_book), None
        self.entries.paint(day.lines, self.config, begin)
        self.day_line.update(day_words(day))
        moving = self._moving.visitor if self._moving else None
        self.for_line.set_class(moving is not None, "-moving")
        if moving is not None and self._moving is not None:
            self.for_line.update(moving_words(moving, self._moving.slot, self.config))
        else:
            self.for_line.update(draft_for(self._draft, self.config))

    def _day(self, now_ms: int) -> AppointmentDay:
        """The day that is looked at; where it is past, the present one."""
        if self._date < self.state.business_date:
            self._date = self.state.business_date
        return appointment_day(self.state, self.config, now_ms, self._date)

    def place_words(self) -> str:
        """The guide's appointments."""
        return _("Appointments")

    @on(AppointmentList.Moved)
    def show_keys_of_line(self) -> None:
        """Another line, other keys."""
        self.refresh_all()

    # --- what can be done ---------------------------------------------------------------

    @property
    def _visitor(self) -> Visitor | None:
        return self.entries.line.visitor if self.entries.line else None

    def allowed(self) -> set[str]:
        """What works on the line under the cursor."""
        day, line, visitor = self._day(self.hall.now_ms()), self.entries.line, self._visitor
        names = {"back"} | ({"earlier"} if day.earlier else set()) | ({"later"} if day.later else set())
        if line is None or not self.state.is_open:
            return names
        if self._moving is not None:
            return names | ({"likely_next"} if line.may_book else set())
        if visitor is not None and visitor.may_check_in:
            names |= {"check_in", "likely_next"}
        if line.may_book:
            names |= {"book", "likely_next"}
        names |= {"move"} if visitor is not None and visitor.may_move else set()
        if visitor is not None and visitor.is_expected:
            names |= {"call_off"} | ({"print_again"} if self.host.printer else set())
        return names

    def why_not(self, action: Action) -> str:
        """What is missing."""
        return appointments_key(action.name, self.entries.line, self.config)

    def visible_actions(self) -> list[Action]:
        """What the space bar does is not shown twice."""
        likely = "check_in" if "check_in" in self.allowed() else "book"
        return [action for action in super().visible_actions() if action.name != likely]

    def likely_label(self) -> str:
        """What the space bar does."""
        allowed = self.allowed()
        if "likely_next" not in allowed:
            return ""
        if self._moving is not None:
            return _("Move here")
        return _("Check in") if "check_in" in allowed else _("Book")

    def chosen(self) -> Appointment | None:
        """The appointment under the cursor."""
        return self.state.appointments.get(self._visitor.appointment_id) if self._visitor else None

    # --- the deeds ----------------------------------------------------------------------

    def action_likely_next(self) -> None:
        """Put the moved one here, check in, or book."""
        line = self.entries.line
        if line is None:
            return
        if self._moving is not None and self._moving.visitor is not None:
            moved, self._moving = self._moving.visitor.appointment_id, None
            self.perform(MoveAppointment(appointment_id=moved, slot=line.slot))
        elif line.visitor is not None and line.visitor.may_check_in:
            self.action_check_in()
        else:
            self.action_book()

    def action_check_in(self) -> None:
        """The customer is here."""
        if self._visitor is not None:
            self.perform(CheckIn(appointment_id=self._visitor.appointment_id))

    def action_move(self) -> None:
        """The next chosen slot is the new one."""
        self._moving = self.entries.line
        self.refresh_all()

    @work(exclusive=True, group=ASKING)
    async def action_book(self) -> None:
        """Agree on the time under the cursor; what was not chosen at the desk is asked."""
        line, draft = self.entries.line, self._draft
        if line is None:
            return
        service = draft.service or await self.ask_service(self._index)
        if service is None:
            return
        tier = draft.tier if draft.tier is not Tier.NONE else await self.ask_tier(line)
        if tier is None:
            return
        intent = BookAppointment(slot=line.slot, service=service, tier=tier, customer=draft.customer or None)
        if draft.number and not draft.customer:  # not looked up yet when the key came
            number = draft.number
            self.ask(lambda: self.hall.recognise(number), lambda known: self._book_known(intent, known))
        else:
            self.perform(intent)

    def _book_known(self, intent: BookAppointment, known: Recognised) -> None:
        self.perform(intent.model_copy(update={"customer": known.customer or None}))

    @work(exclusive=True, group=ASKING)
    async def action_call_off(self) -> None:
        """The customer does not come; the place is free for others."""
        line, visitor = self.entries.line, self._visitor
        if line is None or visitor is None:
            return
        title = _("Cancel this appointment?")
        question = f"{slot_words(line.slot)} · {visitor_words(visitor, self.config)}"
        if await self.answer_to(ConfirmDialog(title, question, _("Cancel the appointment"))):
            self.perform(CancelAppointment(appointment_id=visitor.appointment_id))

    # --- days and the way back ----------------------------------------------------------

    def action_earlier(self) -> None:
        """The day before."""
        self._turn_to(self._day(self.hall.now_ms()).earlier)

    def action_later(self) -> None:
        """The day after."""
        self._turn_to(self._day(self.hall.now_ms()).later)

    def _turn_to(self, date: str) -> None:
        if date:
            self._date, self._begin_with = date, ""
            self.refresh_all()

    def action_back(self) -> None:
        """Leave the move, or the screen."""
        if self._moving is None:
            self.dismiss()
        else:
            self._moving = None
            self.refresh_all()

    # --- outcomes -----------------------------------------------------------------------

    def done(self, intent: Intent, outcome: Done) -> None:
        """Say what was agreed; who is here gets the number at the desk."""
        super().done(intent, outcome)
        for event in outcome.events:
            if isinstance(event, AppointmentBooked):
                self.has_booked, self._draft = True, replace(Draft(), group=self._draft.group)
                self._begin_with = event.appointment_id
                self.host.notice(booked_words(event.slot, event.appointment_id))
            elif isinstance(event, TicketIssued):
                self.checked_in = outcome.state.tickets.get(event.ticket_id)
                self.dismiss()
        if isinstance(intent, MoveAppointment):
            self._date, self._begin_with = date_of(intent.slot), intent.appointment_id
            self.host.notice(_("Moved to {slot}.").format(slot=slot_words(intent.slot)))
        elif isinstance(intent, CancelAppointment):
            self.host.notice(_("The appointment is cancelled; its place is free."))
