"""A hub on a real PostgreSQL that the benchmarks start for themselves, and devices that joined it."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict

from hallq.clock import SystemClock
from hallq.hub import Caller, Hub
from hallq.hub.database import Database
from hallq.protocol import Enrol, Hello, Place
from hallq.settings import default_text
from tests.rig import postgres

KEY = b"the key of a benchmark's hub"
HALL = "north"


@dataclass
class Device:
    """A terminal that has said hello."""

    caller: Caller
    session: str
    token: str
    epoch: str


@contextlib.contextmanager
def a_server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL server with its own default settings, `fsync` on."""
    with postgres.server() as server:
        yield server


def url_of(dsn: str) -> str:
    """libpq's words as a URL."""
    told = conninfo_to_dict(dsn)
    return f"postgresql://{told['user']}:{told['password']}@{told['host']}:{told['port']}/{told['dbname']}"


@contextlib.contextmanager
def a_hub() -> Iterator[tuple[Hub, Database]]:
    """A hub with an empty hall."""
    with a_server() as server, server.database() as dsn:
        database = Database(url_of(dsn))
        database.migrate()
        hub = Hub(database, clock=SystemClock(), key=KEY, new_random=lambda: secrets.token_hex(16))
        hub.create_hall(HALL, "North hall", default_text())
        yield hub, database
        hub.close()
        database.close()


def device_of(hub: Hub, hall: str, name: str) -> Device:
    """A new device in a session."""
    enrolled = hub.enrol(hall, Enrol(code=hub.invite(hall, name)))
    caller = hub.authenticate(hall, enrolled.token)
    session = secrets.token_hex(16)
    welcome = hub.hello(caller, Hello(session=session, place=Place()))
    return Device(caller, session, enrolled.token, welcome.place.epoch)
