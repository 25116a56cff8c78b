"""Over the web: a remembered token is refused as soon as it is good no more, and counted like any other."""

from pathlib import Path

from hallq.hub.database import Database
from hallq.hub.limits import Limits
from hallq.hub.web.door import BY_DEVICE, UNKNOWN
from tests.hub.test_web.conftest import NORTH, Served, served

LEFT = 2 * BY_DEVICE.portion


def _hello(session: str) -> dict[str, object]:
    return {"session": session, "place": {}}


def test_a_revoked_token_is_refused_by_the_next_request(tmp_path: Path) -> None:
    with served(tmp_path / "hub.db", tmp_path) as running:
        token = running.token()
        path = f"/v1/halls/{NORTH}/hello"
        assert [running.ask("POST", path, token, _hello(f"s{n}")).status for n in range(3)] == [200] * 3
        running.hub.revoke(NORTH, running.hub.devices(NORTH)[0].device)
        refused = [running.ask("POST", path, token, _hello("s9")) for _ in range(UNKNOWN.allowed + 2)]
        assert refused[0].status == 401
        assert refused[0].json == {"fault": "unauthorised", "detail": ""}
        assert {answer.status for answer in refused[:-1]} == {401}
        assert refused[-1].status == 429


def _spent_at_another_worker(db: Path, device: str, count: int, running: Served) -> None:
    database = Database(f"sqlite:///{db}")
    limits = Limits(database, running.moment)
    for _ in range(count):
        limits.take(BY_DEVICE, device, hall=NORTH)
    database.close()


def test_remembered_callers_count_against_their_limits(tmp_path: Path) -> None:
    with served(tmp_path / "hub.db", tmp_path) as running:
        token, path = running.token(), f"/v1/halls/{NORTH}/pull"
        device = running.hub.devices(NORTH)[0].device
        _spent_at_another_worker(tmp_path / "hub.db", device, BY_DEVICE.allowed - LEFT, running)
        running.ask("POST", f"/v1/halls/{NORTH}/hello", token, _hello("s1"))
        asked = {"session": "other", "place": {}}
        answers = [running.ask("POST", path, token, asked).status for _ in range(LEFT)]
        assert answers[-1] == 429
        assert set(answers[:-1]) == {409}
