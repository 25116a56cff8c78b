"""A receipt printer's network side: listens on a port, keeps what it got, answers as one of those does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hallq.domain.devices import PrinterRule
from hallq.settings import load_config
from tests.rig.waiting import until

WELL, COVER_UP, ROLL_EMPTY, ROLL_NEARLY_EMPTY, ROLL_FULL = 0x12, 0x16, 0x7E, 0x1E, 0x12
OFF_LINE = 0x1A
IMPATIENT = 0.3
"""The time limit of printers that are to be found slow or silent."""


@dataclass
class ReceiptPrinter:
    """One connection at a time, as the real ones. `reads`: whether it takes anything at all.

    `closes_after`: it ends each connection when it got so many bytes that are no questions.
    """

    answers: bool = True
    reads: bool = True
    general: int = WELL
    offline: int = WELL
    roll: int = ROLL_FULL
    closes_after: int | None = None
    finishes: bool = True
    printed: bytearray = field(default_factory=bytearray)
    connections: int = 0

    def __enter__(self) -> "ReceiptPrinter":
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=5)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._listener.close()
        self._thread.join(timeout=60)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    def rule(self, **changes: object) -> PrinterRule:
        """Settings that lead here."""
        return a_rule(connection="network", address=f"127.0.0.1:{self.port}", **changes)

    def no_paper(self) -> None:
        """The roll has ended."""
        self.general, self.offline, self.roll = OFF_LINE, 0x32, ROLL_EMPTY

    def new_roll(self) -> None:
        """Somebody put a new one in."""
        self.general, self.offline, self.roll = WELL, WELL, ROLL_FULL

    def has_printed(self, text: bytes) -> None:
        """Wait until these bytes came."""
        until(lambda: text in self.printed, f"{text!r} on paper")

    def _live(self) -> None:
        self._listener.settimeout(0.05)
        while not self._ending.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            with connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        taken = 0
        while not self._ending.is_set():
            if not self.reads:
                self._ending.wait(0.05)
                continue
            try:
                data = connection.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            taken += self._take(connection, data)
            if self.closes_after is not None and taken > self.closes_after:
                return

    def _take(self, connection: socket.socket, data: bytes) -> int:
        """Answer the questions in `data`, print the rest; how much was printed."""
        rest = data
        for question, answer in (
            (b"\x10\x04\x01", self.general),
            (b"\x10\x04\x02", self.offline),
            (b"\x10\x04\x04", self.roll),
        ):
            if question in rest:
                rest = rest.replace(question, b"")
                self._answer(connection, answer)
        if b"\x1dr\x01" in rest:
            rest = rest.replace(b"\x1dr\x01", b"")
            if self.finishes:
                self._answer(connection, 0)
        self.printed += rest
        return len(rest)

    def _answer(self, connection: socket.socket, byte: int) -> None:
        if self.answers:
            connection.sendall(bytes([byte]))


@contextmanager
def a_printer_that_is_off() -> Iterator[PrinterRule]:
    """Settings that lead to a port where nobody listens, kept from everybody else meanwhile."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield a_rule(connection="network", address=f"127.0.0.1:{kept.getsockname()[1]}")


def a_rule(**changes: object) -> PrinterRule:
    """The packaged settings with these changed, and patience for a busy computer."""
    values = load_config().printer.model_dump() | {"timeout_seconds": 10} | changes
    return PrinterRule.model_validate(values)
