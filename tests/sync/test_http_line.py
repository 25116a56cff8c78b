"""Each way in which HTTP fails, told exactly: nothing left, nobody knows, or the hub said no."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.protocol import Fault as HubFault
from hallq.protocol import Place, Pull, Push
from hallq.store import StoreError, Trouble
from hallq.sync.address import (
    BadAddressError,
    Credentials,
    NoTokenError,
    PlainTextError,
    address_of,
    load_credentials,
    save_credentials,
    token_path,
)
from hallq.sync.connecting import Connector
from hallq.sync.http_line import HttpLine, Patience
from hallq.sync.line import HubRefused, LineDown, OutcomeUnknown
from tests.rig.proxy import LOOPBACK, Fault, always
from tests.sync.network import Streets, address, soon

SHORT = Patience(command_seconds=0.4, bulk_seconds=0.4)


def _pull() -> Pull:
    return Pull(session="s", place=Place())


def test_a_closed_port_is_known_to_have_got_nothing() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
    line = HttpLine(Connector(address("north", port), Credentials("t")))
    with pytest.raises(LineDown):
        line.pull(_pull())


LOSING = [
    (Fault.DROP, 0),
    (Fault.RESET, 0),
    (Fault.BLACK_HOLE, 0),
    (Fault.MUTE, 0),
    (Fault.CUT_ANSWER, 0),
    (Fault.CUT_ANSWER, 40),
    (Fault.HALF_CLOSE, 40),
    (Fault.THROTTLE, 60),
]


@pytest.mark.parametrize(("fault", "amount"), LOSING)
def test_what_may_have_left_is_unknown_and_never_sent_again(
    streets: Streets, fault: Fault, amount: float
) -> None:
    guide = streets.terminal("guide")
    guide.connector.close()
    line = HttpLine(guide.connector, SHORT)
    guide.proxy.plans = always(fault, amount)
    before, begun = len(guide.proxy.seen), time.monotonic()
    with pytest.raises(OutcomeUnknown):
        line.settings()
    assert time.monotonic() - begun < 1.5
    assert len(guide.proxy.seen) == before + 1


def test_a_no_of_the_hub_has_its_fault_and_when_to_come_back(streets: Streets) -> None:
    guide = streets.terminal("guide")
    with pytest.raises(HubRefused) as said:
        guide.line.pull(_pull())
    assert said.value.fault is HubFault.SAY_HELLO
    nobody = Connector(guide.connector.address, Credentials("wrong"))
    stranger = HttpLine(nobody)
    with pytest.raises(HubRefused) as said:
        stranger.settings()
    assert (said.value.fault, said.value.retry_after_seconds) == (HubFault.UNAUTHORISED, 0)
    for _ in range(70):
        with pytest.raises(HubRefused) as said:
            stranger.settings()
    assert said.value.fault is HubFault.TOO_MANY
    assert said.value.retry_after_seconds >= 1
    nobody.close()


@contextlib.contextmanager
def _somebody(answer: bytes, *, then_close: bool = True) -> Iterator[tuple[int, list[bytes]]]:
    """A server that always gives this answer, and what it was asked."""
    asked: list[bytes] = []
    server = socket.create_server((LOOPBACK, 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    asked.append(connection.recv(65_536))
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], asked
    finally:
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(60)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>log in</h>",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-something\r\n",
        b"",
    ],
    ids=["redirect", "a page to log in", "gateway", "another protocol", "nothing"],
)
def test_whoever_is_no_hub_is_not_believed(answer: bytes) -> None:
    with _somebody(answer) as (port, asked):
        connector = Connector(address("north", port), Credentials("secret"))
        with pytest.raises(OutcomeUnknown):
            HttpLine(connector, SHORT).settings()
        connector.close()
    assert len(asked) == 1
    assert asked[0].count(b"secret") == 1
    assert b"\r\nAuthorization: Bearer secret\r\n" in asked[0]


def test_a_connection_that_the_hub_has_ended_is_not_used_again() -> None:
    body = b'{"name":"hall","version":1,"body":""}'
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    with _somebody(answer) as (port, asked):
        connector = Connector(address("north", port), Credentials("t"))
        line = HttpLine(connector, SHORT)
        for _ in range(5):
            assert line.settings().version == 1
            soon(lambda: not connector._idle[0][0].is_connected)
        connector.close()
    assert len(asked) == 5


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A port with a certificate for this machine, and the CA that made it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hub.invalid").configure_cert(context)
    server = socket.create_server((LOOPBACK, 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with (
                    contextlib.suppress(OSError),
                    context.wrap_socket(connection, server_side=True) as secured,
                ):
                    secured.recv(65_536)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], authority.cert_pem.bytes().decode()
    with contextlib.suppress(OSError):
        server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(60)


def test_a_certificate_that_is_not_trusted_gets_no_request(tls: tuple[int, str]) -> None:
    port, ca = tls
    there = address_of(f"https://{LOOPBACK}:{port}/v1/halls/north")
    for trusted in (trustme.CA().cert_pem.bytes().decode(), ca):
        line = HttpLine(Connector(there, Credentials("t", trusted)))
        with pytest.raises(LineDown, match="CERTIFICATE_VERIFY_FAILED"):  # unknown; then for another host
            line.settings()


def test_plain_http_leaves_this_machine_only_where_somebody_allowed_it() -> None:
    away = address_of("http://hub.example/v1/halls/north")
    with pytest.raises(PlainTextError):
        Connector(away, Credentials("t"))
    Connector(away, Credentials("t", plain_http=True))
    for home in ("127.0.0.1", "[::1]", "localhost"):
        Connector(address_of(f"http://{home}:8765/v1/halls/north"), Credentials("t"))


@pytest.mark.parametrize(
    "url",
    [
        "hub.example",
        "ftp://hub.example/v1/halls/north",
        "https://hub.example/",
        "https://hub.example/v1/halls/",
        "https://hub.example/v1/halls/a b",
        "https://u:p@hub.example/v1/halls/north",
        "https://hub.example/v1/halls/north?token=1",
        "https://hub.example:x/v1/halls/north",
        "https:///v1/halls/north",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddressError):
        address_of(url)


def test_an_address_has_its_parts() -> None:
    there = address_of(" https://[2001:db8::1]:8765/deep/v1/halls/north/ ")
    assert (there.base, there.hall) == ("https://[2001:db8::1]:8765/deep", "north")
    assert there.path == "/deep/v1/halls/north"
    assert address_of("https://hub.example/v1/halls/n").base == "https://hub.example:443"


def test_the_token_lies_in_a_file_of_its_owner(tmp_path: Path) -> None:
    database = tmp_path / "hall.db"
    with pytest.raises(NoTokenError):
        load_credentials(database)
    save_credentials(database, Credentials("one"))
    save_credentials(database, Credentials("two", "pem", True))
    assert token_path(database).stat().st_mode & 0o777 == 0o600
    assert load_credentials(database) == Credentials("two", "pem", True)
    assert [path.name for path in tmp_path.iterdir()] == ["hall.db.token"]
    assert "two" not in repr(load_credentials(database))
    for broken in ("", "[]", "{}", "{"):
        token_path(database).write_text(broken)
        with pytest.raises(NoTokenError):
            load_credentials(database)


# --- lost answers -----------------------------------------------------------------------


@pytest.mark.parametrize("amount", [0, 1, 16, 17, 60, 120, 200, 400, 800, 1_600])
def test_a_call_whose_answer_is_lost_after_so_many_bytes_is_made_once(streets: Streets, amount: int) -> None:
    guide = streets.opened()
    first, _second = (guide.does(i.IssueTicket(service="payment")).events[0] for _ in range(2))
    guide.does(i.OpenCounter(counter=2, clerk="c"))
    guide.syncs()
    guide.connector.close()
    guide.proxy.plans = always(Fault.CUT_ANSWER, amount)
    with contextlib.suppress(StoreError):
        guide.hall.perform(i.CallNext(counter=2), guide.actor)
    for _ in range(amount % 4):
        guide.syncs()
    guide.proxy.plans = always(Fault.NONE)
    guide.reachable[0] = True
    guide.syncs()
    if guide.hall.state.counter(2).ticket_id is None:
        guide.does(i.CallNext(counter=2))
    guide.syncs()
    called = guide.hall.state.ticket_at(2)
    assert called is not None
    assert called.ticket_id == first.model_dump()["ticket_id"]
    assert streets.count(e.TicketGranted) == streets.count(e.TicketAnnounced) == 1


def test_a_batch_that_arrives_twice_is_placed_once(streets: Streets) -> None:
    guide = streets.opened()
    for _ in range(20):
        guide.does(i.IssueTicket(service="payment"))
    guide.connector.close()
    guide.proxy.plans = always(Fault.TWICE)
    assert guide.syncs() == "connected"
    assert streets.count(e.TicketIssued) == 20
    assert guide.worker.status.unsent == 0


def test_half_a_batch_and_then_the_whole_is_the_whole(streets: Streets) -> None:
    guide = streets.opened()
    for _ in range(20):
        guide.does(i.IssueTicket(service="payment"))
    from hallq.clock import SystemClock
    from hallq.sync.file import TerminalFile

    file = TerminalFile(guide.store, SystemClock())
    batch, _more = file.to_send(500)
    guide.line.push(Push(session=guide.worker.session, more=True, events=batch[:7]))
    assert guide.syncs() == "connected"
    assert streets.count(e.TicketIssued) == 20


def test_under_a_black_hole_the_first_key_says_so_and_the_second_calls_from_the_lease(
    streets: Streets,
) -> None:
    guide = streets.opened()
    for _ in range(6):
        guide.does(i.IssueTicket(service="payment"))
    guide.does(i.OpenCounter(counter=2, clerk="c"))
    guide.syncs()
    guide.connector.close()
    guide.proxy.cut(Fault.BLACK_HOLE)
    begun = time.monotonic()
    with pytest.raises(StoreError) as told:
        guide.hall.perform(i.CallNext(counter=2), guide.actor)
    assert told.value.trouble is Trouble.HUB_SILENT
    guide.does(i.CallNext(counter=2))
    assert time.monotonic() - begun < 3
    assert guide.syncs() == "cut-off"
    guide.proxy.heal()
    guide.syncs()
    assert guide.syncs() == "connected"
    assert streets.count(e.TicketAnnounced) == 1
