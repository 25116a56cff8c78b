"""What a client may send, and that an answer never says it again."""

import gzip
import json
import socket
from typing import Any

import pytest

from hallq.hub.web.bodies import BODY_BYTES, DEEPEST
from hallq.protocol import BATCH_EVENTS, Refusing
from tests.hub.test_web.conftest import NORTH, Answered, Served

PULL = f"/v1/halls/{NORTH}/pull"
SECRET = "a-thing-nobody-should-read-again"


def _raw(service: Served, token: str, body: bytes, **headers: str) -> Answered:
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
    answer = service.pool.request("POST", service.url + PULL, body=body, headers=sent)
    return Answered(answer.status, answer.headers, answer.data)


def _refused(answer: Answered, status: int, fault: str) -> str:
    told = Refusing.model_validate(answer.json)
    assert (answer.status, told.fault) == (status, fault)
    assert SECRET not in answer.body.decode()
    return told.detail


def _nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b"1" * 5_000,
        b"[" * 900_000,
        b'"' + b'\\"' * 500_000,
        _nested(DEEPEST + 1),
        json.dumps({"session": SECRET, "place": SECRET, SECRET: 1}).encode(),
        json.dumps([SECRET]).encode(),
    ],
    ids=[
        "empty",
        "half",
        "bytes",
        "nan",
        "infinite",
        "surrogate",
        "digits",
        "deep",
        "quotes",
        "nested",
        "shape",
        "list",
    ],
)
def test_what_is_not_the_shape_is_refused_without_being_said_again(
    service: Served, tokens: dict[str, str], body: bytes
) -> None:
    _refused(_raw(service, tokens["terminal"], body), 422, "bad-request")


def test_the_field_and_the_rule_are_told(service: Served, tokens: dict[str, str]) -> None:
    body: dict[str, Any] = {"session": "s", "place": {"position": -1}, SECRET: SECRET}
    detail = _refused(service.ask("POST", PULL, tokens["terminal"], body), 422, "bad-request")
    assert detail == "body.place.position: greater_than_equal"


def test_as_deep_as_is_allowed_is_read(service: Served, tokens: dict[str, str]) -> None:
    detail = _refused(_raw(service, tokens["terminal"], _nested(DEEPEST)), 422, "bad-request")
    assert "missing" in detail


def test_a_body_that_is_too_large_is_refused_as_soon_as_it_is_known(
    service: Served, tokens: dict[str, str]
) -> None:
    head = f"POST {PULL} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {tokens['terminal']}\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as line:
        line.sendall(f"{head}Content-Length: {BODY_BYTES + 1}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as line:
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b" " * 65_536
        for _ in range(BODY_BYTES // len(chunk)):
            line.sendall(b"10000\r\n" + chunk + b"\r\n")
        line.sendall(b"1\r\n \r\n")
        answer = line.recv(65_536)
        while b"}" not in answer:  # head and body may come one after the other
            answer += line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"too-large"' in answer


def test_a_stranger_is_refused_before_its_body_is_read(service: Served) -> None:
    head = f"POST {PULL} HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as line:
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 401 ")


def test_a_packed_body_is_not_unpacked(service: Served, tokens: dict[str, str]) -> None:
    packed = gzip.compress(b" " * 10_000_000)
    answer = _raw(service, tokens["terminal"], packed, **{"Content-Encoding": "gzip"})
    _refused(answer, 422, "bad-request")


def test_a_batch_has_a_largest_size(service: Served, tokens: dict[str, str]) -> None:
    body = {"session": "s", "place": {}, "limit": BATCH_EVENTS + 1}
    detail = _refused(service.ask("POST", PULL, tokens["terminal"], body), 422, "bad-request")
    assert detail == "body.limit: less_than_equal"


def test_what_is_not_there_is_refused_in_the_same_shape(service: Served) -> None:
    for method, path, status in [
        ("GET", "/", 404),
        ("GET", "/docs", 404),
        ("GET", "/healthz/", 404),
        ("GET", f"{PULL}/", 404),
        ("PUT", "/healthz", 405),
    ]:
        answer = service.ask(method, path)
        assert answer.status == status
        Refusing.model_validate(answer.json)


def test_answers_do_not_say_what_serves_them(service: Served) -> None:
    headers = service.ask("GET", "/healthz").headers
    assert "server" not in headers
    assert headers["cache-control"] == "no-store"


_HEAD = b"POST /v1/halls/north/pull HTTP/1.1\r\nHost: hub\r\n"


@pytest.mark.parametrize(
    "begun",
    [b"GET /", _HEAD + b"X-Long: ", _HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX-Late: "],
    ids=["path", "head", "trailer"],
)
def test_what_has_no_end_before_or_after_a_body_is_cut_off(service: Served, begun: bytes) -> None:
    with (
        socket.create_connection(("127.0.0.1", service.port), timeout=60) as client,
        pytest.raises(OSError, match=r"reset|Broken pipe"),
    ):
        client.sendall(begun + b"a" * 64_000_000)
    assert service.ask("GET", "/healthz").status == 200
