"""The service on PostgreSQL, whose texts cannot hold every character that JSON can."""

from pathlib import Path

import pytest

from hallq.protocol import Pushed
from tests.builders import HandClock
from tests.hub.lives import Device
from tests.hub.test_web.conftest import NORTH, served

NUL = "before\0after"


@pytest.mark.parametrize("name", ["actor", "terminal", "boot_id", "kind", "business_date", "body"])
def test_a_character_that_no_text_may_hold_harms_one_event_at_most(
    new_postgresql: str, tmp_path: Path, name: str
) -> None:
    with served(new_postgresql, tmp_path) as running:
        token = running.token()
        device = Device(running.hub, running.hub.authenticate(NORTH, token), HandClock(), "Counter 1")
        device.hello()
        good, bad = device.issued(1).model_dump(), {**device.issued(2).model_dump(), name: NUL[:10]}
        asked = {"session": device.session, "events": [good, bad]}
        answer = running.ask("POST", f"/v1/halls/{NORTH}/push", token, asked)
        assert answer.status == 200, answer.body
        fates = Pushed.model_validate(answer.json).fates
        assert fates[0] == "accepted"


@pytest.mark.parametrize("path", ["hello", "commands", "pull"])
def test_such_a_character_elsewhere_is_no_fault_of_the_hub(
    new_postgresql: str, tmp_path: Path, path: str
) -> None:
    asks = {
        "hello": {"session": "s1", "previous": NUL, "place": {"hash": NUL}, "version": NUL},
        "pull": {"session": "s1", "place": {"epoch": NUL, "hash": NUL, "position": 0}},
        "commands": {
            "session": "s1",
            "id": "c1",
            "intent": "OpenDay",
            "facts": {"business_date": NUL, NUL: NUL},
            "actor": NUL,
            "terminal": NUL,
            "place": {},
        },
    }
    with served(new_postgresql, tmp_path) as running:
        token = running.token()
        said = running.ask("POST", f"/v1/halls/{NORTH}/hello", token, {"session": "s1", "place": {}})
        assert said.status == 200
        place = said.json["place"]
        asked = {**asks[path], "place": {**place, **asks[path]["place"]}}  # type: ignore[dict-item]
        answer = running.ask("POST", f"/v1/halls/{NORTH}/{path}", token, asked)
        assert answer.status < 500, answer.body
