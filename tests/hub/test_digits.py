"""Digits count terminals, whose numbers they tell apart; who prints no numbers takes none."""

import pytest

from hallq.hub import Role
from hallq.protocol import Enrol
from tests.hub.lives import Halls


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HUB])
def test_whoever_prints_no_numbers_takes_no_digit(halls: Halls, role: Role) -> None:
    def enrolled(name: str, role: Role = Role.TERMINAL) -> int:
        return halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", name, role))).digit

    assert enrolled("office", role) == 0
    assert enrolled("t1") == 1
    assert enrolled("second office", role) == 0
    assert enrolled("t2") == 2
    shown = {device.name: device.digit for device in halls.hub.devices("h1")}
    assert shown == {"office": 0, "t1": 1, "second office": 0, "t2": 2}
