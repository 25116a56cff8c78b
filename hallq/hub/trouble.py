"""Faults of the database: their names, and which pass when the transaction is done again."""

import sqlalchemy as sa

_PASSING = frozenset({"40001", "40P01", "55P03", "25006", "57P01", "57P02", "57P03", "53300"})
"""Serialisation, deadlock, lock time-out, read-only after a promotion, shutdown, start, too many."""

_CONNECTION = "08"


def named(error: Exception) -> str:
    """A fault's kind, with the database's code for it (SQLITE_FULL): never what it says of values."""
    orig = getattr(error, "orig", None) or error
    code = getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None)
    return " ".join(filter(None, [type(orig).__name__, code]))


def may_pass(error: Exception) -> bool:
    """Whether a repetition may succeed; a fault of the program never does."""
    if isinstance(error, sa.exc.TimeoutError):  # no connection was free in time
        return True
    orig = getattr(error, "orig", None) or error
    state = getattr(orig, "sqlstate", None)
    if state is not None:
        return state in _PASSING or state.startswith(_CONNECTION)
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return True
    # Without a code: psycopg lost its server, or SQLite is locked, full, or could not read or write.
    return type(orig).__name__ == "OperationalError" and "no such" not in str(orig)
