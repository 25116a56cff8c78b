"""The schema's version and the way to it. Alembic is loaded only when there is a step to take."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from hallq.store.trouble import StoreError, Trouble

if TYPE_CHECKING:
    import sqlalchemy as sa

HEAD = "0010"
"""The newest revision in `migrations/versions`; a test holds the two together."""

APPLICATION_ID = 0x68616C71
"""`halq` in SQLite's header: this file is a hall's."""


def present_revision(connection: driver.Connection) -> str | None:
    """The file's revision, None for an empty file. Raises StoreError for one not ours to change."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return None
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID or "alembic_version" not in tables:
        raise StoreError(Trouble.FOREIGN_DATABASE)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StoreError(Trouble.DAMAGED)
    revision = str(row[0])
    if revision > HEAD:
        raise StoreError(Trouble.NEWER_VERSION, {"found": revision, "known": HEAD})
    return revision


def way_up() -> "Callable[[sa.Connection], None]":
    """The steps to the newest schema, to be taken in one transaction.

    Loading Alembic takes long, so it is done here, before other terminals have to wait.
    """
    from alembic import command
    from alembic.config import Config

    def climb(connection: "sa.Connection") -> None:
        config = Config()
        config.set_main_option("script_location", "hallq.store:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    return climb
