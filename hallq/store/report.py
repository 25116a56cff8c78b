"""The figures of one business day, asked from the projections.

Definitions: a wait runs from issue to first call; percentiles are nearest-rank over
the tickets that were called; a service level is the share called within the target,
counting against it those who were never called and whose target passed. Who comes by
appointment stands in no lane.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.lanes import Lane

Values = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class LaneReport:
    """One lane's day. Waits in milliseconds, None when nobody was called."""

    tickets: int
    service_level: float | None
    wait_p50_ms: int | None
    wait_p90_ms: int | None
    wait_max_ms: int | None


@dataclass(frozen=True, slots=True)
class TransactionReport:
    """The transactions whose length is trusted. Lengths in milliseconds."""

    count: int
    service_level: float | None
    p50_ms: int | None
    p90_ms: int | None


@dataclass(frozen=True, slots=True)
class DayReport:
    """The day's counts: tickets = served + missed + left + cancelled + waiting_at_close + inside."""

    tickets: int
    served: int
    missed: int
    waiting_at_close: int
    contested: int
    events: int
    lanes: dict[Lane, LaneReport]
    transactions: TransactionReport


_COUNTS = """
SELECT COUNT(*),
       COALESCE(SUM(state = 'finished'), 0),
       COALESCE(SUM(away), 0),
       COALESCE(SUM(state IN ('waiting', 'expired') AND NOT away), 0),
       COALESCE(SUM(contested), 0)
FROM (
    SELECT *, state = 'missed' OR (
        state = 'expired'
        AND (end_reason = 'missed-window' OR COALESCE(missed_ms > waiting_since_ms, FALSE))
    ) AS away
    FROM ticket WHERE business_date = :date AND issued_ms >= :since
)
"""
"""`away`: missed and not back, also when the day closed before the window did."""

_LANE = """
SELECT COUNT(*),
       COALESCE(SUM(wait_ms <= :target), 0),
       COUNT(wait_ms),
       COALESCE(SUM(wait_ms IS NULL AND COALESCE(ended_ms, :now) - issued_ms > :target), 0)
FROM ticket WHERE business_date = :date AND issued_ms >= :since AND lane = :lane AND agreed_ms IS NULL
"""

_EVENTS = "SELECT COUNT(*) FROM event WHERE business_date = :date AND at_ms >= :since"
_WAITS = (
    "FROM ticket WHERE business_date = :date AND issued_ms >= :since AND lane = :lane "
    "AND agreed_ms IS NULL AND wait_ms IS NOT NULL"
)
_TRUSTED = (
    "FROM service_transaction WHERE business_date = :date AND started_ms >= :since "
    "AND reliable AND ended_ms IS NOT NULL AND outcome <> 'interrupted'"
)


@dataclass(frozen=True, slots=True)
class Span:
    """What is reported on: a business day from a moment on, seen at `now_ms` (hall's clock)."""

    date: str
    now_ms: int
    since_ms: int = -(2**62)


def day_report(connection: driver.Connection, span: Span, targets_ms: Mapping[Lane, int]) -> DayReport:
    """The report of a day against the lanes' targets."""
    values: Values = {"date": span.date, "since": span.since_ms, "now": span.now_ms}
    tickets, served, missed, waiting, contested = _one(connection, _COUNTS, values)
    (events,) = _one(connection, _EVENTS, values)
    return DayReport(
        tickets=tickets,
        served=served,
        missed=missed,
        waiting_at_close=waiting,
        contested=contested,
        events=events,
        lanes={lane: _lane(connection, values, lane, target) for lane, target in targets_ms.items()},
        transactions=_transactions(connection, values),
    )


def _one(connection: driver.Connection, sql: str, values: Values) -> Any:
    return connection.execute(sql, values).fetchone()


def _lane(connection: driver.Connection, values: Values, lane: Lane, target_ms: int) -> LaneReport:
    values = {**values, "lane": str(lane), "target": target_ms}
    tickets, within, called, missed_by_us = _one(connection, _LANE, values)
    rank = _Ranks(connection, "wait_ms", _WAITS, values, called)
    return LaneReport(
        tickets, _fraction(within, called + missed_by_us), rank.at(0.5), rank.at(0.9), rank.at(1.0)
    )


def _transactions(connection: driver.Connection, values: Values) -> TransactionReport:
    sql = f"SELECT COUNT(*), COALESCE(SUM(duration_ms <= limit_ms), 0) {_TRUSTED}"
    count, within = _one(connection, sql, values)
    rank = _Ranks(connection, "duration_ms", _TRUSTED, values, count)
    return TransactionReport(count, _fraction(within, count), rank.at(0.5), rank.at(0.9))


def _fraction(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class _Ranks:
    """Nearest-rank percentiles of one column over `count` rows."""

    connection: driver.Connection
    column: str
    source: str
    values: Values
    count: int

    def at(self, share: float) -> int | None:
        """The smallest value that at least `share` of the rows do not exceed."""
        if not self.count:
            return None
        skipped = max(0, math.ceil(share * self.count) - 1)
        sql = f"SELECT {self.column} {self.source} ORDER BY {self.column} LIMIT 1 OFFSET {skipped}"
        return int(_one(self.connection, sql, self.values)[0])
