"""What terminals may call on their own, and what their hub would do with it: the two never meet.

A call by two counters takes much that must come together. What makes it possible is seen here at once.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from hallq.domain.tickets import TicketState
from hallq.hub import folding, ledger
from hallq.hub.folding import Folded
from hallq.hub.kept import Kept
from tests.simulator.stage import HALL
from tests.simulator.terminals import SimTerminal
from tests.simulator.world import World


def look_at_hands(world: World) -> None:
    """Nothing is in two hands; and what is in a hand the hub gives to nobody else."""
    hands = [(t, t.in_hand() - world.ledger.doubtful.keys()) for t in world.terminals]
    hub = _hub_side(world) if any(hand for _, hand in hands) else None
    holders: dict[str, SimTerminal] = {}
    for terminal, hand in hands:
        for ticket_id in hand:
            other = holders.setdefault(ticket_id, terminal)
            if other is not terminal:
                world.ledger.blames(f"{ticket_id[-12:]} in the hands of {other.name} and {terminal.name}")
        if hub is not None:
            for fault in _given_away(terminal, hand, *hub):
                world.ledger.blames(fault)


def _hub_side(world: World) -> tuple[Folded, Kept] | None:
    """The hall at its hub, and what it keeps for whom; None while it grants nothing at all."""

    def work(connection: sa.Connection) -> tuple[Folded, Kept] | None:
        row = ledger.hall_row(connection, HALL)
        if not row.is_whole:
            return None
        world.known = folding.caught_up(connection, row, world.known)
        return world.known, world.kept.of(connection, row)

    return world.look(work)


def _given_away(terminal: SimTerminal, hand: set[str], folded: Folded, kept: Kept) -> Iterator[str]:
    for ticket_id in hand & folded.state.tickets.keys():
        ticket, leased = folded.state.tickets[ticket_id], kept.leased.get(ticket_id)
        if ticket.state is not TicketState.WAITING:
            if ticket.counter not in (None, *terminal.counters):
                where = f"{ticket.state} at {ticket.counter}"
                yield f"{ticket_id[-12:]} in the hand of {terminal.name} is {where}"
        elif leased is not None:
            if leased.counter not in terminal.counters:
                yield f"{ticket_id[-12:]} in the hand of {terminal.name} is leased to {leased.counter}"
        elif folded.origins.get(ticket_id) not in kept.unsent:
            yield f"{ticket_id[-12:]} in the hand of {terminal.name} is free at the hub"
