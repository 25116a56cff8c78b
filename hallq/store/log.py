"""The log: append, and read in order of position."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.days import BusinessDay
from hallq.domain.events import Recorded
from hallq.domain.state import LastMoment
from hallq.store.codec import COLUMNS, from_values, is_known, to_values

_COLUMNS = ", ".join(COLUMNS)
_APPEND = f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS))})"
_AFTER = f"SELECT {_COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT "
"""The limit is written out: bound as a value it makes SQLite prepare the statement anew at each run."""

_PAGE = 2_000


def append(connection: driver.Connection, recorded: Sequence[Recorded], business_date: str) -> None:
    """Write events; their positions must follow the newest one."""
    connection.executemany(_APPEND, [to_values(event, business_date) for event in recorded])


def read_after(connection: driver.Connection, position: int) -> Iterator[Recorded]:
    """All events after `position`, oldest first."""
    while True:
        rows = _rows_after(connection, position, _PAGE)
        for row in rows:
            yield from_values(row)  # one by one: what is before an unreadable one is read
        if len(rows) < _PAGE:
            return
        position = rows[-1][0]


def portion_after(connection: driver.Connection, position: int, limit: int) -> list[Recorded]:
    """The events after `position`, at most so many."""
    return [from_values(row) for row in _rows_after(connection, position, limit)]


def _rows_after(connection: driver.Connection, position: int, limit: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(f"{_AFTER}{limit:d}", (position,)).fetchall()
    return rows


def is_newer(connection: driver.Connection, since: BusinessDay | None = None) -> bool:
    """Whether an event is of a later hallq: of all (slow after a year), or from that day's opening on."""
    position = since.opened_position if since else 0
    kinds = connection.execute("SELECT DISTINCT kind, version FROM event WHERE position >= ?", (position,))
    return not all(is_known(kind, version) for kind, version in kinds)


def every_series(connection: driver.Connection) -> list[str]:
    """All series of numbers that were ever given out here."""
    return [series for (series,) in connection.execute("SELECT DISTINCT series FROM series")]


def last_position(connection: driver.Connection) -> int:
    """The newest position, 0 in an empty log."""
    return int(connection.execute("SELECT COALESCE(MAX(position), 0) FROM event").fetchone()[0])


def holds(connection: driver.Connection, position: int, event: Recorded | LastMoment) -> bool:
    """Whether this very event is in the log, at this very place; where a chain tells, after the same ones."""
    found = connection.execute(
        "SELECT log_hash FROM event WHERE position = ? AND incarnation = ? AND seq = ?",
        (position, event.incarnation, event.seq),
    ).fetchone()
    return found is not None and event.log_hash in ("", found[0])
