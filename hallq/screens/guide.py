"""The guide's screen: choose a service, recognise the VIP, give the number."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Static

from hallq.domain.events import TicketIssued
from hallq.domain.intents import DivertCustomer, Intent, IssueTicket
from hallq.domain.refusals import Reason
from hallq.domain.tickets import Ticket
from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.appointments import Expected
from hallq.domain.views.find import cancellable
from hallq.domain.views.guide import GuideView, guide_view
from hallq.domain.views.guide_draft import Draft
from hallq.domain.vip import Recognised
from hallq.hall import Done, Refused
from hallq.i18n import _
from hallq.keys import Action, actions_of
from hallq.messages import StoreFailed
from hallq.screens.guide_appointments import Appointing
from hallq.widgets.guide_head import GuideHead
from hallq.widgets.issued_ticket import IssuedTicket
from hallq.widgets.lane_forecast import LaneForecasts
from hallq.widgets.service_list import ServiceList
from hallq.wording.appointments import expected_words, own_words
from hallq.wording.guide import overdue_words
from hallq.wording.idle_keys import guide_key
from hallq.wording.printer import printer_words
from hallq.wording.states import service_name


class GuideScreen(Appointing):
    """Digit, space bar: a number is issued. Everything else is there when it is needed."""

    PLACE = "guide"
    CSS_PATH = "guide.tcss"
    AUTO_FOCUS = "ServiceList"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-high")]  # noqa: RUF012 - Textual's own declaration

    head = query_one(GuideHead)
    services = query_one(ServiceList)
    lanes = query_one(LaneForecasts)
    panel = query_one(IssuedTicket)
    overdue = query_one("#guide-overdue", Static)
    printer = query_one("#guide-printer", Static)
    expected = query_one("#guide-expected", Static)

    def __init__(self) -> None:
        """Nothing chosen, nothing issued."""
        super().__init__()
        self._pending: Draft | None = None
        self._begun_meanwhile: Draft | None = None
        self._view: GuideView | None = None

    def compose_body(self) -> ComposeResult:
        """Draft and groups, list, lanes, number."""
        yield GuideHead()
        yield ServiceList()
        yield Static(id="guide-overdue", markup=False)
        yield LaneForecasts()
        yield Static(id="guide-expected", markup=False)
        yield IssuedTicket()
        yield Static(id="guide-printer", markup=False)

    def on_mount(self) -> None:
        """Ready for the first customer; how the names sound is learned on the side."""
        self.begin()
        if self.host.printer is not None:
            self.host.printer.begin()

    def on_resize(self) -> None:
        """The number is as large as there is room."""
        self.call_after_refresh(self.refresh_all)

    # --- paint --------------------------------------------------------------------------

    def paint(self, now_ms: int) -> None:
        """Show draft, lanes and number as they are now."""
        working = self._pending is not None
        view = self._view = guide_view(
            self.state,
            self.config,
            now_ms,
            self.hall.wall_ms(),
            self._draft,
            self._hits,
            self._issued,
            working,
        )
        typing = self._draft.query is not None
        self.head.paint(view, self.config)
        self.services.paint(view.lines, self.config.services, self._group_keys(), typing=typing)
        self.lanes.paint(view.lanes, view.missed)
        self.panel.paint(view, self.config)
        self.overdue.set_class(view.day.overdue, "-shown")
        self.overdue.update(overdue_words(view.day) if view.day.overdue else "")
        self._paint_expected(view.expected)
        self._paint_printer()

    def _paint_expected(self, today: Expected) -> None:
        """Today's appointments, or that of the customer who stands here."""
        told = own_words(today) if today.own else expected_words(today)
        self.expected.set_class(bool(told), "-shown")
        self.expected.set_class(bool(today.own), "-own")
        self.expected.update(told)

    def _paint_printer(self) -> None:
        """How the printer is, where there is one."""
        status = self.host.printer.status() if self.host.printer else None
        self.printer.set_class(status is not None, "-shown")
        if status is not None:
            self.printer.set_class(not status.state.prints and not status.state.is_well, "-trouble")
            self.printer.set_class(status.state.prints and not status.state.is_well, "-soon")
            self.printer.update(printer_words(status))

    def _group_keys(self) -> str:
        """The letters of groups that no action of this screen uses."""
        taken = {action.keys.upper() for action in actions_of(self.PLACE)}
        return "".join(group.letter for group in self.config.groups if group.letter not in taken)

    def place_words(self) -> str:
        """The guide's desk."""
        return _("Guide's desk")

    # --- what can be done ---------------------------------------------------------------

    def allowed(self) -> set[str]:
        """What works now; while searching, letters are text."""
        draft, service = self._draft, self.config.service_by_code.get(self._draft.service or "")
        names = {"explain"} if service else set()
        if self._pending is None and (service or not self.state.is_open):
            names.add("issue")
        if draft.query is not None:
            return names
        names |= {"print_again"} if self.host.printer and self.state.tickets else set()
        names |= {"search", "find", "handover"} | (set() if draft.is_blank else {"start_over"})
        if not self.state.is_open:
            return names
        names |= {"tier", "customer", "priority"} | ({"appointments"} if self.has_slots else set())
        names |= {"divert"} if service and service.self_service and self._pending is None else set()
        names |= {"returned"} if self._view and self._view.missed else set()
        return names | ({"cancel"} if cancellable(self.state) else set())

    def why_not(self, action: Action) -> str:
        """What is missing; while searching, letters are text."""
        if self._draft.query is not None:
            return ""
        return guide_key(action.name, is_open=self.state.is_open, is_saving=self._pending is not None)

    def likely_label(self) -> str:
        """What the space bar does."""
        if "issue" not in self.allowed():
            return ""
        if not self.state.is_open:
            return _("Open the day")
        return _("Second number") if self._draft.second_ticket else _("Issue")

    # --- the deed -----------------------------------------------------------------------

    def action_issue(self) -> None:
        """Give the number, or open the day first."""
        if not self.state.is_open:
            if self._view is not None:
                self.open_day(self._view.day.date)
            return
        draft = self._set_aside()
        if draft.number and not draft.customer:
            self.ask(lambda: self.hall.recognise(draft.number), self._issue_known, self._restore)
        else:
            self._issue_pending()

    def _set_aside(self) -> Draft:
        """The next customer may be typed while this one is being written down."""
        draft = self._pending = self._draft
        self._show(drafts.start(self.config))
        return draft

    def _issue_known(self, known: Recognised) -> None:
        """The number was not looked up yet when the space bar came."""
        if self._pending is not None:
            self._pending = drafts.with_known(self._pending, known)
            self._issue_pending()

    def _issue_pending(self) -> None:
        draft = self._pending
        if draft is None or draft.service is None:
            return
        self.perform(
            IssueTicket(
                service=draft.service,
                tier=draft.tier,
                customer=draft.customer or None,
                priority_reason=draft.priority_reason,
                second_ticket=draft.second_ticket,
            )
        )

    def action_divert(self) -> None:
        """Show the customer to self-service; it is counted."""
        if self._draft.service is not None:
            self.perform(DivertCustomer(service=self._set_aside().service or ""))

    def _restore(self, *, second_ticket: bool = False) -> None:
        """Nothing was written: what was typed is there again, and what was begun meanwhile after it."""
        if self._pending is not None:
            if self._draft != drafts.start(self.config):
                self._begun_meanwhile = self._draft
            self._draft = replace(self._pending, second_ticket=second_ticket or self._pending.second_ticket)
            self._pending = None
            self.refresh_all()

    def done(self, intent: Intent, outcome: Done) -> None:
        """Show the number; the next customer may come."""
        if isinstance(intent, IssueTicket):
            for event in outcome.events:
                if isinstance(event, TicketIssued):
                    self._issued = outcome.state.tickets.get(event.ticket_id)
                    self.print_first(self._issued)
                    self._tell_manager(self._issued)
            self._pending = None
            if self._begun_meanwhile is not None:
                self._draft, self._begun_meanwhile = self._begun_meanwhile, None
        elif isinstance(intent, DivertCustomer):
            self._pending = None
            name = service_name(self.config, intent.service)
            self.host.notice(_("Shown to self-service for “{service}”: counted.").format(service=name))
        super().done(intent, outcome)

    def _tell_manager(self, ticket: Ticket | None) -> None:
        known = self._pending.known if self._pending else None
        if ticket is not None and known is not None and known.manager:
            self.host.tell_manager(ticket, known.manager)

    def refused(self, intent: Intent, outcome: Refused) -> None:
        """What was typed is there again; a second number takes a second press."""
        if isinstance(intent, IssueTicket | DivertCustomer):
            self._restore(second_ticket=outcome.refusal.reason is Reason.ALREADY_QUEUEING)

    def on_store_failed(self, message: StoreFailed) -> None:
        """What was typed is there again."""
        if isinstance(message.intent, IssueTicket | DivertCustomer):
            self._restore()
