"""What the guide does with paper: each number given is printed, and any one again."""

from typing import TYPE_CHECKING

from hallq.domain.tickets import Ticket
from hallq.i18n import _
from hallq.screens.paper import print_again, print_slip
from hallq.screens.parts.number_search import NumberSearch
from hallq.screens.parts.part import Part

if TYPE_CHECKING:  # most terminals have no printer
    from hallq.paper.slip import Slip


class TicketPaper(Part):
    """The printer at the door. Without one, nothing here is printed."""

    _last: Ticket | None = None

    def print_first(self, ticket: Ticket | None) -> None:
        """Print a number that was just given."""
        self._last = ticket
        if ticket is not None and self.host.printer is not None:
            print_slip(self.host, self._slip(ticket, is_copy=False))

    async def copy(self) -> None:
        """The last number given here; where there is none, a number of choice."""
        last = self.state.tickets.get(self._last.ticket_id) if self._last else None
        self._print_again(last or await self._found(_("Print which number again?")))

    async def find(self) -> None:
        """Where is this number? What became of one that is gone? Where there is a printer: print it."""
        self._print_again(await self._found(_("Find a number")))

    def _print_again(self, ticket: Ticket | None) -> None:
        """Print a number that may be on paper already."""
        if ticket is not None:
            key, name = ticket.ticket_id, ticket.label
            print_again(self.host, key, name, lambda is_copy: self._slip(ticket, is_copy=is_copy))

    def _slip(self, ticket: Ticket, *, is_copy: bool) -> "Slip":
        from hallq.paper.ticket import ticket_slip

        return ticket_slip(self.state, self.config, ticket, self.hall.now_ms(), is_copy=is_copy)

    async def _found(self, title: str) -> Ticket | None:
        """A live number that was chosen to be printed; without a printer there is only to look."""
        live = self.state.tickets.values() if self.host.printer else ()
        tickets = {ticket.label: ticket for ticket in live}
        foot = _("Enter prints it again · Esc closes") if tickets else _("Esc closes")
        label = await NumberSearch(self.screen).ask(title, foot, tickets)
        return tickets.get(label) if label else None
