"""What is kept in a hall for somebody, and so is granted to nobody else."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from hallq.domain.tickets import TicketState
from hallq.hub import tables
from hallq.hub.folding import Folded
from hallq.hub.ledger import HallRow

_L, _D = tables.lease.c, tables.device.c
_LEASED = sa.select(_L.ticket_id, _L.device, _L.counter, _L.left_out).where(_L.hall == sa.bindparam("hall"))
_UNSENT = sa.select(_D.device).where(_D.hall == sa.bindparam("hall"), _D.more)
_KEPT_HALLS = 256


@dataclass(frozen=True, slots=True)
class Leased:
    """One ticket in a lease. `left_out`: the first lease without it, 0 while it is in."""

    device: str
    counter: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for somebody: leased tickets, and the devices whose events are not all here."""

    leased: Mapping[str, Leased] = field(default_factory=dict)
    unsent: frozenset[str] = frozenset()

    def hidden(self, folded: Folded, family: Collection[str], counter: int) -> set[str]:
        """The tickets that this counter may not be granted; `family`: all names of its terminal."""
        found = {i for i, at in self.leased.items() if at.counter != counter or at.device not in family}
        others = self.unsent.difference(family)
        if others:
            found |= {i for i, origin in folded.origins.items() if origin in others}
        tickets = folded.state.tickets
        return {i for i in found if i in tickets and tickets[i].state is TicketState.WAITING}

    def of(self, device: str) -> dict[str, int]:
        """The present lease of a device: ticket to counter."""
        return {i: at.counter for i, at in self.leased.items() if at.device == device and not at.left_out}


class KeptCache:
    """What was read, by hall, as long as the hall's `kept_version` is the same."""

    def __init__(self) -> None:
        """Nothing is read at the start."""
        self._guard = threading.Lock()
        self._known: OrderedDict[str, tuple[str, int, Kept]] = OrderedDict()

    def of(self, connection: sa.Connection, row: HallRow) -> Kept:
        """What is kept in a hall, for a row that this transaction has read but not changed."""
        with self._guard:
            known = self._known.get(row.hall)
        if known is not None and known[:2] == (row.epoch, row.kept_version):
            return known[2]
        kept = read_kept(connection, row.hall)
        with self._guard:
            self._known[row.hall] = (row.epoch, row.kept_version, kept)
            if len(self._known) > _KEPT_HALLS:
                self._known.popitem(last=False)
        return kept


def read_kept(connection: sa.Connection, hall: str) -> Kept:
    """What is kept in a hall, as this transaction sees it."""
    leased = {row[0]: Leased(*row[1:]) for row in connection.execute(_LEASED, {"hall": hall})}
    return Kept(leased, frozenset(connection.execute(_UNSENT, {"hall": hall}).scalars()))
