"""What was chosen at the guide's desk becomes a number, or a customer shown to self-service."""

from dataclasses import replace

from hallq.domain.events import TicketIssued
from hallq.domain.intents import DivertCustomer, Intent, IssueTicket
from hallq.domain.refusals import Reason
from hallq.domain.tickets import Ticket
from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.guide import GuideView
from hallq.domain.views.guide_draft import Draft
from hallq.domain.vip import Recognised
from hallq.hall import Done, Refused
from hallq.i18n import _
from hallq.messages import StoreFailed
from hallq.screens.guide_choosing import Choosing
from hallq.screens.parts.ticket_paper import TicketPaper
from hallq.wording.states import service_name


class Issuing(Choosing):
    """One draft at a time is on its way to the disk; the next customer may be typed meanwhile."""

    PLACE = "guide"

    def __init__(self) -> None:
        """Nothing on its way, nothing issued."""
        super().__init__()
        self._pending: Draft | None = None
        self._begun_meanwhile: Draft | None = None
        self._issued: Ticket | None = None
        self._view: GuideView | None = None
        self.paper = TicketPaper(self)

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
                    self.paper.print_first(self._issued)
                    self._tell_manager(self._issued)
            self._pending = None
            if self._begun_meanwhile is not None:
                self._draft, self._begun_meanwhile = self._begun_meanwhile, None
        elif isinstance(intent, DivertCustomer):
            self._pending = None
            name = service_name(self.config, intent.service)
            self.host.notice(_("Shown to self-service for “{service}”: counted.").format(service=name))

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
