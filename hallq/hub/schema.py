"""The way to the newest tables, in one transaction."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

HEAD = "0007"
"""The newest revision in `migrations/versions`; a test holds the two together."""

_LOCK = 0x68616C71
"""Two workers that start at once migrate one after the other."""


class NewerSchemaError(Exception):
    """A later hallq has been at work on this database."""


def climb(connection: sa.Connection) -> None:
    """Bring the tables up to date on a connection that may write. Raises NewerSchemaError."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    found = present_revision(connection)
    if found is not None and found > HEAD:
        raise NewerSchemaError(found)
    if found == HEAD:
        return
    config = Config()
    config.set_main_option("script_location", "hallq.hub:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def present_revision(connection: sa.Connection) -> str | None:
    """The database's revision, None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
