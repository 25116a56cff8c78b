"""The doorbell: who comes back knows where the hall is, a silent line is noticed, a busy one is one ring."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hallq.hub.web.bell import BELLS_OF_A_DEVICE
from hallq.hub.web.settings import WebSettings
from tests.builders import HandClock
from tests.hub.lives import Device
from tests.hub.test_web.conftest import NORTH, Served, served

BELL = f"/v1/halls/{NORTH}/bell"


class Bell:
    """An open line."""

    def __init__(self, service: Served, token: str) -> None:
        """Listen with this token."""
        headers = {"Authorization": f"Bearer {token}"}
        self._answer = service.pool.request("GET", service.url + BELL, headers=headers, preload_content=False)
        assert self._answer.headers["content-type"].startswith("text/event-stream")
        self._lines = (line.decode().rstrip("\r\n") for line in self._answer)

    def next(self) -> dict[str, str]:
        """The next event or comment; empty when the line has ended."""
        found: dict[str, str] = {}
        for line in self._lines:
            if not line and found:
                return found
            name, _, value = line.partition(": ")
            if line:
                found[name] = value
        return found

    def position(self) -> int:
        """The next position told."""
        while True:
            told = self.next()
            if "data" in told:
                assert told["event"] == "hall"
                assert told["id"] == told["data"]
                return int(told["data"])
            assert told, "the line has ended"

    def reaches(self, position: int) -> int:
        """Listen until the hall is there; how often it rang."""
        rings = 1
        while self.position() < position:
            rings += 1
        return rings

    def close(self) -> None:
        """Hang up."""
        self._answer.close()


@contextmanager
def _listening(service: Served, token: str) -> Iterator[Bell]:
    bell = Bell(service, token)
    try:
        yield bell
    finally:
        bell.close()


def _device(service: Served, name: str) -> tuple[Device, str]:
    token = service.token(name=name)
    device = Device(service.hub, service.hub.authenticate(NORTH, token), HandClock(), name)
    device.hello()
    return device, token


def test_a_hundred_comings_back_miss_no_position(service: Served) -> None:
    device, token = _device(service, "comes and goes")
    for number in range(1, 200, 2):
        apart = device.push(device.issued(number)).place.position
        with _listening(service, token) as bell:
            assert bell.position() >= apart
            bell.reaches(device.push(device.issued(number + 1)).place.position)


def test_a_busy_hall_is_not_one_ring_for_each_event(tmp_path: Path) -> None:
    settings = WebSettings(bell_gap_seconds=2.0)  # longer than the events take on a slow machine
    with served(tmp_path / "hub.db", tmp_path, settings=settings) as running:
        device, token = _device(running, "busy")
        with _listening(running, token) as bell:
            bell.position()
            for number in range(1, 31):
                last = device.push(device.issued(number)).place.position
            assert bell.reaches(last) < 10


def test_the_fifth_bell_of_a_device_ends_its_oldest_and_no_other(service: Served) -> None:
    device, token = _device(service, "forgetful")
    bells = [Bell(service, token) for _ in range(BELLS_OF_A_DEVICE)]
    for bell in bells:
        bell.position()
    first = device.push(device.issued(1)).place.position
    for bell in bells:
        bell.reaches(first)
    bells.append(Bell(service, token))
    while told := bells[0].next():
        assert "data" in told
    second = device.push(device.issued(2)).place.position
    for bell in bells[1:]:
        bell.reaches(second)
    for bell in bells:
        bell.close()


def test_a_silent_bell_says_that_it_lives_and_ends_with_its_token(tmp_path: Path) -> None:
    settings = WebSettings(heartbeat_seconds=0.05)
    with served(tmp_path / "hub.db", tmp_path, settings=settings) as running:
        device, token = _device(running, "watched")
        with _listening(running, token) as bell:
            bell.position()
            assert bell.next() == {"": "still here"}
            running.hub.revoke(NORTH, device.caller.device)
            with pytest.raises(Exception, match=r"(?i)ended|incomplete|broken"):
                _until_the_end(bell)
    assert token not in running.log.read_text(encoding="utf-8")


def _until_the_end(bell: Bell) -> None:
    while bell.next():
        pass
    raise RuntimeError("the line has ended")
