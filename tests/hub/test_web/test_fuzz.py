"""Whatever is sent: an answer that the OpenAPI page tells, and never a fault of the hub."""

import itertools
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hub.test_web.conftest import NORTH, Served
from tests.hub.test_web.test_roles import ALLOWED

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ENDLESS = ("get", "/v1/halls/{hall}/bell")


@pytest.fixture(scope="module")
def page(service: Served) -> Any:
    """The OpenAPI page of the running hub."""
    return schemathesis.openapi.from_url(f"{service.url}/openapi.json")


@pytest.mark.parametrize("row", sorted(set(ALLOWED) - {ENDLESS}), ids=" ".join)
def test_every_answer_is_one_that_the_page_tells(
    service: Served, tokens: dict[str, str], page: Any, row: tuple[str, str]
) -> None:
    method, path = row
    cases = page[path][method].as_strategy()
    turns = itertools.count()
    roles = sorted(ALLOWED[row] or [])
    for role in ("terminal", "hub"):
        hello = {"session": f"fuzz-{sorted(ALLOWED).index(row)}", "previous": "", "place": {}}
        assert service.ask("POST", f"/v1/halls/{NORTH}/hello", tokens[role], hello).status == 200

    @settings(
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case: Any) -> None:
        service.moment.ms += 1_000
        headers, turn = {}, next(turns)
        if isinstance(case.body, dict) and "session" in case.body and turn % 4:
            case.body["session"] = hello["session"]
        if roles:
            headers["Authorization"] = f"Bearer {tokens[roles[turn % len(roles)]]}"
            if turn % 10:  # mostly a hall that is there, so that bodies are read
                case.path_parameters = {**(case.path_parameters or {}), "hall": NORTH}
        case.call_and_validate(headers=headers, checks=CHECKS, timeout=60)

    ask()
