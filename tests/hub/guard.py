"""Each statement of the hub names its hall, so that a database may be divided by hall."""

from typing import Any

import sqlalchemy as sa

from hallq.hub.database import Database

ALLOWED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


class NamesNoHallError(AssertionError):
    """A statement that a database divided by hall would have to send everywhere."""


def refuse_without_hall(database: Database) -> None:
    """From now on a statement without its hall raises."""

    @sa.event.listens_for(database.engine, "before_cursor_execute")
    def check(
        connection: sa.Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if statement.startswith(ALLOWED) or (context and context.execution_options.get("every_hall")):
            return
        rows = _named(parameters, context, many)
        if not rows or not all(any(name.startswith("hall") for name in row) for row in rows):
            raise NamesNoHallError(statement)
        if "hall" not in statement.split("FROM")[-1].split("WHERE")[-1] and "INSERT" not in statement:
            raise NamesNoHallError(statement)


def _named(parameters: Any, context: Any, many: bool) -> Any:
    """The parameters by their names; those that go to the driver directly have no context."""
    if context is None:
        return parameters if many else [parameters]
    return context.compiled_parameters if context.compiled is not None else []
