"""An event that breaks a bound of the wire goes into quarantine alone; the rest of its batch is placed."""

from pathlib import Path
from typing import Any

import pytest

from hallq.protocol import BODY_BYTES, Fate, Pushed
from tests.builders import HandClock
from tests.hub.lives import Device
from tests.hub.test_web.conftest import NORTH, served

BROKEN: dict[str, dict[str, Any]] = {
    "a body over the bound": {"body": '"' + "x" * BODY_BYTES + '"'},
    "a long name": {"terminal": "x" * 201},
    "a time out of reach": {"at_ms": 2**60},
    "another type": {"version": "later"},
    "no kind": {"kind": None},
}


@pytest.mark.parametrize("broken", list(BROKEN))
def test_the_others_of_its_batch_are_placed(tmp_path: Path, broken: str) -> None:
    with served(tmp_path / "hub.db", tmp_path) as running:
        token = running.token()
        device = Device(running.hub, running.hub.authenticate(NORTH, token), HandClock(), "Counter 1")
        device.hello()
        first, bad, last = (device.issued(number).model_dump() for number in (1, 2, 3))
        asked = {"session": device.session, "events": [first, {**bad, **BROKEN[broken]}, last]}
        for expected in (Fate.ACCEPTED, Fate.DUPLICATE):
            answer = running.ask("POST", f"/v1/halls/{NORTH}/push", token, asked)
            assert answer.status == 200, answer.body
            fates = Pushed.model_validate(answer.json).fates
            assert fates == [expected, Fate.QUARANTINED, expected]
        status = running.hub.status(NORTH)
        assert (status.position, status.quarantined) == (2, 1)


def test_an_event_without_a_name_is_no_event(tmp_path: Path) -> None:
    with served(tmp_path / "hub.db", tmp_path) as running:
        token = running.token()
        asked = {"session": "s1", "events": [{"incarnation": "", "seq": 0}]}
        assert running.ask("POST", f"/v1/halls/{NORTH}/push", token, asked).status == 422
