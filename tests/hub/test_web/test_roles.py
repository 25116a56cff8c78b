"""Who may do what: every route of the OpenAPI page has a row here, and every kind of caller tries it."""

from typing import Any

import pytest

from hallq.protocol import Refusing
from tests.hub.test_web.conftest import NORTH, Served

IN_HALL = "/v1/halls/{hall}"
ANYBODY = frozenset({"terminal", "hub", "operator"})
ALLOWED: dict[tuple[str, str], frozenset[str] | None] = {
    ("post", f"{IN_HALL}/enrol"): None,
    ("post", f"{IN_HALL}/hello"): frozenset({"terminal", "hub"}),
    ("post", f"{IN_HALL}/push"): frozenset({"terminal"}),
    ("post", f"{IN_HALL}/pull"): frozenset({"terminal", "hub"}),
    ("post", f"{IN_HALL}/commands"): frozenset({"terminal"}),
    ("post", f"{IN_HALL}/give-back"): frozenset({"terminal", "hub"}),
    ("post", f"{IN_HALL}/rotate"): ANYBODY,
    ("get", f"{IN_HALL}/settings"): ANYBODY,
    ("get", f"{IN_HALL}/staff"): frozenset({"terminal"}),
    ("post", f"{IN_HALL}/staff"): frozenset({"terminal"}),
    ("post", f"{IN_HALL}/numbers"): frozenset({"terminal"}),
    ("post", f"{IN_HALL}/numbers/look"): frozenset({"terminal"}),
    ("get", f"{IN_HALL}/vips"): frozenset({"terminal"}),
    ("get", f"{IN_HALL}/bell"): ANYBODY,
    ("get", f"{IN_HALL}/status"): ANYBODY,
    ("get", f"{IN_HALL}/devices"): frozenset({"operator"}),
    ("delete", f"{IN_HALL}/devices/{{device}}"): frozenset({"operator"}),
    ("post", f"{IN_HALL}/invitations"): frozenset({"operator"}),
    ("get", "/healthz"): None,
    ("get", "/readyz"): None,
    ("get", "/metrics"): None,
}
"""None: no token is asked for."""

CLOSED = [row for row, roles in ALLOWED.items() if roles is not None]


@pytest.fixture(scope="session")
def page(service: Served) -> Any:
    """The OpenAPI page."""
    return service.ask("GET", "/openapi.json").json


def _status(service: Served, method: str, path: str, token: str | None) -> tuple[int, bytes]:
    path = path.replace("{hall}", NORTH).replace("{device}", "nobody")
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    if method == "post":
        headers["Content-Type"] = "application/json"
    answer = service.pool.request(
        method.upper(),
        service.url + path,
        body=b"{}" if method == "post" else None,
        headers=headers,
        preload_content=False,
    )
    body = b"" if answer.headers.get("content-type", "").startswith("text/event") else answer.data
    answer.close()
    return answer.status, body


def test_every_route_has_a_row_and_tells_its_roles(page: Any) -> None:
    told = {
        (method, path): operation.get("security")
        for path, operations in page["paths"].items()
        for method, operation in operations.items()
    }
    assert set(told) == set(ALLOWED)
    for row, security in told.items():
        roles = ALLOWED[row]
        assert (security is None) == (roles is None), row
        if security is not None:
            told_roles = {role for scheme in security for named in scheme.values() for role in named}
            assert told_roles == set(roles or ()), row


@pytest.mark.parametrize("row", CLOSED, ids=" ".join)
def test_a_caller_does_what_its_role_may_and_nothing_else(
    service: Served, tokens: dict[str, str], row: tuple[str, str]
) -> None:
    allowed = ALLOWED[row] or frozenset()
    for role in ANYBODY:
        status, body = _status(service, *row, tokens[role])
        if role in allowed:
            assert status in (200, 201, 204, 422), (role, status, body)
        else:
            assert (status, Refusing.model_validate_json(body).fault) == (403, "forbidden")


@pytest.mark.parametrize("row", CLOSED, ids=" ".join)
def test_who_is_not_known_here_gets_one_answer_and_learns_nothing(
    service: Served, tokens: dict[str, str], row: tuple[str, str]
) -> None:
    answers = {
        _status(service, *row, token)
        for token in (None, "", "x" * 64, tokens["revoked"], tokens["other hall"], "\u00e4" * 3)
    }
    nowhere = row[1].replace("{hall}", "no-such-hall")
    answers |= {_status(service, row[0], nowhere, token) for token in (None, tokens["operator"])}
    answers.add(_status(service, row[0], row[1].replace("{hall}", "%00'; --"), tokens["operator"]))
    assert len(answers) == 1
    ((status, body),) = answers
    assert status == 401
    assert Refusing.model_validate_json(body).model_dump() == {"fault": "unauthorised", "detail": ""}


def test_a_terminal_sees_itself_and_an_operator_sees_all(service: Served, tokens: dict[str, str]) -> None:
    of_operator = service.ask("GET", f"/v1/halls/{NORTH}/status", tokens["operator"]).json
    of_terminal = service.ask("GET", f"/v1/halls/{NORTH}/status", tokens["terminal"]).json
    assert [device["name"] for device in of_terminal["devices"]] == ["the terminal"]
    assert {"the terminal", "the hub", "gone"} <= {device["name"] for device in of_operator["devices"]}
    assert {**of_terminal, "devices": [], "hall_ms": 0} == {**of_operator, "devices": [], "hall_ms": 0}
