"""What a terminal may call on its own: what is leased to it, and own tickets that nobody else can know of.

Both are good in one copy of the file only. `hallq.store.witness` says whether this is the one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from hallq.store import joined as joining
from hallq.store import numbers, outbox
from hallq.store.joined import Joined
from hallq.store.witness import Remembered, written

if TYPE_CHECKING:
    from hallq.store.opening import Store


@dataclass(frozen=True, slots=True)
class InHand:
    """`leased`: ticket_id to counter. `own`: issued here. `doubted`: what a copy may have in hand, too."""

    leased: Mapping[str, int] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()

    def at(self, counter: int) -> frozenset[str]:
        """What this counter may call."""
        return self.own | {ticket_id for ticket_id, number in self.leased.items() if number == counter}

    @property
    def tickets(self) -> frozenset[str]:
        """All of them."""
        return self.own | self.leased.keys()


def in_hand(connection: driver.Connection, told: Remembered | None) -> InHand:
    """What is in hand; `told`: looked at before this transaction saw the file."""
    leased = joining.leased(connection)
    own = frozenset(outbox.own_unsent_tickets(connection))
    if told is None or told.count > written(connection):
        return InHand(doubted=own | leased.keys())
    if told.doubted is None:
        return InHand(leased, own)
    fresh = frozenset(outbox.own_unsent_tickets(connection, after=told.doubted))
    return InHand(own=fresh, doubted=(own - fresh) | leased.keys())


def seen_in_hand(store: "Store", joined: Joined) -> InHand:
    """What is in hand, for people to see."""
    told = store.witness.look(joined.device)
    with store.reading() as connection:
        return in_hand(connection, told)


def recognise(store: "Store", joined: Joined) -> None:
    """At the start of a program: without a witness, or older than it says, the file may be a copy."""
    told = store.witness.look(joined.device)
    with store.reading() as connection:
        count, newest = written(connection), outbox.newest(connection)
    is_older = told is not None and told.count > count
    if told is None or is_older:
        store.witness.testify(joined.device, Remembered(count, newest, is_older))
    if is_older:
        numbers.doubt(store.path)  # the small file beside it may have come back with it


def trust(store: "Store", joined: Joined) -> None:
    """The hub has spoken with this file: it is the one."""
    with store.reading() as connection:
        count = written(connection)
    store.witness.testify(joined.device, Remembered(count, None))


def doubt_all(store: "Store", joined: Joined) -> None:
    """Own events have new places in the outbox: what was in doubt stays so."""
    told = store.witness.look(joined.device)
    if told is not None and told.doubted is not None:
        with store.reading() as connection:
            newest = outbox.newest(connection)
        store.witness.testify(joined.device, replace(told, doubted=newest))
