"""The schema: one newest revision, the same columns in migrations, tables and entities."""

from dataclasses import fields

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from hallq.store import Store, StoreError
from hallq.store.projections import ENTITIES
from hallq.store.schema import APPLICATION_ID, HEAD
from hallq.store.shape import DECLARED, missing_guards, other_tables
from tests.builders import TryHall


def test_the_known_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "hallq.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_migrated_file_has_the_tables_as_declared_and_its_guards(store: Store) -> None:
    with store.reading() as connection:
        told = [*other_tables(connection), *missing_guards(connection)]
    assert told == []


def test_every_table_of_a_new_file_has_a_model(store: Store) -> None:
    with store.reading() as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    own = {name for (name,) in rows if not name.startswith("sqlite_")}
    assert own == {*DECLARED, "alembic_version"}
    assert application == APPLICATION_ID


@pytest.mark.parametrize("entity", list(ENTITIES), ids=lambda entity: entity.__name__)
def test_an_entity_is_projected_field_by_field(entity: type) -> None:
    declared = DECLARED[ENTITIES[entity]].columns
    first, *others = fields(entity)
    assert [(first.name, True), *((f.name, False) for f in others)] == [
        (c.name, c.primary_key) for c in declared
    ]


@pytest.mark.parametrize("change", ["UPDATE event SET actor = 'x'", "DELETE FROM event"])
def test_the_log_only_grows(hall: TryHall, change: str) -> None:
    with (
        pytest.raises(StoreError, match=r"contradiction.*append-only"),
        hall.store.writing() as connection,
    ):
        connection.execute(change)
    assert hall.store.load_state() == hall.state


def test_the_connection_is_durable_and_checks_itself(store: Store) -> None:
    with store.reading() as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }
