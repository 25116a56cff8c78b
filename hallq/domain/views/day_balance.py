"""Where the numbers of a business day went."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain import figure_names as names
from hallq.domain.days import BusinessDay
from hallq.domain.state import HallState
from hallq.domain.tickets import AT_COUNTER, TicketState

EXPIRY_CAUSES = ("missed-window", "day-closed")
ENDS = (TicketState.FINISHED, TicketState.CANCELLED, TicketState.LEFT)


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the numbers of a day went: issued + carried in is always the sum of all the rest.

    `ends`: by final state. `expired`: by cause. `inside`: by live state, those at a counter
    under `serving`. `carried_on`: alive when the day closed.
    """

    issued: int
    carried_in: int
    ends: Mapping[TicketState, int]
    expired: Mapping[str, int]
    inside: Mapping[TicketState, int]
    carried_on: int

    @property
    def came(self) -> int:
        """All numbers that the day had."""
        return self.issued + self.carried_in

    @property
    def accounted(self) -> int:
        """All that is known of them."""
        gone = sum(self.ends.values()) + sum(self.expired.values())
        return gone + sum(self.inside.values()) + self.carried_on


def balance_of(state: HallState, day: BusinessDay, figures: Mapping[str, int]) -> Balance:
    """Where the numbers of one day are: of the present one with those still inside."""
    issued, carried_in = figures.get(names.ISSUED, 0), figures.get(names.CARRIED, 0)
    ends = {end: figures.get(names.ended(end), 0) for end in ENDS}
    expired = {cause: figures.get(names.expired(cause), 0) for cause in EXPIRY_CAUSES}
    inside: dict[TicketState, int] = {}
    if state.is_open and day.date == state.business_date:
        for ticket in state.tickets.values():
            shown = TicketState.SERVING if ticket.state in AT_COUNTER else ticket.state
            inside[shown] = inside.get(shown, 0) + 1
    gone = sum(ends.values()) + figures.get(names.EXPIRED, 0)
    carried_on = issued + carried_in - gone if day.closed_ms is not None else 0
    return Balance(issued, carried_in, ends, expired, inside, carried_on)
