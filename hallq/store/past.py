"""The days that lie behind, asked from the projections: on demand, never while somebody is called."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import sqlcipher3.dbapi2 as driver

from hallq.domain.days import BusinessDay
from hallq.domain.past_day import PastDay, PastVisit, Work
from hallq.domain.tickets import Ticket, series_and_number
from hallq.domain.transactions import Transaction
from hallq.store.loading import figures_of, rows_as

_WORK = """
SELECT counter, clerk, COUNT(DISTINCT ticket_id), COUNT(*),
       SUM(reliable AND outcome <> 'interrupted'),
       COALESCE(SUM(duration_ms) FILTER (WHERE reliable AND outcome <> 'interrupted'), 0),
       SUM(reliable AND outcome <> 'interrupted' AND duration_ms <= limit_ms)
FROM service_transaction
WHERE business_date = ? AND ended_ms IS NOT NULL
GROUP BY counter, clerk ORDER BY counter, clerk
"""

_BY_NUMBER = "WHERE business_date = ? AND series = ? AND number = ?"
_OF_TICKET = "WHERE ticket_id = ? ORDER BY started_ms"


class _Readable(Protocol):
    def reading(self) -> AbstractContextManager[driver.Connection]: ...


class Past:
    """Looks into the days of an open file. Every answer raises StoreError when the file refuses."""

    def __init__(self, store: _Readable) -> None:
        """Look into `store`."""
        self._store = store

    def figures(self, dates: Sequence[str]) -> dict[str, dict[str, int]]:
        """The stored figures of each of these business dates."""
        with self._store.reading() as connection:
            return {date: figures_of(connection, date) for date in dates}

    def visit(self, date: str, label: str) -> PastVisit | None:
        """The ticket of that date and number as it is written down; None where there is none."""
        parsed = series_and_number(label)
        if parsed is None:
            return None
        with self._store.reading() as connection:
            found = rows_as(connection, Ticket, _BY_NUMBER, (date, *parsed))
            if not found:
                return None
            done = rows_as(connection, Transaction, _OF_TICKET, (found[0].ticket_id,))
            return PastVisit(found[0], tuple(done))

    def day(self, date: str) -> PastDay | None:
        """The day of that date as it is written down; None where there is none."""
        with self._store.reading() as connection:
            days = rows_as(connection, BusinessDay, "WHERE date = ?", (date,))
            if not days:
                return None
            work = tuple(Work(*row) for row in connection.execute(_WORK, (date,)))
            return PastDay(days[0], figures_of(connection, date), work)
