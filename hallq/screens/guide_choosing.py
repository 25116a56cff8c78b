"""What the guide chooses for the customer: service, tier, priority, who it is."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on, work

from hallq.domain.lanes import Tier
from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.guide_draft import Draft
from hallq.domain.vip import Recognised
from hallq.i18n import _
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.screens.dialogs.customer_number import CustomerNumberDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.dialogs.tier import TierDialog
from hallq.screens.entries import reason_entries, tier_entries
from hallq.service_search import ServiceIndex, full_index, plain_index
from hallq.typed_ahead import ASKING
from hallq.widgets.service_list import ServiceList
from hallq.wording.guide import about_lines
from hallq.wording.states import service_name


class Choosing(HallScreen):
    """The draft of a ticket, and every key that changes it."""

    PLACE = "guide"

    def __init__(self) -> None:
        """Nothing chosen."""
        super().__init__()
        self._draft = Draft()
        self._index = ServiceIndex(())

    def begin(self) -> None:
        """Ready for the first customer; how the names sound is learned on the side."""
        config = self.config
        self._draft = drafts.start(config)
        self._index = plain_index(config)
        self.call_after_refresh(self.ask, lambda: full_index(config), self._take_index)

    def _take_index(self, index: ServiceIndex) -> None:
        self._index = index
        if self._draft.query:
            self._search(self._draft.query)

    @property
    def _hits(self) -> Sequence[str]:
        return self._index.find(self._draft.query) if self._draft.query else ()

    # --- the list -----------------------------------------------------------------------

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        self.refresh_all()

    @on(ServiceList.Picked)
    def choose_service(self, event: ServiceList.Picked) -> None:
        """The line with this digit."""
        self._show(drafts.with_place(self._draft, self.config, self._hits, event.place))

    @on(ServiceList.Moved)
    def choose_beside(self, event: ServiceList.Moved) -> None:
        """The line above or below."""
        self._show(drafts.with_step(self._draft, self.config, self._hits, event.step))

    @on(ServiceList.GroupWanted)
    def show_group(self, event: ServiceList.GroupWanted) -> None:
        """Another group, or the next part of this one."""
        self._show(drafts.with_group(self._draft, self.config, event.letter))

    @on(ServiceList.GroupMoved)
    def show_group_beside(self, event: ServiceList.GroupMoved) -> None:
        """The group to the left or right."""
        self._show(drafts.with_next_group(self._draft, self.config, event.step))

    @on(ServiceList.Typed)
    def search_more(self, event: ServiceList.Typed) -> None:
        """Search by what was typed so far."""
        self._search((self._draft.query or "") + event.text)

    @on(ServiceList.Erased)
    def search_less(self) -> None:
        """Search by one character less."""
        self._search((self._draft.query or "")[:-1])

    def _search(self, query: str) -> None:
        self._show(drafts.with_query(self._draft, query, self._index.find(query)))

    @on(ServiceList.SearchEnded)
    def end_search(self, event: ServiceList.SearchEnded) -> None:
        """Back to the groups, with or without what was found."""
        draft = self._draft if event.keep else replace(self._draft, service=None)
        self._show(drafts.ended(draft, self.config))

    def action_search(self) -> None:
        """Begin to search."""
        self._search("")

    def action_start_over(self) -> None:
        """Nothing chosen."""
        self._show(drafts.start(self.config))

    # --- the customer -------------------------------------------------------------------

    @work(exclusive=True, group=ASKING)
    async def action_tier(self) -> None:
        """The customer's tier, and the lane it leads to."""
        code = await self.answer_to(TierDialog(_("Which tier?"), tier_entries(self.config, Tier)))
        if code is not None:
            self._show(replace(self._draft, tier=Tier(code)))

    @work(exclusive=True, group=ASKING)
    async def action_priority(self) -> None:
        """Priority by hand; pressed again it is taken back."""
        reason = None
        if self._draft.priority_reason is None:
            reasons = reason_entries(self.config.reasons.priority)
            reason = await self.answer_to(ChooseDialog(_("Priority: why?"), reasons))
            if reason is None:
                return
        self._show(replace(self._draft, priority_reason=reason))

    @work(exclusive=True, group=ASKING)
    async def action_customer(self) -> None:
        """The customer's number: tier and lane follow at once, and who queues already is noticed."""
        number = await self.answer_to(CustomerNumberDialog())
        if number is None:
            return
        self._show(drafts.with_number(self._draft, number))
        if number:
            self.ask(lambda: self.hall.recognise(number), lambda found: self._know(number, found))

    def _know(self, number: str, found: Recognised) -> None:
        if self._draft.number == number:
            self._show(drafts.with_known(self._draft, found))

    @work(exclusive=True, group=ASKING)
    async def action_explain(self) -> None:
        """What this service needs."""
        service = self.config.service_by_code.get(self._draft.service or "")
        if service is not None:
            name = service_name(self.config, service.code)
            await self.answer_to(TellDialog(name, "\n".join(about_lines(service, self.config))))
