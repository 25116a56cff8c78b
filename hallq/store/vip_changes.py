"""What changed in the VIP directory since a version: opaque references only, as far back as it is worth.

A list of changes that is half as long as the directory is no shorter way to the same.
"""

from collections.abc import Collection

import sqlcipher3.dbapi2 as driver

LEAST_KEPT = 500
"""So many changes are kept however short the directory is."""

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS step (seq INTEGER PRIMARY KEY, version INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS touched (reference TEXT NOT NULL, seq INTEGER NOT NULL,"
    " PRIMARY KEY (reference, seq)) WITHOUT ROWID",
)
_NEWEST = "SELECT seq, version FROM step ORDER BY seq DESC LIMIT 1"
_BY_STEP = (
    "SELECT step.seq, count(touched.reference) FROM step LEFT JOIN touched USING (seq)"
    " GROUP BY step.seq ORDER BY step.seq DESC"
)
_SINCE = (
    "SELECT DISTINCT reference FROM touched WHERE seq > (SELECT seq FROM step WHERE version = ?)"
    " AND reference > ? ORDER BY reference LIMIT ?"
)


def note(connection: driver.Connection, before: int, version: int, touched: Collection[str]) -> None:
    """Write down whose entries a version put in, changed or erased, in the transaction that is open."""
    newest = connection.execute(_NEWEST).fetchone()
    if newest is None or newest[1] != before:
        _forget_upto(connection, newest[0] if newest else 0)
        newest = (1 + (newest[0] if newest else 0), before)
        connection.execute("INSERT INTO step VALUES (?, ?)", newest)
    seq = newest[0] + 1
    connection.execute("INSERT INTO step VALUES (?, ?)", (seq, version))
    connection.executemany("INSERT INTO touched VALUES (?, ?)", ((each, seq) for each in touched))
    _forget_what_is_too_long(connection)


def _forget_what_is_too_long(connection: driver.Connection) -> None:
    (customers,) = connection.execute("SELECT count(*) FROM vip").fetchone()
    most, total = max(LEAST_KEPT, customers // 2), 0
    for seq, count in connection.execute(_BY_STEP).fetchall():
        total += count
        if total > most:  # whoever has the version before this step is handed everything
            connection.execute("DELETE FROM touched WHERE seq <= ?", (seq,))
            connection.execute("DELETE FROM step WHERE seq < ?", (seq,))
            return


def _forget_upto(connection: driver.Connection, seq: int) -> None:
    for table in ("touched", "step"):
        connection.execute(f"DELETE FROM {table} WHERE seq <= ?", (seq,))


def is_known(connection: driver.Connection, version: int) -> bool:
    """Whether it is known what changed since this version."""
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM step WHERE version = ?)", (version,))
    return bool(found.fetchone()[0])


def touched_since(connection: driver.Connection, version: int, after: str, count: int) -> list[str]:
    """So many of the references that changed since a version, in order, after one of them."""
    return [reference for (reference,) in connection.execute(_SINCE, (version, after, count))]
