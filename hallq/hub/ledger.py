"""A hall's row, which is its lock, and its log: append, and read in order of position."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from hallq.clock import Reading, hall_now_ms
from hallq.domain.events import Event
from hallq.domain.state import LastMoment
from hallq.hub import tables
from hallq.hub.shapes import HubFault
from hallq.hub.statements import Question, Row, Statement, Writing
from hallq.protocol import NO_HASH, Entry, Envelope, Fault
from hallq.store.codec import event_of

ENVELOPE = tuple(Envelope.model_fields)
_ENTRY = ("position", "shift_ms", "contested", "hash")
_LOGGED = [tables.entry.c[name] for name in (*_ENTRY, *ENVELOPE)]


@dataclass
class HallRow:
    """The row of a hall, column by column."""

    hall: str
    name: str
    epoch: str
    hash: str
    position: int
    resumed_position: int
    recovering: bool
    clock_ms: int
    clock_wall_ms: int
    clock_boot_ms: int
    clock_boot_id: str
    house_ms: int
    kept_version: int
    settings_version: int
    folded_position: int
    roster_version: int
    vip_version: int
    settling: bool
    by_word: bool

    @property
    def is_whole(self) -> bool:
        """Whether the hub knows all that took place, as far as it ever will: else it grants nothing."""
        return not (self.recovering or self.settling)


COLUMNS = [tables.hall.c[field.name] for field in fields(HallRow)]
_ONE_HALL = sa.select(*COLUMNS).where(tables.hall.c.hall == sa.bindparam("hall"))
_BY_HALL = Statement(_ONE_HALL)
_LOCKED = Statement(_ONE_HALL.with_for_update())
_SAVE = Statement(
    sa.update(tables.hall)
    .where(tables.hall.c.hall == sa.bindparam("hall_is"))
    .values({column: sa.bindparam(column.name) for column in COLUMNS if not column.primary_key})
)
"""Always the same words, which the database has prepared."""


def hall_clock(row: HallRow, reading: Reading) -> int:
    """The hall's clock at the hub; it goes on from where the last transaction stood."""
    if not row.clock_boot_id:
        return reading.wall_ms
    last = LastMoment(row.clock_ms, row.clock_wall_ms, row.clock_boot_id, row.clock_boot_ms)
    return hall_now_ms(last, reading)


def hall_row(connection: sa.Connection, hall: str) -> HallRow:
    """The hall's row, without a lock."""
    return the_row(_BY_HALL.rows(connection, {"hall": hall}))


def locking(hall: str) -> Question:
    """What locks the hall: nobody else writes to it until the transaction ends. For `the_row`."""
    return _LOCKED, {"hall": hall}


def the_row(answer: Sequence[Row]) -> HallRow:
    """The hall's row in an answer."""
    if not answer:
        raise HubFault(Fault.UNAUTHORISED, "no such hall")
    return HallRow(*answer[0])


def saving(row: HallRow) -> Writing:
    """What writes the hall's row."""
    return _SAVE, {**vars(row), "hall_is": row.hall}


_AFTER = Statement(
    sa.select(*_LOGGED)
    .where(
        tables.entry.c.hall == sa.bindparam("hall"),
        tables.entry.c.position > sa.bindparam("after"),
        tables.entry.c.position <= sa.bindparam("upto"),
    )
    .order_by(tables.entry.c.position)
)
_HASH = Statement(
    sa.select(tables.entry.c.hash).where(
        tables.entry.c.hall == sa.bindparam("hall"), tables.entry.c.position == sa.bindparam("position")
    )
)
_NAMED = Statement(
    sa.select(tables.entry.c.seq, tables.entry.c.body).where(
        tables.entry.c.hall == sa.bindparam("hall"),
        tables.entry.c.incarnation == sa.bindparam("incarnation"),
        tables.entry.c.seq.between(sa.bindparam("first"), sa.bindparam("last")),
    )
)
_APPEND = Statement(sa.insert(tables.entry))


def entries_after(connection: sa.Connection, hall: str, position: int, limit: int) -> list[Entry]:
    """What follows a position, oldest first."""
    rows = _AFTER.rows(connection, {"hall": hall, "after": position, "upto": position + limit})
    return [_entry(row) for row in rows]


def _entry(row: Sequence[Any]) -> Entry:
    position, shift_ms, contested, log_hash = row[:4]
    envelope = Envelope.model_construct(**dict(zip(ENVELOPE, row[4:], strict=True)))
    return Entry.model_construct(
        position=position, shift_ms=shift_ms, contested=bool(contested), hash=log_hash, event=envelope
    )


def hash_at(connection: sa.Connection, hall: str, position: int) -> str | None:
    """The chain's hash at a position, None where the log has none."""
    if position == 0:
        return NO_HASH
    found = _HASH.first(connection, {"hall": hall, "position": position})
    return None if found is None else str(found[0])


def appending(hall: str, entries: Sequence[Entry]) -> list[Writing]:
    """What writes entries; their positions follow the newest one."""
    return [
        (
            _APPEND,
            {
                "hall": hall,
                "position": entry.position,
                "shift_ms": entry.shift_ms,
                "contested": entry.contested,
                "hash": entry.hash,
                **entry.event.__dict__,
            },
        )
        for entry in entries
    ]


def named(hall: str, names: Collection[tuple[str, int]]) -> list[Question]:
    """What finds out which of these events (incarnation, seq) are in the log already: (seq, stored text)."""
    questions: list[Question] = []
    for incarnation in {name[0] for name in names}:
        seqs = [seq for run, seq in names if run == incarnation]
        facts = {"hall": hall, "incarnation": incarnation, "first": min(seqs), "last": max(seqs)}
        questions.append((_NAMED, facts))
    return questions


def read_event(envelope: Envelope) -> Event:
    """The event in an envelope, UnknownEvent for one of a later hallq. Raises ValidationError."""
    return event_of(envelope.kind, envelope.version, envelope.body)
