"""The figures can be read, grow, and name no hall, no device and nothing that a client typed."""

from prometheus_client.parser import text_string_to_metric_families

from tests.hub.test_web.conftest import NORTH, Served
from tests.hub.test_web.test_roles import ALLOWED

ROUTES = {path for _method, path in ALLOWED} | {"/openapi.json", "other"}


def _figures(service: Served) -> dict[tuple[str, ...], float]:
    answer = service.ask("GET", "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *sorted(f"{name}={value}" for name, value in sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status(service: Served, tokens: dict[str, str]) -> None:
    path = "/v1/halls/{hall}/settings"
    name = ("hallq_hub_requests_total", "method=GET", f"route={path}", "status=200")
    before = _figures(service).get(name, 0)
    for _ in range(3):
        assert service.ask("GET", path.replace("{hall}", NORTH), tokens["terminal"]).status == 200
    assert _figures(service)[name] == before + 3


def test_labels_are_ours_alone(service: Served, tokens: dict[str, str]) -> None:
    for number in range(30):
        service.ask("GET", f"/nothing/here/{number}?token={tokens['terminal']}")
        service.ask("GET", f"/v1/halls/hall-{number}/settings", tokens["terminal"])
        service.ask("BREW", "/healthz")
    figures = _figures(service)
    labels = {label for name in figures for label in name[1:]}
    assert {label.removeprefix("route=") for label in labels if label.startswith("route=")} <= ROUTES
    assert "method=BREW" not in labels
    text = service.ask("GET", "/metrics").body.decode()
    for secret in (*tokens.values(), NORTH, "hall-1", "nothing"):
        assert secret not in text


def test_the_hub_lives_and_can_work(service: Served) -> None:
    assert service.ask("GET", "/healthz").json == {"well": True}
    assert service.ask("GET", "/readyz").json == {"well": True}
