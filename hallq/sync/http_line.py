"""The line to the hub over HTTP: one request, one answer, and never a second try behind anybody's back."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import TypeVar

from pydantic import ValidationError
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Enrolled,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Refusing,
    Rotated,
    Snapshot,
    Welcome,
    Wire,
)
from hallq.protocol.numbers import NumberAnswer, NumberAsk, NumberHeard, NumberKept
from hallq.protocol.staff import StaffAnswer, StaffAsk
from hallq.protocol.vips import VipPart
from hallq.sync.connecting import Connector
from hallq.sync.line import HubRefused, OutcomeUnknown

T = TypeVar("T", bound=Wire)

SILENT_SECONDS = 3.0
"""A hub that says nothing for so long is not waited for, also where the whole may take longer."""
LONGEST_ANSWER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds from the first byte of a request to the last one of its answer.

    A clerk waits for a command; what goes in bulk may take longer.
    """

    command_seconds: float = 2.0
    bulk_seconds: float = 10.0


AT_A_KEY = Patience(bulk_seconds=2.0)
"""While a clerk waits, nothing may take long."""


class HttpLine:
    """One device's line to its hub, for any number of threads."""

    def __init__(self, connector: Connector, patience: Patience = Patience()) -> None:
        """Connections are shared with whoever else has `connector`."""
        self._connector = connector
        self._patience = patience

    def enrol(self, enrol: Enrol) -> Enrolled:
        """Identity for a code; needs no token."""
        return self._asked("POST", "enrol", enrol, Enrolled, self._patience.bulk_seconds)

    def hello(self, hello: Hello) -> Welcome:
        """Begin a session."""
        return self._asked("POST", "hello", hello, Welcome, self._patience.bulk_seconds)

    def push(self, push: Push) -> Pushed:
        """Send own events."""
        return self._asked("POST", "push", push, Pushed, self._patience.bulk_seconds)

    def pull(self, pull: Pull) -> Page:
        """Ask for what is new."""
        return self._asked("POST", "pull", pull, Page, self._patience.bulk_seconds)

    def command(self, command: Command) -> Answer:
        """Have an intent decided."""
        return self._asked("POST", "commands", command, Answer, self._patience.command_seconds)

    def give_back(self, given: GivenBack) -> Welcome:
        """Return what the hub has lost."""
        return self._asked("POST", "give-back", given, Welcome, self._patience.bulk_seconds)

    def rotate(self) -> Rotated:
        """A new token, good from its first use on; the old one is good until then."""
        return self._asked("POST", "rotate", None, Rotated, self._patience.bulk_seconds)

    def settings(self) -> Snapshot:
        """The newest settings."""
        return self._asked("GET", "settings", None, Snapshot, self._patience.bulk_seconds)

    def staff(self) -> Snapshot:
        """The hall's staff list."""
        return self._asked("GET", "staff", None, Snapshot, self._patience.bulk_seconds)

    def change_staff(self, asked: StaffAsk) -> StaffAnswer:
        """Have the staff list changed; the hub looks at the password."""
        return self._asked("POST", "staff", asked, StaffAnswer, self._patience.bulk_seconds)

    def keep_number(self, told: NumberKept) -> NumberHeard:
        """Hand a number to call back on."""
        return self._asked("POST", "numbers", told, NumberHeard, self._patience.bulk_seconds)

    def number_to_call(self, asked: NumberAsk) -> NumberAnswer:
        """Have a number shown; the hub writes down who looks."""
        return self._asked("POST", "numbers/look", asked, NumberAnswer, self._patience.command_seconds)

    def vips(self, have: int, after: str, since: int) -> VipPart:
        """A part of the hall's VIP directory, or of its changes, unless the version here is the hub's."""
        route = f"vips?have={have}&after={after}&since={since}"
        return self._asked("GET", route, None, VipPart, self._patience.bulk_seconds)

    def _asked(self, method: str, route: str, said: Wire | None, answer: type[T], seconds: float) -> T:
        status, body, retry_after = self._exchanged(method, route, said, seconds)
        try:
            if status == 200:
                return answer.model_validate_json(body)
            refusing = Refusing.model_validate_json(body)
        except ValidationError as error:
            raise OutcomeUnknown(f"{route}: {status}, not an answer of a hub") from error
        raise HubRefused(refusing.fault, refusing.detail, retry_after)

    def _exchanged(
        self, method: str, route: str, said: Wire | None, seconds: float
    ) -> tuple[int, bytes, float]:
        connection = self._connector.take()  # LineDown: nothing was said
        try:
            with _ended_after(connection, seconds):
                status, body, retry_after = self._said(connection, method, route, said)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            connection.close()
            raise OutcomeUnknown(f"{route}: {type(error).__name__}") from error
        self._connector.give_back(connection)
        return status, body, retry_after

    def _said(
        self, connection: HTTPConnection, method: str, route: str, said: Wire | None
    ) -> tuple[int, bytes, float]:
        headers = self._connector.headers
        body = None
        if said is not None:
            body = said.model_dump_json().encode()
            headers["Content-Type"] = "application/json"
        path = f"{self._connector.address.path}/{route}"
        connection.request(method, path, body=body, headers=headers, preload_content=False)
        answer = connection.getresponse()
        with contextlib.closing(answer):
            read = answer.read(LONGEST_ANSWER_BYTES + 1)
        if len(read) > LONGEST_ANSWER_BYTES:
            raise ValueError("an answer without end")
        waiting = answer.headers.get("retry-after", "")
        return answer.status, read, float(waiting) if waiting.isdecimal() else 0.0


@contextlib.contextmanager
def _ended_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """End the connection when the time is over, also while bytes still trickle."""
    silent_seconds = min(seconds, SILENT_SECONDS)
    connection.timeout = silent_seconds
    if connection.sock is not None:
        connection.sock.settimeout(silent_seconds)

    def end() -> None:
        with contextlib.suppress(OSError, TypeError):
            # Below TLS: what is still in flight must not be read as if it were plain.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    alarm = threading.Timer(seconds, end)
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
