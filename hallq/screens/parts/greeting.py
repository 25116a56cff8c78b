"""How the clerk greets a VIP: asked of the directory, shown while the ticket is in front, kept nowhere."""

from hallq.domain.lanes import Tier
from hallq.domain.tickets import Ticket
from hallq.screens.base import HallScreen
from hallq.screens.parts.part import Part


class Greeting(Part):
    """Looks each customer up once; painting goes on meanwhile."""

    def __init__(self, screen: HallScreen) -> None:
        """Nobody was looked up yet."""
        super().__init__(screen)
        self._looked_up = ""
        self._address = ""

    def address(self, ticket: Ticket | None) -> str:
        """How to address the customer of this ticket, as far as that is known by now."""
        customer = ticket.customer if ticket and ticket.tier is not Tier.NONE else None
        wanted = ticket.ticket_id if ticket and customer else ""
        if wanted != self._looked_up:
            self._looked_up, self._address = wanted, ""
            if customer:
                self.screen.ask(
                    lambda: self.hall.address_of(customer), lambda found: self._learn(wanted, found)
                )
        return self._address

    def _learn(self, ticket_id: str, address: str) -> None:
        if self._looked_up == ticket_id and address:
            self._address = address
            self.screen.refresh_all()
