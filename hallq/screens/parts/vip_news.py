"""News of VIP customers: whose has come."""

from collections.abc import Mapping, Sequence

from hallq.domain.lanes import Tier
from hallq.domain.tickets import Ticket
from hallq.screens.base import HallScreen
from hallq.screens.parts.part import Part
from hallq.wording.states import tier_name
from hallq.wording.vip import came_words


class VipNews(Part):
    """Looks at each ticket once: the directory says who looks after its customer."""

    def __init__(self, screen: HallScreen) -> None:
        """Nobody was looked at yet."""
        super().__init__(screen)
        self._looked_at: frozenset[str] = frozenset()

    def tell_new(self) -> None:
        """Ask about those who came since the last look; painting goes on meanwhile."""
        fresh = [t for t in self.state.tickets.values() if t.ticket_id not in self._looked_at]
        self._looked_at = frozenset(self.state.tickets)
        asked = [t for t in fresh if t.customer and t.tier is not Tier.NONE]
        if asked:
            references = [t.customer or "" for t in asked]
            self.screen.ask(lambda: self.hall.managers_of(references), lambda found: self._tell(asked, found))

    def _tell(self, tickets: Sequence[Ticket], managers: Mapping[str, str]) -> None:
        for ticket in tickets:
            if number := managers.get(ticket.customer or ""):
                person = self.hall.roster.numbered(number)
                tier = tier_name(self.config, ticket.tier)
                self.host.notice(came_words(ticket.label, tier, number, person.name if person else ""))
