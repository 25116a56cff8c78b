"""Projections: the entities of the state, written down beside the log.

What changed is found by comparing the state before and after, so a projection cannot
forget an event; loading gives back the very state that was written.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.appointments import Appointment
from hallq.domain.attendance import Attendance
from hallq.domain.complaints import Complaint
from hallq.domain.counters import Counter
from hallq.domain.days import BusinessDay
from hallq.domain.events import DayOpened, Recorded
from hallq.domain.fold import fold
from hallq.domain.handover import HandoverNote
from hallq.domain.ratings import LowRating
from hallq.domain.state import HallState, Rescue
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction

ENTITIES: dict[type, str] = {
    Ticket: "ticket",
    Transaction: "service_transaction",
    Counter: "counter",
    BusinessDay: "business_day",
    Rescue: "rescue",
    Attendance: "attendance",
    HandoverNote: "handover_note",
    Appointment: "appointment",
    LowRating: "low_rating",
    Complaint: "complaint",
}
"""The table of each entity: its fields are the columns, the first is the key.

`hallq.store.tables` declares them in full. A start does not wait for what reads that.
"""


def _upsert_sql(table: str, columns: Sequence[str], keys: int = 1) -> str:
    """`keys`: so many of the columns, from the first, name the row."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns[keys:])
    marks = ", ".join("?" * len(columns))
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) "
        f"ON CONFLICT ({', '.join(columns[:keys])}) DO UPDATE SET {changes}"
    )


_NAMES = {entity: tuple(f.name for f in fields(entity)) for entity in ENTITIES}
_VALUES = {entity: attrgetter(*names) for entity, names in _NAMES.items()}
_UPSERTS = {entity: _upsert_sql(table, _NAMES[entity]) for entity, table in ENTITIES.items()}
_SERIES_UPSERT = _upsert_sql("series", ("business_date", "series", "last_number"), keys=2)
_FIGURE_UPSERT = _upsert_sql("figure", ("business_date", "name", "value"), keys=2)


LIVING: dict[type, Callable[[HallState], Any]] = {
    Ticket: attrgetter("tickets"),
    Transaction: attrgetter("transactions"),
    HandoverNote: attrgetter("notes"),
    Appointment: attrgetter("appointments"),
    LowRating: attrgetter("low_ratings"),
    Complaint: attrgetter("complaints"),
}
"""What ends and leaves the state."""

_LET_GO = "UPDATE counter SET ticket_id = NULL WHERE number = ?"


@cache
def _update_sql(entity: type, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ?" for name in columns)
    return f"UPDATE {ENTITIES[entity]} SET {changes} WHERE {_NAMES[entity][0]} = ?"


PROJECTED = (*ENTITIES.values(), "series", "figure")
"""Every table that can be made again from the log."""


def write_changes(connection: driver.Connection, before: HallState, after: HallState) -> None:
    """Bring the rows from `before` to `after`."""
    for entity in LIVING:
        gone = [item for item in after.departed if isinstance(item, entity)]
        old, new = LIVING[entity](before), LIVING[entity](after)
        _bring(connection, entity, old, [*_changed(old, new), *gone])
    _write_counters(connection, before, after)
    _upsert(connection, Attendance, _changed(before.attendance, after.attendance))
    if after.day is not None and after.day is not before.day:
        _upsert(connection, BusinessDay, [after.day])
    if after.rescues is not before.rescues:
        _upsert(connection, Rescue, [r for r in after.rescues if r.position > before.position])
    _write_numbers(connection, before, after)


def _write_counters(connection: driver.Connection, before: HallState, after: HallState) -> None:
    changed = _changed(before.counters, after.counters)
    if len(changed) > 1:  # a ticket may have gone from one to the other, and is at one counter at a time
        connection.executemany(_LET_GO, [(counter.number,) for counter in changed])
        _upsert(connection, Counter, changed)
    else:
        _bring(connection, Counter, before.counters, changed)


def _changed(old: Any, new: Any) -> list[Any]:
    if old is new:
        return []
    return [item for key, item in new.items() if old.get(key) is not item]


def _bring(connection: driver.Connection, entity: type, old: Mapping[Any, Any], items: Iterable[Any]) -> None:
    """Write what is new as a row, and of the others what changed: no index is touched without need."""
    values_of = _VALUES[entity]
    for key, values in {row[0]: row for row in map(values_of, items)}.items():
        known = old.get(key)
        if known is None:
            connection.execute(_UPSERTS[entity], values)
            continue
        pairs = zip(_NAMES[entity], values, values_of(known), strict=True)
        changes = {name: value for name, value, was in pairs if value != was}
        if changes:
            connection.execute(_update_sql(entity, tuple(changes)), (*changes.values(), key))


def _upsert(connection: driver.Connection, entity: type, items: Iterable[Any]) -> None:
    rows = [_VALUES[entity](item) for item in items]
    if rows:
        connection.executemany(_UPSERTS[entity], rows)


def _write_numbers(connection: driver.Connection, before: HallState, after: HallState) -> None:
    date = after.business_date
    if after.series is not before.series:
        connection.executemany(_SERIES_UPSERT, list(_new_numbers(before, after)))
    if after.figures is not before.figures:
        known = before.figures if before.business_date == date else {}
        figures = [(date, name, v) for name, v in after.figures.items() if known.get(name) != v]
        if figures:
            connection.executemany(_FIGURE_UPSERT, figures)


def write_days(connection: driver.Connection, base: HallState, recorded: Sequence[Recorded]) -> HallState:
    """Write the projections, day by day: the figures of a day are written before the next one's begin."""
    openings = [n for n, r in enumerate(recorded) if isinstance(r.event, DayOpened)]
    for start, end in itertools.pairwise([0, *(n for n in openings if n), len(recorded)]):
        after = fold(base, recorded[start:end])
        write_changes(connection, base, after)
        base = after.settled()
    return base


def _new_numbers(before: HallState, after: HallState) -> Iterator[tuple[str, str, int]]:
    """Of any day: a terminal that was cut off when the day changed has issued for the day before."""
    for date, numbers in after.series.items():
        old = before.series.get(date, {})
        if numbers is not old:
            yield from ((date, series, last) for series, last in numbers.items() if old.get(series) != last)
