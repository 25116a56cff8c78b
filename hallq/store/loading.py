"""Loading the state from its projections: as fast after a year as on the first day."""

from collections.abc import Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import sqlcipher3.dbapi2 as driver

from hallq.domain.appointments import Appointment
from hallq.domain.attendance import Attendance
from hallq.domain.complaints import Complaint
from hallq.domain.counters import Counter
from hallq.domain.days import BusinessDay
from hallq.domain.handover import HandoverNote
from hallq.domain.ratings import LowRating
from hallq.domain.state import RECENT_CALLS, HallState, LastMoment, RecentCall, Rescue
from hallq.domain.tickets import Ticket, ticket_label
from hallq.domain.transactions import Transaction
from hallq.store import log
from hallq.store.projections import ENTITIES
from hallq.store.trouble import StoreError, Trouble

_LAST = (
    "SELECT at_ms + shift_ms, wall_ms, boot_id, boot_ms, incarnation, seq, log_hash FROM event "
    "ORDER BY position DESC LIMIT 1"
)
_RECENT = (
    "SELECT ticket_id, series, number, json_extract(event.body, '$.counter'), called_ms, calls, "
    "state IN ('cancelled', 'left', 'expired') FROM ticket JOIN event ON event.position = called_position "
    "WHERE called_position > ? ORDER BY called_position DESC LIMIT ?"
)
_OF_LIVE_VISITS = (
    "WHERE transaction_id IN (SELECT transaction_id FROM service_transaction WHERE ended_ms IS NULL UNION "
    "SELECT transaction_id FROM ticket JOIN service_transaction AS done ON done.ticket_id = ticket.ticket_id "
    "WHERE ticket.ended_ms IS NULL AND NOT done.contested)"
)
"""Through the indexes of what is alive: a join over all transactions takes longer with each day."""


def load_state(connection: driver.Connection) -> HallState:
    """The state that the projections hold; equal to the fold of the whole log.

    Raises StoreError for a value that no hallq writes, or only a later one.
    """
    try:
        return _loaded(connection)
    except ValueError as error:
        later = log.is_newer(connection)
        raise StoreError(
            Trouble.NEWER_VERSION if later else Trouble.DAMAGED, {"detail": str(error)}
        ) from error


def _loaded(connection: driver.Connection) -> HallState:
    last = connection.execute(_LAST).fetchone()
    newest_day = rows_as(connection, BusinessDay, "ORDER BY opened_position DESC LIMIT 1")
    day = newest_day[0] if newest_day else None
    return HallState(
        position=log.last_position(connection),
        moment=LastMoment(*last) if last else None,
        day=day,
        tickets={t.ticket_id: t for t in rows_as(connection, Ticket, "WHERE ended_ms IS NULL")},
        transactions={t.transaction_id: t for t in rows_as(connection, Transaction, _OF_LIVE_VISITS)},
        counters={c.number: c for c in rows_as(connection, Counter, "ORDER BY number")},
        series=_series(connection),
        figures=figures_of(connection, day.date) if day else {},
        recent_calls=_recent_calls(connection, day) if day else (),
        rescues=_rescues(connection, day) if day else (),
        attendance={a.staff_id: a for a in rows_as(connection, Attendance)},
        notes={n.note_id: n for n in rows_as(connection, HandoverNote, "WHERE settled_ms IS NULL")},
        appointments={
            a.appointment_id: a for a in rows_as(connection, Appointment, "WHERE ended_ms IS NULL")
        },
        low_ratings={r.ticket_id: r for r in rows_as(connection, LowRating, "WHERE seen_ms IS NULL")},
        complaints={c.complaint_id: c for c in rows_as(connection, Complaint, "WHERE ended_ms IS NULL")},
    )


def rows_as(
    connection: driver.Connection, entity: type, clause: str = "", values: Sequence[object] = ()
) -> list[Any]:
    """The entities of a projection, in the fold's own types."""
    table = ENTITIES[entity]
    columns = ", ".join(f"{table}.{f.name}" for f in fields(entity))
    found = connection.execute(f"SELECT {columns} FROM {table} {clause}", values).fetchall()
    makers = _makers(entity)
    return [entity(*(make(value) for make, value in zip(makers, row, strict=True))) for row in found]


@cache
def _makers(entity: type) -> list[Any]:
    hints = get_type_hints(entity)
    return [_maker(hints[f.name]) for f in fields(entity)]


def _maker(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        inner = _maker(next(part for part in get_args(hint) if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if hint is bool or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint
    return lambda value: value


def _series(connection: driver.Connection) -> dict[str, dict[str, int]]:
    series: dict[str, dict[str, int]] = {}
    for (date,) in connection.execute("SELECT date FROM business_day"):
        series[date] = {}
    for date, letter, last in connection.execute("SELECT business_date, series, last_number FROM series"):
        series.setdefault(date, {})[letter] = last
    return series


def figures_of(connection: driver.Connection, date: str) -> dict[str, int]:
    """The stored figures of one business day."""
    rows = connection.execute("SELECT name, value FROM figure WHERE business_date = ?", (date,))
    return dict(rows.fetchall())


def _recent_calls(connection: driver.Connection, day: BusinessDay) -> tuple[RecentCall, ...]:
    rows = connection.execute(_RECENT, (day.opened_position, RECENT_CALLS))
    return tuple(
        RecentCall(ticket_id, ticket_label(series, number), counter, called_ms, calls, bool(void))
        for ticket_id, series, number, counter, called_ms, calls, void in rows
    )


def _rescues(connection: driver.Connection, day: BusinessDay) -> tuple[Rescue, ...]:
    clause = "WHERE position > ? ORDER BY position"
    return tuple(rows_as(connection, Rescue, clause, (day.opened_position,)))
