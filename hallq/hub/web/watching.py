"""The outermost layer: every request is counted and noted; what breaks is told with a number only.

The journal names route, hall, device, status and time. Never headers, bodies, queries, or what
an error says of values: only its kind and where it came from.
"""

import secrets
import time
import traceback

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hallq.hub.web.metrics import OTHER, Metrics
from hallq.hub.web.refusing import answered
from hallq.logs import journal
from hallq.protocol import Fault

_ALWAYS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Watching:
    """Middleware: see the module."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """`app` is the service inside."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        note = _Note(scope, send)
        try:
            await self._app(scope, receive, note.send)
        except Exception as error:
            number = _noted(error)
            if note.status:  # the answer had begun: the connection ends instead
                raise
            broken = answered(Fault.BUSY, f"incident {number}", status=500)
            await broken(scope, receive, note.send)
        finally:
            note.write(self._metrics)


class _Note:
    """What is known of one request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._since = time.perf_counter()
        self._seconds = 0.0
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            self._seconds = time.perf_counter() - self._since
            names = {name.lower() for name, _value in message["headers"]}
            added = [header for header in _ALWAYS if header[0] not in names]
            message = {**message, "headers": [*message["headers"], *added]}
        await self._send(message)

    def write(self, metrics: Metrics) -> None:
        route = getattr(self._scope.get("route"), "path", OTHER)
        metrics.count(route, self._scope["method"], self.status, self._seconds)
        if route in _QUIET and self.status < 400:
            return
        caller = self._scope.get("state", {}).get("caller")
        journal().info(
            "request",
            route=route,
            status=self.status,
            ms=round(self._seconds * 1_000, 1),
            **({"hall": caller.hall, "device": caller.device} if caller else {}),
        )


def _noted(error: Exception) -> str:
    number = secrets.token_hex(6)
    came_by = traceback.format_list(traceback.extract_tb(error.__traceback__))
    journal().error("incident", incident=number, error=type(error).__name__, came_by="".join(came_by))
    return number


def install(app: FastAPI, metrics: Metrics) -> None:
    """Put the layer around the service."""
    app.add_middleware(Watching, metrics=metrics)
