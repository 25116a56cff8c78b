"""Statements that go to the database's driver directly: SQLAlchemy words them, once.

Its execution costs about 0.2 ms for each statement, and a call has several of them. Transactions,
their retries and the pool of connections stay SQLAlchemy's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

Facts = Mapping[str, Any]
Row = tuple[Any, ...]
Question = tuple["Statement", Facts]


class Statement:
    """One statement in the words of each engine. Values are the driver's: a flag of SQLite is 0 or 1."""

    def __init__(self, clause: "sa.Select[Any] | sa.Insert | sa.Update | sa.Delete") -> None:
        """`clause` has a named parameter for each value, of the hall first of all."""
        self._clause = clause
        self._words: dict[str, str] = {}

    def do(self, connection: sa.Connection, facts: Facts) -> Any:
        """The driver's cursor. Raises the driver's own errors."""
        words = self._seen(connection, facts, many=False)
        return connection.connection.driver_connection.execute(words, facts)  # type: ignore[union-attr]

    def do_each(self, connection: sa.Connection, rows: Sequence[Facts]) -> None:
        """Once for each of `rows`."""
        if len(rows) == 1:
            self.do(connection, rows[0])
            return
        words = self._seen(connection, rows, many=True)
        connection.connection.cursor().executemany(words, rows)

    def first(self, connection: sa.Connection, facts: Facts) -> Row | None:
        """The first row of the answer."""
        found: Row | None = self.do(connection, facts).fetchone()
        return found

    def rows(self, connection: sa.Connection, facts: Facts) -> list[Row]:
        """All rows of the answer."""
        found: list[Row] = self.do(connection, facts).fetchall()
        return found

    def _seen(self, connection: sa.Connection, facts: Facts | Sequence[Facts], *, many: bool) -> str:
        """The words; whoever watches the engine's statements sees these as well."""
        dialect = connection.dialect
        words = self._words.get(dialect.name)
        if words is None:
            wording = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
            words = self._words[dialect.name] = str(self._clause.compile(dialect=wording))
        connection.dispatch.before_cursor_execute(connection, None, words, facts, None, many)
        return words
