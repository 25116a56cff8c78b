"""Listening to the hub's doorbell: it says how far the hall is, and saves the waiting for the next look."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPException

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from hallq.sync.connecting import Connector
from hallq.sync.line import LineDown
from hallq.sync.pace import BackOff

DEAD_AFTER_SECONDS = 35.0
"""The hub says something every 15 seconds."""
REACHED, BROKEN = -1, -2
_MOST_PENDING_BYTES = 64 * 1024

Waiting = Callable[[threading.Event, float], bool]


class BellListener(threading.Thread):
    """Listens while it is wanted; a line that breaks is opened again, a little later each time."""

    def __init__(
        self,
        connector: Connector,
        rung: Callable[[int], None],
        *,
        chance: Callable[[], float],
        waiting: Waiting = threading.Event.wait,
        dead_after_seconds: float = DEAD_AFTER_SECONDS,
    ) -> None:
        """`rung(position)` is called from this thread; REACHED and BROKEN are no positions."""
        super().__init__(daemon=True, name="hallq-bell")
        self._connector = connector
        self._rung = rung
        self._back_off = BackOff(chance)
        self._waiting = waiting
        self._dead_after_seconds = dead_after_seconds
        self._stop_wanted = threading.Event()
        self._connection: HTTPConnection | None = None
        self.reached = 0
        """How often the bell was reached."""

    def stop(self) -> None:
        """End; also while it listens."""
        self._stop_wanted.set()
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError, TypeError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    def run(self) -> None:
        """Listen until told to stop."""
        while not self._stop_wanted.is_set():
            with contextlib.suppress(LineDown, HTTPError, HTTPException, OSError, ValueError):
                self._listen()
            if not self._stop_wanted.is_set():
                self._rung(
                    BROKEN
                )  # also when it was not reached again: a hub that ends still answers a while
            self._waiting(self._stop_wanted, self._back_off.next_seconds())

    def _listen(self) -> None:
        connection = self._connector.open()
        self._connection = connection
        try:
            connection.timeout = self._dead_after_seconds
            if connection.sock is not None:
                connection.sock.settimeout(self._dead_after_seconds)
            connection.request(
                "GET",
                f"{self._connector.address.path}/bell",
                headers={**self._connector.headers, "Accept": "text/event-stream"},
                preload_content=False,
            )
            answer = connection.getresponse()
            with contextlib.closing(answer):
                if answer.status == 200:
                    self._hear(answer.stream())
        finally:
            self._connection = None
            connection.close()

    def _hear(self, pieces: Iterator[bytes]) -> None:
        self.reached += 1
        self._rung(REACHED)
        for position in positions(pieces):
            self._back_off.succeeded()
            if self._stop_wanted.is_set():
                return
            self._rung(position)


def positions(pieces: Iterator[bytes]) -> Iterator[int]:
    """The positions that a stream of server-sent events tells."""
    pending = b""
    for piece in pieces:
        pending += piece
        *lines, pending = pending.split(b"\n")
        for line in lines:
            name, _, value = line.strip().partition(b":")
            if name == b"data" and value.strip().isdigit():
                yield int(value)
        if len(pending) > _MOST_PENDING_BYTES:
            raise ValueError("not a bell")
