"""Workers, the database and its machine are killed under load: nothing confirmed is lost or done twice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import urllib3

from hallq.hub import Caller
from hallq.hub.database import Database
from hallq.hub.opening import hub_on
from hallq.protocol import Enrol, Enrolled
from tests.builders import HandClock
from tests.hub.lives import Device, Halls
from tests.hub.load import Load, Stubborn, WebHub, opened, url_of
from tests.hub.processes import Running, serving
from tests.rig import postgres
from tests.rig.standby import Pair, pair

CLIENTS = 8
CALLS = 2_000
KILLS = 8
RESTARTS = 5


def _device_of(running: Running, code: str, number: int) -> Device:
    pool = urllib3.PoolManager(retries=False)
    asked = pool.request("POST", f"{running.url}/v1/halls/h1/enrol", json={"code": code})
    enrolled = Enrolled.model_validate_json(asked.data)
    line = WebHub(running.url, "h1", enrolled.token)
    return Device(Stubborn(line), Caller("h1", enrolled.device), HandClock(), f"t{number}")  # type: ignore[arg-type]


def test_two_thousand_calls_while_workers_are_killed(tmp_path: Path, new_postgresql: str) -> None:
    key = tmp_path / "hub.key"
    with serving(tmp_path, "--db", new_postgresql, "--workers", "2") as running:
        hub, _database = hub_on(new_postgresql, bytes.fromhex(key.read_text(encoding="ascii")))
        hub.create_hall("h1", "Hall h1", "")
        codes = [hub.invite("h1", f"t{n}") for n in range(CLIENTS)]
        devices = [_device_of(running, code, number) for number, code in enumerate(codes)]
        opened(devices)
        load = Load(devices, CALLS)
        load.begin()
        for kill in range(1, KILLS + 1):
            load.reaches(kill * CALLS // (KILLS + 1))
            running.kill_worker(kill % 2)
        load.ends()
        load.check(devices[0])
        hub.close()


@pytest.fixture
def durable() -> Iterator[postgres.Postgres]:
    """A server that awaits its disk."""
    with postgres.server() as running:
        yield running


def _two_workers(url: str, open_database: Callable[[str], Database]) -> tuple[Halls, list[Device]]:
    halls = Halls(open_database(url))
    halls.create("h1")
    workers = [halls.hub, halls.another("other-worker", open_database(url))]
    devices = []
    for number in range(CLIENTS):
        enrolled = halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", f"t{number}")))
        caller = halls.hub.authenticate("h1", enrolled.token)
        devices.append(Device(Stubborn(workers[number % 2]), caller, halls.clock, f"t{number}"))  # type: ignore[arg-type]
    opened(devices)
    return halls, devices


def test_the_database_crashes_again_and_again(
    durable: postgres.Postgres, open_database: Callable[[str], Database]
) -> None:
    with durable.database() as dsn:
        _halls, devices = _two_workers(url_of(dsn), open_database)
        load = Load(devices, 600)
        load.begin()
        for restart in range(1, RESTARTS + 1):
            load.reaches(restart * 600 // (RESTARTS + 1))
            durable.restart("immediate")
        load.ends()
        load.check(devices[0])


@pytest.fixture
def machines() -> Iterator[Pair]:
    """A primary and its synchronous standby."""
    if why := postgres.missing():
        pytest.skip(why)
    with pair() as running:
        yield running


def test_the_database_moves_to_its_standby(machines: Pair, open_database: Callable[[str], Database]) -> None:
    _halls, devices = _two_workers(url_of(machines.dsn()), open_database)
    load = Load(devices, 400)
    load.begin()
    load.reaches(200)
    machines.primary.kill()
    machines.standby.promote()
    load.ends()
    load.check(devices[0])
