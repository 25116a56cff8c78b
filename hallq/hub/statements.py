"""Statements that go to the database's driver directly: SQLAlchemy words them, once.

Its execution costs about 0.2 ms for each statement, and a call has several of them. Transactions,
their retries and the pool of connections stay SQLAlchemy's.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from hallq.hub.leg import Leg

Facts = Mapping[str, Any]
Row = tuple[Any, ...]
Question = tuple["Statement", Facts]
Writing = tuple["Statement", Facts]

_SQLITE = sqlite.dialect(paramstyle="named")
_POSTGRESQL = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_numbers = itertools.count(1)


class Statement:
    """One statement in the words of each engine. Values are the driver's: a flag of SQLite is 0 or 1."""

    def __init__(self, clause: "sa.Select[Any] | sa.Insert | sa.Update | sa.Delete") -> None:
        """`clause` has a named parameter for each value, of the hall first of all."""
        self.for_sqlite = str(clause.compile(dialect=_SQLITE))
        compiled = clause.compile(dialect=_POSTGRESQL)
        order = tuple(compiled.positiontup or ())
        self.for_postgresql = Leg(b"hallq_%d" % next(_numbers), str(compiled).encode(), order)

    def do(self, connection: sa.Connection, facts: Facts) -> None:
        """Write at once. Raises the driver's own errors."""
        ask(connection, [(self, facts)])

    def first(self, connection: sa.Connection, facts: Facts) -> Row | None:
        """The first row of the answer."""
        return next(iter(self.rows(connection, facts)), None)

    def rows(self, connection: sa.Connection, facts: Facts) -> list[Row]:
        """All rows of the answer."""
        return ask(connection, [(self, facts)])[0]


def ask(connection: sa.Connection, questions: Sequence[Question]) -> list[list[Row]]:
    """The answer to each. PostgreSQL gets all of them in one journey."""
    return _asked(connection, questions, commit=False)


def commit_with(connection: sa.Connection, writings: Sequence[Writing]) -> None:
    """The last writings of a transaction. In PostgreSQL they travel with its commit."""
    _asked(connection, writings, commit=True)


def _asked(connection: sa.Connection, asked: Sequence[Question], *, commit: bool) -> list[list[Row]]:
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        answers = []
        for statement, facts in asked:
            _show(connection, statement.for_sqlite, facts)
            answers.append(driver.execute(statement.for_sqlite, facts).fetchall())
        return answers
    from hallq.hub.journey import travel  # with psycopg, which a hub on SQLite does without

    for statement, facts in asked:
        _show(connection, statement.for_postgresql.words.decode(), facts)
    if commit:
        _show(connection, "COMMIT", {})
    return travel(connection, [(s.for_postgresql, facts) for s, facts in asked], commit=commit)


def _show(connection: sa.Connection, words: str, facts: Facts) -> None:
    """Whoever watches the engine's statements sees these as well."""
    connection.dispatch.before_cursor_execute(connection, None, words, facts, None, False)
