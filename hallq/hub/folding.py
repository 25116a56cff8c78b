"""The hall's state at the hub: the fold of its log, kept for the halls in use and stored now and then."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from hallq import __version__
from hallq.domain.events import Event, TicketIssued
from hallq.domain.fold import FOLD, apply
from hallq.domain.state import HallState
from hallq.hub import ledger, tables
from hallq.hub.ledger import HallRow
from hallq.logs import journal
from hallq.protocol import NO_HASH, Entry, chained
from hallq.store.codec import placed

STORED_EVERY = 500
KEPT_HALLS = 128
_RECENT = 512
_PAGE = 2_000


class BrokenChainError(Exception):
    """The stored log is not the one that was written: positions or hashes do not fit."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A hall's state at a position. `origins`: which device issued each live ticket.

    `recent`: the newest entries, at least those that this worker wrote.
    """

    position: int = 0
    hash: str = NO_HASH
    state: HallState = field(default_factory=HallState)
    origins: Mapping[str, str] = field(default_factory=dict)
    recent: tuple[Entry, ...] = ()

    def after(self, entry: Entry, event: Event) -> "Folded":
        """One entry further."""
        state = apply(self.state, placed(entry, event))
        origins = self.origins
        if isinstance(event, TicketIssued) and not entry.contested:
            origins = {**origins, event.ticket_id: entry.event.device}
        if state.departed:
            gone = {getattr(item, "ticket_id", "") for item in state.departed}
            origins = {i: d for i, d in origins.items() if i not in gone}
        recent = (*self.recent, entry) if len(self.recent) < 2 * _RECENT else (*self.recent[-_RECENT:], entry)
        return Folded(entry.position, entry.hash, state.settled(), origins, recent)

    def page(self, position: int, limit: int) -> list[Entry] | None:
        """What follows a position, from memory; None when memory does not reach back so far."""
        if position == self.position:
            return []
        if not self.recent or self.recent[0].position > position + 1 or position > self.position:
            return None
        start = position + 1 - self.recent[0].position
        return list(self.recent[start : start + limit])

    def hash_at(self, position: int) -> str | None:
        """The chain's hash at a position, if memory has it."""
        if position == self.position:
            return self.hash
        page = self.page(position - 1, 1) if position else None
        return page[0].hash if page else None


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is written down; another hallq, or another fold, begins anew."""

    version: str
    fold: int
    state: HallState
    origins: dict[str, str]


_STORED = TypeAdapter(_Stored)


class Cache:
    """The folded states of the halls used last. Values are frozen: any thread may take them."""

    def __init__(self) -> None:
        """Nothing is known at the start."""
        self._guard = threading.Lock()
        self._halls: OrderedDict[str, Folded] = OrderedDict()

    def get(self, hall: str) -> Folded | None:
        """What is known of a hall."""
        with self._guard:
            if hall in self._halls:
                self._halls.move_to_end(hall)
            return self._halls.get(hall)

    def put(self, hall: str, folded: Folded) -> None:
        """Keep what was committed."""
        with self._guard:
            self._halls[hall] = folded
            self._halls.move_to_end(hall)
            if len(self._halls) > KEPT_HALLS:
                self._halls.popitem(last=False)


def caught_up(connection: sa.Connection, row: HallRow, known: Folded | None) -> Folded:
    """The hall at its row's position. Raises BrokenChainError when the stored log does not fit."""
    if known is not None and known.position == row.position and known.hash == row.hash:
        return known
    if known is not None and known.position < row.position:
        try:
            return _folded_to(connection, row, known)
        except BrokenChainError:
            journal().warning("hub-log-replaced", hall=row.hall, position=known.position)
    return _folded_to(connection, row, _stored(connection, row))


def _folded_to(connection: sa.Connection, row: HallRow, folded: Folded) -> Folded:
    while folded.position < row.position:
        limit = min(_PAGE, row.position - folded.position)
        entries = ledger.entries_after(connection, row.hall, folded.position, limit)
        folded = fold_on(folded, entries)
        if len(entries) < limit:
            break
    if (folded.position, folded.hash) != (row.position, row.hash):
        raise BrokenChainError(f"{row.hall}: the log ends at {folded.position}, not at {row.position}")
    return folded


def fold_on(folded: Folded, entries: Iterable[Entry]) -> Folded:
    """The state after stored entries, each checked against the chain."""
    for entry in entries:
        if not follows(folded, entry):
            raise BrokenChainError(f"position {entry.position} does not follow {folded.position}")
        folded = folded.after(entry, event_of(entry))
    return folded


def follows(folded: Folded, entry: Entry) -> bool:
    """Whether the entry has the next position, and its hash the one before it."""
    told = chained(
        folded.hash, entry.position, entry.event, shift_ms=entry.shift_ms, contested=entry.contested
    )
    return entry.position == folded.position + 1 and entry.hash == told


def event_of(entry: Entry) -> Event:
    """The event of a stored entry; what no hallq can read changes nothing."""
    try:
        return ledger.read_event(entry.event)
    except ValidationError:  # a later hallq's hub could read it; here it changes nothing
        return Event()


def _stored(connection: sa.Connection, row: HallRow) -> Folded:
    table = tables.folded.c
    query = sa.select(table.position, table.hash, table.body).where(table.hall == sa.bindparam("hall"))
    found = connection.execute(query, {"hall": row.hall}).first()
    if found is None or found.position > row.position:
        return Folded()
    try:
        stored = _STORED.validate_json(found.body)
    except ValidationError:
        return Folded()
    if (stored.version, stored.fold) != (__version__, FOLD):
        return Folded()
    return Folded(found.position, found.hash, stored.state, stored.origins)


def store(connection: sa.Connection, hall: str, folded: Folded) -> None:
    """Write the state down."""
    stored = _Stored(__version__, FOLD, folded.state, dict(folded.origins))
    body = _STORED.dump_json(stored).decode()
    values = {"position": folded.position, "hash": folded.hash, "body": body}
    mine = tables.folded.c.hall == sa.bindparam("hall_is")
    changed = connection.execute(sa.update(tables.folded).where(mine).values(values), {"hall_is": hall})
    if not changed.rowcount:
        connection.execute(sa.insert(tables.folded), {"hall": hall, **values})
