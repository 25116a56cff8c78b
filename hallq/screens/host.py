"""What the screens need of the app around them."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hallq.domain.staff import Staff
from hallq.domain.tickets import Ticket
from hallq.hall import Actor, Hall

if TYPE_CHECKING:  # most terminals have no printer
    from hallq.paper.desk import PrintDesk


class HallHost(Protocol):
    """What a screen needs of the app around it; a test hosts a screen with little more."""

    hall: Hall
    actor: Actor
    counter_number: int | None

    def stand_here_again(self) -> None:
        """A counter is closed: on with the one where this terminal stands."""

    @property
    def printer(self) -> "PrintDesk | None":
        """The printer of this terminal, if it has one."""

    @property
    def slip_folder(self) -> Path | None:
        """Where slips are saved without a printer; None in a demo."""

    def tell_manager(self, ticket: Ticket, manager: str) -> None:
        """Let the customer's manager know, where the hall has a way to."""

    @property
    def needs_person(self) -> bool:
        """Whether people sign in here."""

    def may_go(self, mode: str) -> bool:
        """Whether whoever is here may work at this workplace."""

    def notice(self, sentence: str, *, severity: str = "information") -> None:
        """Tell the person something; kept in the list of notices."""

    def present_notice(self) -> tuple[str, str]:
        """(sentence, severity) to show now, or two empty texts."""

    def report_trouble(self, error: Exception) -> str:
        """Log an unexpected fault of file or disk; the sentence for the person."""


class StaffHost(HallHost, Protocol):
    """What the sign-in needs besides."""

    is_locked: bool
    left: str
    """The staff number of who has just made room for the next person; empty once that is over."""

    @property
    def person(self) -> Staff | None:
        """Who signed in, as the staff list has them now."""

    def signed_in(self, person: Staff) -> None:
        """Somebody sits down."""

    def unlocked(self) -> None:
        """The same person is back."""
