"""What the guide does with paper: each number given is printed, and any one again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from hallq.domain.tickets import Ticket
from hallq.i18n import _
from hallq.screens.dialogs.find_ticket import FindTicketDialog, Found
from hallq.screens.guide_tickets import TicketActions
from hallq.screens.paper import print_again, print_slip
from hallq.typed_ahead import ASKING

if TYPE_CHECKING:  # most terminals have no printer
    from hallq.paper.slip import Slip


class Printing(TicketActions):
    """The printer at the door. Without one, nothing here happens."""

    PLACE = "guide"
    _last: Ticket | None = None

    def print_first(self, ticket: Ticket | None) -> None:
        """Print a number that was just given."""
        self._last = ticket
        if ticket is not None and self.host.printer is not None:
            print_slip(self.host, self._slip(ticket, is_copy=False))

    def print_again(self, ticket: Ticket) -> None:
        """Print a number that may be on paper already."""
        print_again(
            self.host, ticket.ticket_id, ticket.label, lambda is_copy: self._slip(ticket, is_copy=is_copy)
        )

    def _slip(self, ticket: Ticket, *, is_copy: bool) -> "Slip":
        from hallq.paper.ticket import ticket_slip

        return ticket_slip(self.state, self.config, ticket, self.hall.now_ms(), is_copy=is_copy)

    @work(exclusive=True, group=ASKING)
    async def action_print_again(self) -> None:
        """The last number given here; where there is none, a number of choice."""
        last = self.state.tickets.get(self._last.ticket_id) if self._last else None
        ticket = last or await self._found(_("Print which number again?"))
        if ticket is not None:
            self.print_again(ticket)

    @work(exclusive=True, group=ASKING)
    async def action_find(self) -> None:
        """Where is this number? What became of one that is gone? Where there is a printer: print it."""
        ticket = await self._found(_("Find a number"))
        if ticket is not None:
            self.print_again(ticket)

    async def _found(self, title: str) -> Ticket | None:
        """A live number that was chosen to be printed; without a printer there is only to look."""
        self.begin_finding()
        tickets = (
            {ticket.label: ticket for ticket in self.state.tickets.values()} if self.host.printer else {}
        )

        def look(typed: str) -> Sequence[Found]:
            return self.looked_up(typed, lambda view: view.label in tickets)

        foot = _("Enter prints it again · Esc closes") if tickets else _("Esc closes")
        label = await self.answer_to(FindTicketDialog(title, foot, look))
        return tickets.get(label) if label else None
