"""Connections to the hub, each known to be open before anything is said over it.

Connecting and asking are two steps here, so that it is certain on which side of the first byte
something failed: before it the hub cannot know of the request.
"""

import ssl
import threading
import time

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from hallq.sync.address import Address, Credentials, PlainTextError
from hallq.sync.line import LineDown

IDLE_SECONDS = 3.0
"""The hub's side ends what is silent for five seconds: what is older is not used again."""
MOST_IDLE = 4


class Connector:
    """Opens connections to one hub, and keeps some that were not needed any more."""

    def __init__(self, address: Address, credentials: Credentials, connect_seconds: float = 1.0) -> None:
        """Raises PlainTextError when others could listen and nobody has allowed that."""
        if address.is_plain and not credentials.plain_http:
            raise PlainTextError(address.base)
        self.address = address
        self.credentials = credentials
        self._connect_seconds = connect_seconds
        self._context = _trusting(credentials.ca) if address.scheme == "https" else None
        self._idle: list[tuple[HTTPConnection, float]] = []
        self._lock = threading.Lock()

    @property
    def headers(self) -> dict[str, str]:
        """What goes with every request; the token goes nowhere else."""
        token = self.credentials.token
        told = {"Accept-Encoding": "identity", "User-Agent": "hallq"}
        return {**told, "Authorization": f"Bearer {token}"} if token else told

    def take(self) -> HTTPConnection:
        """An open connection. Raises LineDown: nothing has left this machine that the hub would act on."""
        return self._kept() or self.open()

    def open(self) -> HTTPConnection:
        """A new connection, with TLS agreed on. Raises LineDown."""
        connection = self._new()
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            raise LineDown(str(error.__cause__ or error)) from error
        return connection

    def _new(self) -> HTTPConnection:
        address = self.address
        if self._context is None:
            return HTTPConnection(address.host, address.port, timeout=self._connect_seconds)
        return HTTPSConnection(
            address.host, address.port, timeout=self._connect_seconds, ssl_context=self._context
        )

    def _kept(self) -> HTTPConnection | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection, since = self._idle.pop()
            if time.monotonic() - since < IDLE_SECONDS and connection.is_connected:
                return connection
            connection.close()

    def give_back(self, connection: HTTPConnection) -> None:
        """Keep a connection whose last answer was read to its end."""
        with self._lock:
            if not connection.is_closed and len(self._idle) < MOST_IDLE:
                self._idle.append((connection, time.monotonic()))
                return
        connection.close()

    def close(self) -> None:
        """End what is kept."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection, _ in idle:
            connection.close()


def _trusting(ca: str) -> ssl.SSLContext:
    """TLS 1.2 or newer, the host's name checked; `ca` alone is trusted where it is given."""
    context = ssl.create_default_context(cadata=ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
