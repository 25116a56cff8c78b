"""What is asked of a customer who agrees on a time: which service, which tier."""

from hallq.domain.lanes import Tier
from hallq.domain.views.appointments import SlotLine
from hallq.i18n import _, language
from hallq.screens.appointment_paper import AppointmentPaper
from hallq.screens.dialogs.choose import ChooseDialog, Entry, Search
from hallq.screens.dialogs.tier import TierDialog
from hallq.screens.entries import tier_entries
from hallq.service_search import ServiceIndex


class AppointmentAsks(AppointmentPaper):
    """Each question ends in an answer, or in None."""

    async def ask_service(self, index: ServiceIndex) -> str | None:
        """What the customer comes for."""
        services = [Entry(s.code, s.name.in_language(language())) for s in self.config.services]
        return await self.answer_to(ChooseDialog(_("Which service?"), services, search=Search(index.find)))

    async def ask_tier(self, line: SlotLine) -> Tier | None:
        """The tiers whose lane has places here, most customers' first; a single one is not asked."""
        lanes = {lane for lane, free, _ in line.free if free}
        tiers = [tier for tier in reversed(Tier) if self.config.lane_of(tier) in lanes]
        if len(tiers) == 1:
            return tiers[0]
        code = await self.answer_to(TierDialog(_("Which tier?"), tier_entries(self.config, tiers)))
        return None if code is None else Tier(code)
