"""Whether a file's tables are the ones that this hallq declares, and its log still guarded."""

from collections.abc import Iterator

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlmodel import SQLModel

from hallq.i18n import N_, Sentence
from hallq.store import tables

DECLARED: dict[str, sa.Table] = {
    name: SQLModel.metadata.tables[name]
    for name in sorted(str(getattr(tables, row).__tablename__) for row in tables.__all__)
}
"""Every table by name."""

GUARDS = ("event_no_update", "event_no_delete")
"""The triggers that keep the log append-only."""

_COLUMNS = "SELECT name, type, [notnull] OR pk > 0, pk > 0 FROM pragma_table_info(?)"

Shape = dict[str, tuple[str, bool, bool]]
"""By column: its type, whether it must have a value, whether it is of the key."""


def other_tables(connection: driver.Connection) -> Iterator[Sentence]:
    """A sentence for each column that is missing, unknown or unlike its declaration."""
    for name, table in DECLARED.items():
        found, declared = _found(connection, name), _declared(table)
        if not found:
            yield Sentence(N_("table {name}: is missing"), name=name)
            continue
        for column in sorted({*found, *declared}):
            ours, theirs = _told(declared.get(column)), _told(found.get(column))
            if ours != theirs:
                told = N_("table {name}: {column}: {ours} is declared, the file has {theirs}")
                yield Sentence(told, name=name, column=column, ours=ours, theirs=theirs)


def missing_guards(connection: driver.Connection) -> Iterator[Sentence]:
    """A sentence for each guard of the log that is gone."""
    triggers = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    for guard in GUARDS:
        if guard not in triggers:
            told = N_("the guard {guard} is missing: the log could have been changed")
            yield Sentence(told, guard=guard)


def _found(connection: driver.Connection, name: str) -> Shape:
    rows = connection.execute(_COLUMNS, (name,))
    return {column: (kind, bool(needed), bool(key)) for column, kind, needed, key in rows}


def _declared(table: sa.Table) -> Shape:
    return {
        column.name: (str(column.type), column.primary_key or not column.nullable, column.primary_key)
        for column in table.columns
    }


def _told(shape: tuple[str, bool, bool] | None) -> str:
    if shape is None:
        return "–"
    kind, needed, key = shape
    return f"{kind}{' NOT NULL' if needed else ''}{' PRIMARY KEY' if key else ''}"
