"""Each fault of the network shows what it should, to the client and to the server."""

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.rig.proxy import Fault, FaultProxy, Plan, Plans, always, by_seed

ANSWER = b"x" * 1_000


@dataclass
class Server:
    """A small real server that counts."""

    port: int
    heard: list[bytes] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    """It answers each POST with a thousand bytes."""
    told = Server(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            told.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        told.port = http_server.server_address[1]
        thread = threading.Thread(target=http_server.serve_forever, args=(0.01,))
        thread.start()
        yield told
        http_server.shutdown()
        thread.join()


def proxy_to(server: Server, plans: Plans) -> FaultProxy:
    """A bad network in front of it."""
    return FaultProxy(("127.0.0.1", server.port), plans)


def asked(proxy: FaultProxy, body: bytes = b"hello", patience_seconds: float = 5.0) -> bytes:
    """The answer to one request on a new connection."""
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=patience_seconds)
    try:
        return answered(connection, body)
    finally:
        connection.close()


def answered(connection: http.client.HTTPConnection, body: bytes) -> bytes:
    """The answer to one more request on this connection."""
    connection.request("POST", "/", body)
    return connection.getresponse().read()


def test_without_a_fault_all_goes_through(server: Server) -> None:
    with proxy_to(server, always(Fault.NONE)) as proxy:
        assert asked(proxy, b"a" * 100_000) == ANSWER
    assert server.heard == [b"a" * 100_000]


@pytest.mark.parametrize(
    ("fault", "error", "heard"),
    [
        (Fault.DROP, (http.client.RemoteDisconnected, ConnectionError), 0),
        (Fault.RESET, ConnectionResetError, 0),
        (Fault.BLACK_HOLE, TimeoutError, 0),
        (Fault.MUTE, TimeoutError, 1),
        (Fault.CUT_ANSWER, http.client.RemoteDisconnected, 1),
        (Fault.HALF_CLOSE, http.client.RemoteDisconnected, 1),
    ],
)
def test_what_the_client_sees_and_the_server_hears(
    server: Server, fault: Fault, error: type[Exception], heard: int
) -> None:
    with proxy_to(server, always(fault)) as proxy, pytest.raises(error):
        asked(proxy, patience_seconds=0.3)
    assert len(server.heard) == heard


@pytest.mark.parametrize("fault", [Fault.CUT_ANSWER, Fault.HALF_CLOSE])
def test_an_answer_can_end_in_its_middle(server: Server, fault: Fault) -> None:
    with proxy_to(server, always(fault, 600)) as proxy, pytest.raises(http.client.IncompleteRead):
        asked(proxy)


def test_a_request_can_arrive_twice(server: Server) -> None:
    with proxy_to(server, always(Fault.TWICE)) as proxy:
        assert asked(proxy, b"once") == ANSWER
    assert server.heard == [b"once", b"once"]


@pytest.mark.parametrize("plan", [Plan(Fault.DELAY, 0.2), Plan(Fault.THROTTLE, 5_000)])
def test_answers_can_be_slow(server: Server, plan: Plan) -> None:
    with proxy_to(server, always(plan.fault, plan.amount)) as proxy:
        began = time.monotonic()
        assert asked(proxy) == ANSWER
        assert time.monotonic() - began >= 0.18


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.BLACK_HOLE, Fault.DROP])
def test_a_cut_line_can_be_healed(server: Server, fault: Fault) -> None:
    with proxy_to(server, always(Fault.NONE)) as proxy:
        kept = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)
        assert answered(kept, b"before") == ANSWER
        proxy.cut(fault)
        with pytest.raises((OSError, http.client.HTTPException)):
            asked(proxy, patience_seconds=0.3)
        with pytest.raises(OSError, match=r"reset|closed|pipe"):
            answered(kept, b"cut")
        kept.close()
        proxy.heal()
        assert asked(proxy) == ANSWER
    assert server.heard == [b"before", b"hello"]


def test_the_same_seed_breaks_the_same_connections(server: Server) -> None:
    shares = {Plan(Fault.DROP): 0.3, Plan(Fault.CUT_ANSWER, 10): 0.2}
    first, again, other = (by_seed(seed, shares) for seed in (1, 1, 2))
    drawn = [first(n) for n in range(2_000)]
    assert drawn == [again(n) for n in range(2_000)]
    assert drawn != [other(n) for n in range(2_000)]
    assert 500 < drawn.count(Plan(Fault.DROP)) < 700
    with proxy_to(server, first) as proxy:
        for _ in range(10):
            try:
                asked(proxy)
            except (OSError, http.client.HTTPException):
                continue
        assert proxy.seen == drawn[:10]
