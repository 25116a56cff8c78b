"""A hub on a real PostgreSQL that the benchmarks start for themselves, and devices that joined it."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import urllib3
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


@dataclass
class HubProcess:
    """`hallq hub serve` as a process, and a second door to its database for what is not measured."""

    url: str
    hub: Hub
    process: psutil.Process
    db: str

    def code(self, name: str) -> str:
        """A one-time code."""
        return self.hub.invite(HALL, name)

    def enrolled(self, name: str) -> tuple[str, str]:
        """A new device: its id and token."""
        told = self.hub.enrol(HALL, Enrol(code=self.code(name)))
        return told.device, told.token


@contextlib.contextmanager
def a_hub_process(*options: str) -> Iterator[HubProcess]:
    """A hub process on a PostgreSQL of its own. `options` go to `hallq hub serve`."""
    with a_server() as server, server.database() as dsn, tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # what terminals leave for their user goes away with it
        key = Path(folder) / "hub.key"
        key.write_text(KEY.hex().ljust(64, "0")[:64], encoding="ascii")
        key.chmod(0o600)
        database = Database(url_of(dsn))
        database.migrate()
        sealing = bytes.fromhex(key.read_text(encoding="ascii"))
        hub = Hub(database, clock=SystemClock(), key=sealing, new_random=lambda: secrets.token_hex(16))
        hub.create_hall(HALL, "North hall", default_text())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [sys.executable, "-m", "hallq", "hub", "serve", "--db", url_of(dsn), "--key", str(key)]
        process = subprocess.Popen([*words, "--port", str(port), *options], stdout=subprocess.DEVNULL)
        url = f"http://127.0.0.1:{port}"
        try:
            _await(url)
            yield HubProcess(url, hub, psutil.Process(process.pid), url_of(dsn))
        finally:
            process.terminate()
            process.wait(10)
            hub.close()
            database.close()


def _await(url: str) -> None:
    pool = urllib3.PoolManager(retries=False)
    for _ in range(400):
        with contextlib.suppress(urllib3.exceptions.HTTPError):
            if pool.request("GET", f"{url}/healthz").status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError("the hub does not answer")
