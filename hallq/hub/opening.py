"""A hub on its database, as commands and processes of the service open it."""

import functools
import secrets
from pathlib import Path

from hallq.clock import SystemClock
from hallq.hub.database import Database
from hallq.hub.desk import Hub

_RANDOM_BYTES = 16


def hub_on(db: str, key: bytes, home: Path | None = None) -> tuple[Hub, Database]:
    """The hub of the database `db`, whose tables are brought up to date. `home`: the folder of its key.

    Raises NewerSchemaError, and what the database raises when it cannot be opened.
    """
    database = Database(db)
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    new_random = functools.partial(secrets.token_hex, _RANDOM_BYTES)
    hub = Hub(database, clock=SystemClock(), key=key, new_random=new_random, notifying=True, home=home)
    return hub, database
