"""What is secret, and what customers said, is in no log: after a busy run everything is searched."""

import json
import logging
import sqlite3
from pathlib import Path

import pytest

from hallq.hub import Role
from hallq.protocol import Enrol, Refusing
from tests.builders import HandClock
from tests.hub.lives import Device
from tests.hub.test_web.conftest import NORTH, Served, served

TYPED = "what-somebody-typed"


def _a_busy_run(running: Served) -> set[str]:
    """Everything that a hub is asked, well and badly; the secrets that were used."""
    at = f"/v1/halls/{NORTH}"
    code = running.hub.invite(NORTH, "Counter 2")
    token = running.ask("POST", f"{at}/enrol", body={"code": code}).json["token"]
    operator = running.token(role=Role.OPERATOR, name="operator")
    rotated = running.ask("POST", f"{at}/rotate", token).json["token"]
    device = Device(running.hub, running.hub.authenticate(NORTH, rotated), HandClock(), "Counter 2")
    running.ask("POST", f"{at}/hello", rotated, {"session": "s1", "place": {}})
    events = [device.issued(number, service=TYPED).model_dump() for number in range(20)]
    running.ask("POST", f"{at}/push", rotated, {"session": "s1", "events": events})
    running.ask("POST", f"{at}/pull", rotated, {"session": "s1", "place": {}})
    running.ask("POST", f"{at}/pull", rotated, {"session": TYPED, "place": {"position": TYPED}})
    running.ask("POST", f"{at}/pull", token, {"session": "s1", "place": {}})
    running.ask("POST", f"{at}/enrol", body={"code": code})
    running.ask("GET", f"{at}/settings?token={rotated}&who={TYPED}")
    running.ask("GET", f"/{TYPED}/{rotated}")
    running.ask("GET", f"{at}/status", f"{operator}x")
    invited = running.ask("POST", f"{at}/invitations", operator, {"name": TYPED}).json["code"]
    return {code, code.replace("-", ""), token, operator, rotated, invited}


def test_after_a_busy_run_no_log_has_a_secret(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    db = tmp_path / "hub.db"
    with served(db, tmp_path) as running:
        secrets = _a_busy_run(running)
        spoiled = sqlite3.connect(db)
        spoiled.execute("DROP TABLE setting")
        spoiled.commit()
        spoiled.close()
        operator = running.hub.enrol(
            NORTH, Enrol(code=running.hub.invite(NORTH, "last", Role.OPERATOR))
        ).token
        broken = running.ask("GET", f"/v1/halls/{NORTH}/settings", operator)
    log = running.log.read_text(encoding="utf-8")
    _told_with_a_number_only(broken.status, broken.body, log)
    streams = capfd.readouterr()
    # The caller's own library tells what it asked for; everything else is the hub's.
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("urllib3")]
    everything = "\n".join((log, *told, streams.out, streams.err))
    for secret in {*secrets, operator, TYPED}:
        assert secret not in everything
    routes = {json.loads(line).get("route") for line in log.splitlines()}
    assert {f"/v1/halls/{{hall}}/{name}" for name in ("enrol", "push", "pull", "settings")} <= routes


def _told_with_a_number_only(status: int, body: bytes, log: str) -> None:
    told = Refusing.model_validate_json(body)
    assert (status, told.fault) == (500, "busy")
    number = told.detail.removeprefix("incident ")
    (incident,) = (json.loads(line) for line in log.splitlines() if number in line)
    assert incident["error"] == "OperationalError"
    assert "settings" in incident["came_by"]
    assert "setting " not in body.decode()
