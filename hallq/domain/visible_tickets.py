"""A state as one place may act on it: what is kept for others is hidden."""

from collections.abc import Collection

from hallq.domain.frozen import replace
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState


def without(state: HallState, ticket_ids: Collection[str]) -> HallState:
    """The state in which these tickets do not wait."""
    if not ticket_ids:
        return state
    return replace(state, tickets={i: t for i, t in state.tickets.items() if i not in ticket_ids})


def with_only(state: HallState, ticket_ids: Collection[str]) -> HallState:
    """The state in which, of all that wait, only these do: what a cut-off terminal may act on."""
    waiting = TicketState.WAITING
    seen = {i: t for i, t in state.tickets.items() if t.state is not waiting or i in ticket_ids}
    return replace(state, tickets=seen)
