"""Eight counters as lean as they may be: raw keep-alive connections of one process, their visits prepared.

What they take of the machine's processors, the hub they measure does not get.
"""

import json
import secrets
import selectors
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.hubs import HALL

GRANTED = "the-granted-ticket"
"""Stands in a prepared visit for the ticket that is not known yet."""

_READ_BYTES = 256 * 1024


@dataclass
class Counter:
    """One counter's connection. `place`: how far its log is; `visits`: pushes, ready but for the ticket."""

    url: str
    number: int
    terminal: str
    token: str
    session: str
    place: dict[str, Any]
    visits: Iterator[str]
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        """Connect."""
        host, port = self.url.removeprefix("http://").split(":")
        self.line = socket.create_connection((host, int(port)))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def calls(self) -> None:
        """Ask for the next customer; `is_granted` reads the answer."""
        asked = {
            "session": self.session,
            "id": secrets.token_hex(16),
            "intent": "GrantNext",
            "facts": {"counter": self.number},
            "actor": "1001",
            "terminal": self.terminal,
            "place": self.place,
        }
        self._asks("commands", json.dumps(asked))

    def is_granted(self) -> str:
        """The ticket of the call."""
        answer = json.loads(self._answer())
        if answer["refusal"]:
            raise RuntimeError(answer["refusal"])
        self.place = answer["page"]["place"]
        return str(answer["granted"])

    def serves(self, ticket: str) -> None:
        """Send the visit; `has_served` reads the answer."""
        self._asks("push", next(self.visits).replace(GRANTED, ticket))

    def has_served(self) -> None:
        """The visit is at the hub."""
        self._answer()

    def _asks(self, what: str, body: str) -> None:
        head = (
            f"POST /v1/halls/{HALL}/{what} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.line.sendall((head + body).encode("ascii"))

    def _answer(self) -> bytes:
        read = self.line.recv(_READ_BYTES)
        while b"\r\n\r\n" not in read:
            read += self.line.recv(_READ_BYTES)
        head, body = read.split(b"\r\n\r\n", 1)
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < size:
            body += self.line.recv(_READ_BYTES)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head!r} {body!r}")
        return body


def call_together(counters: Sequence[Counter]) -> list[str]:
    """All call at once; their tickets."""
    for counter in counters:
        counter.calls()
    return [counter.is_granted() for counter in counters]


def serve_together(counters: Sequence[Counter], tickets: Sequence[str]) -> None:
    """All send their visits at once."""
    for counter, ticket in zip(counters, tickets, strict=True):
        counter.serves(ticket)
    for counter in counters:
        counter.has_served()


def call_and_serve(counters: Sequence[Counter], each: int) -> None:
    """Each calls and serves so many, at its own pace."""
    with selectors.DefaultSelector() as ready:
        for counter in counters:
            steps = _steps(counter, each)
            next(steps)
            ready.register(counter.line, selectors.EVENT_READ, steps)
        while ready.get_map():
            for key, _ in ready.select():
                _go_on(key.data, lambda line=key.fileobj: ready.unregister(line))


def _steps(counter: Counter, each: int) -> Iterator[None]:
    """Waits for an answer at each `yield`."""
    for _ in range(each):
        counter.calls()
        yield
        counter.serves(counter.is_granted())
        yield
        counter.has_served()


def _go_on(steps: Iterator[None], is_done: Callable[[], object]) -> None:
    try:
        next(steps)
    except StopIteration:
        is_done()
