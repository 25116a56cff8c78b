"""Digits count terminals, whose numbers they tell apart; who prints no numbers takes none."""

import pytest

from hallq.domain.tickets import digit_of
from hallq.hub import Role
from hallq.protocol import Enrol
from tests.hub.lives import Device, Halls


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


@pytest.mark.parametrize(("series", "digit"), [("A", 1), ("A2-", 2), ("V12-", 12), ("Bfe12", 1)])
def test_a_series_tells_who_prints_it(series: str, digit: int) -> None:
    assert digit_of(series) == digit


def test_a_file_that_a_lost_hub_knew_keeps_its_digit(halls: Halls) -> None:
    def again(name: str, device: str, digit: int) -> int:
        asked = Enrol(code=halls.hub.invite("h1", name), devices=(device,), digit=digit, highest_digit=9)
        return halls.hub.enrol("h1", asked).digit

    halls.create("h1")
    assert again("t3", "third", 3) == 3
    assert again("t1", "first", 1) == 1
    assert again("copy of t3", "third", 3) == 4
    assert again("t2", "second", 2) == 2
    assert again("new name of t2", "second", 2) == 5
    assert again("a copy that came first", "ninth", 0) == 10


def test_a_new_digit_is_above_those_that_were_printed(halls: Halls) -> None:
    device = halls.device("t1")
    device.push(device.issued(1, series="A7-"))
    assert halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", "t2"))).digit == 8


def test_a_newcomer_after_a_loss_leaves_room_for_those_who_have_not_spoken(halls: Halls) -> None:
    halls.create("h1")
    halls.hub.promote("h1")

    def enrolled(name: str, *devices: str, digit: int = 0) -> int:
        asked = Enrol(code=halls.hub.invite("h1", name), devices=devices, digit=digit)
        return halls.hub.enrol("h1", asked).digit

    assert enrolled("t2", "second", digit=2) == 2
    assert enrolled("newcomer") == 21
    assert enrolled("t3", "third", digit=3) == 3
    assert enrolled("another") == 22


def test_a_newcomer_leaves_room_while_nobody_gave_anything_back(halls: Halls) -> None:
    halls.create("h1")
    halls.hub.rebuild("h1")
    asked = Enrol(code=halls.hub.invite("h1", "t1"), devices=("first",), digit=1)
    told = halls.hub.enrol("h1", asked)
    first = Device(halls.hub, halls.hub.authenticate("h1", told.token), halls.clock, "t1")
    first.hello()
    first.pulls_all()
    assert halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", "newcomer"))).digit == 21
