"""One journey to PostgreSQL: statements go there in one piece, and their answers come back in one.

psycopg's own pipeline waits for the socket before each statement and makes a cursor for it. A call
has seven of them, and that was half of its time at the hub. Here libpq gets all of them, then one wait.
"""

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import errors, generators
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from hallq.hub.leg import Leg

Row = tuple[Any, ...]
Load = tuple[Leg, Sequence[bytes | None]]

_BEGIN = b"BEGIN ISOLATION LEVEL READ COMMITTED"
_COMMIT = b"COMMIT"
_PREPARED = "hallq prepared"
"""Under this name SQLAlchemy keeps, with each connection, the names of what was prepared there."""


def travel(
    connection: sa.Connection, asked: Sequence[tuple[Leg, Mapping[str, Any]]], *, commit: bool
) -> list[list[Row]]:
    """The rows of each. A transaction begins and, with `commit`, ends on the same way.

    Raises psycopg's errors; a connection with something still on its way is closed.
    """
    driver: psycopg.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    loads = [(leg, [_told(facts[name]) for name in leg.order]) for leg, facts in asked]
    begin = not driver.autocommit and driver.pgconn.transaction_status == TransactionStatus.IDLE
    try:
        _prepare(driver, connection.info.setdefault(_PREPARED, set()), loads)
        results = _there_and_back(driver, loads, begin=begin, commit=commit)
    except BaseException:
        driver.close()
        raise
    _check(results)
    return [_rows(driver, result) for result in results[begin : begin + len(loads)]]


def _prepare(driver: psycopg.Connection, known: set[bytes], loads: Sequence[Load]) -> None:
    for leg, _ in loads:
        if leg.name not in known:
            driver.pgconn.send_prepare(leg.name, leg.words)
            _check(driver.wait(generators.execute(driver.pgconn)))
            known.add(leg.name)


def _there_and_back(
    driver: psycopg.Connection, loads: Sequence[Load], *, begin: bool, commit: bool
) -> list[PGresult]:
    pgconn = driver.pgconn
    pgconn.enter_pipeline_mode()
    if begin:
        pgconn.send_query_params(_BEGIN, None)
    for leg, values in loads:
        pgconn.send_query_prepared(leg.name, values)
    if commit:
        pgconn.send_query_params(_COMMIT, None)
    pgconn.pipeline_sync()
    results = driver.wait(_results(pgconn, begin + len(loads) + commit))
    pgconn.exit_pipeline_mode()
    return results


def _results(pgconn: PGconn, count: int) -> Generator[Any, Any, list[PGresult]]:
    yield from generators.send(pgconn)
    results: list[PGresult] = []
    for _ in range(count):
        results += yield from generators.fetch_many(pgconn)
    yield from generators.fetch_many(pgconn)  # that the journey is over is told by itself
    return results


def _check(results: Sequence[PGresult]) -> None:
    """Raise the first error; what came after it was not done."""
    for result in results:
        if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            raise errors.error_from_result(result)


def _told(value: Any) -> bytes | None:
    """A value as PostgreSQL reads it. Raises psycopg.DataError for a zero byte, where libpq would stop."""
    if isinstance(value, str):
        if "\0" in value:
            raise psycopg.DataError("a text holds a zero byte")
        return value.encode()
    if isinstance(value, bool):
        return b"t" if value else b"f"
    return None if value is None else b"%d" % value


def _rows(driver: psycopg.Connection, result: PGresult) -> list[Row]:
    if not result.ntuples:
        return []
    reader: Any = Transformer(driver)
    reader.set_pgresult(result)
    rows: list[Row] = reader.load_rows(0, result.ntuples, tuple)
    return rows
