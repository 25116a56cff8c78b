"""News between workers by LISTEN and NOTIFY, where PostgreSQL has them: a hint, never the truth.

A notice is sent after its commit and not with it: commits that notify wait for each other, also
those of different halls. What is lost with a worker is found by looking, as without a courier.
"""

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hallq.hub.bell import Rung
from hallq.logs import journal

CHANNEL = "hallq_hall"
AGAIN_SECONDS = 1.0
"""How long to wait before the next connection, when one was lost."""

GATHER_SECONDS = 0.01
"""How long news wait for more of them: answers go out first, and a busy hall is one notice."""

_NOTIFY = "SELECT pg_notify(%(channel)s, %(hall)s)"


class Courier:
    """A thread with a connection of its own, which tells other workers and hears them."""

    def __init__(self, connect: Callable[[], Any], rung: Rung, look: Callable[[], None]) -> None:
        """`rung(hall, position)` for what is heard; `look` looks at all halls in use, after a connection."""
        self._connect, self._rung, self._look = connect, rung, look
        self._guard = threading.Lock()
        self._news: dict[str, int] = {}
        self._ended = threading.Event()
        self._woken, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, once."""
        with self._guard:
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(target=self._run, name="hub-courier", daemon=True)
                self._thread.start()

    def send(self, hall: str, position: int) -> None:
        """Tell the other workers soon; of several positions the newest."""
        self.start()
        with self._guard:
            self._news[hall] = max(position, self._news.get(hall, 0))
        self._wake()

    def _wake(self) -> None:
        with suppress(OSError):  # full: it will wake anyway; closed: it has ended
            self._waking.send(b"!")

    def _run(self) -> None:
        import psycopg

        while not self._ended.is_set():
            try:
                with self._connect() as connection, selectors.DefaultSelector() as heard:
                    heard.register(connection.fileno(), selectors.EVENT_READ)
                    heard.register(self._woken, selectors.EVENT_READ)
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._look()  # what rang while nobody heard it
                    while not self._ended.is_set():
                        self._carry(connection, heard)
            except (psycopg.Error, OSError) as error:
                journal().warning("hub-courier-lost", error=type(error).__name__)
                self._ended.wait(AGAIN_SECONDS)

    def _carry(self, connection: Any, heard: selectors.BaseSelector) -> None:
        if any(key.fileobj is self._woken for key, _ in heard.select()):
            self._ended.wait(GATHER_SECONDS)
            self._woken.recv(4_096)
            with self._guard:
                news, self._news = self._news, {}
            for hall, position in news.items():
                connection.execute(_NOTIFY, {"channel": CHANNEL, "hall": f"{hall} {position}"})
        for notice in connection.notifies(timeout=0):
            hall, _, position = notice.payload.partition(" ")
            if position.isdecimal():
                self._rung(hall, int(position))

    def end(self) -> None:
        """Stop."""
        self._ended.set()
        self._wake()
        if self._thread is not None:
            self._thread.join()
        self._woken.close()
        self._waking.close()
