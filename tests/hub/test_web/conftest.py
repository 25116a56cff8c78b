"""A hub that serves two halls on a real socket, and callers of every kind."""

import contextlib
import json
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3
import uvicorn
from fastapi import FastAPI

from hallq.hub import Hub, Role
from hallq.hub.limits import Limits
from hallq.hub.opening import hub_on
from hallq.hub.web.app import create_app
from hallq.hub.web.requests import READER
from hallq.hub.web.serving import bound
from hallq.hub.web.settings import WebSettings
from hallq.logs import start_log
from hallq.protocol import Enrol
from hallq.settings import default_text
from tests.builders import MEMORY_DISK

KEY = bytes(range(32))
NORTH, SOUTH = "north", "south"


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON says it."""
        return json.loads(self.body)


@dataclass
class Moment:
    """The clock of the limits, moved by hand."""

    ms: int = 1_700_000_040_000

    def __call__(self) -> int:
        return self.ms


@dataclass
class Served:
    """A hub on a socket."""

    url: str
    port: int
    hub: Hub
    app: FastAPI
    log: Path
    moment: Moment
    pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(retries=False, timeout=60, maxsize=16)
    )

    def ask(
        self, method: str, path: str, token: str | None = None, body: Any = None, **headers: str
    ) -> Answered:
        """One request; `body` goes as JSON."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        raw = None
        if body is not None:
            raw = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        answer = self.pool.request(method, self.url + path, body=raw, headers=headers, redirect=False)
        return Answered(answer.status, answer.headers, answer.data)

    def token(self, hall: str = NORTH, role: Role = Role.TERMINAL, name: str = "Counter 1") -> str:
        """A new device's token."""
        return self.hub.enrol(hall, Enrol(code=self.hub.invite(hall, name, role))).token


@contextlib.contextmanager
def served(
    db: Path | str,
    log: Path,
    *,
    settings: WebSettings | None = None,
    moment: Moment | None = None,
    **config: Any,
) -> Iterator[Served]:
    """The service of a hub on `db`, with two halls, until the block ends."""
    hub, database = hub_on(str(db), KEY, log)
    for hall in (NORTH, SOUTH):
        hub.create_hall(hall, hall.title(), default_text())
    start_log(log)
    moment = moment or Moment()
    limits = Limits(database, moment)
    app = create_app(hub, settings or WebSettings(), limits, at_end=hub.close)
    with contextlib.closing(bound("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                lifespan="on",
                http=READER,
                ws="none",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,
                **config,
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        scheme = "https" if "ssl_context_factory" in config else "http"
        running = Served(f"{scheme}://127.0.0.1:{port}", port, hub, app, log / "hallq.log", moment)
        try:
            yield running
        finally:
            running.pool.clear()
            server.should_exit = True
            thread.join(60)
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def service() -> Iterator[Served]:
    """The hub that most tests ask."""
    with (
        tempfile.TemporaryDirectory(prefix="hubweb", dir=MEMORY_DISK) as folder,
        served(Path(folder) / "hub.db", Path(folder)) as running,
    ):
        yield running


@pytest.fixture(autouse=True)
def _next_window(request: pytest.FixtureRequest) -> None:
    """Each test has the limits for itself."""
    if "service" in request.fixturenames:
        request.getfixturevalue("service").moment.ms += 3_600_000


@pytest.fixture(scope="session")
def tokens(service: Served) -> dict[str, str]:
    """A token of every role in the north, one of the south, and one that was taken away."""
    found = {str(role): service.token(role=role, name=f"the {role}") for role in Role}
    found["other hall"] = service.token(SOUTH)
    found["revoked"] = service.token(name="gone")
    gone = next(device for device in service.hub.devices(NORTH) if device.name == "gone")
    service.hub.revoke(NORTH, gone.device)
    return found
