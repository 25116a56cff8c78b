"""A hub with an upstream: the same events at the same positions, forwarded in order, never merged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hallq.hub import HubFault, Role
from hallq.hub.database import Database
from hallq.protocol import Enrol, Fault, GivenBack, Place, Standing
from tests.hub.lives import Device, Halls


def _forward(below: Device, above: Device) -> Standing:
    """What a hub below does: from the upstream's place on, page by page."""
    answer = above.hello()
    while answer.standing is Standing.GIVE_BACK and answer.place.position < below.place.position:
        after = answer.place.position
        entries = [x for x in below.log if x.position > after][:7]
        answer = above.hub.give_back(above.caller, GivenBack(session=above.session, entries=entries))
    return answer.standing


def test_the_upstream_follows(halls: Halls, open_database: Callable[[str], Database], tmp_path: Path) -> None:
    device = halls.opened("t1", 1)
    device.issues(20)
    device.pulls_all()
    centre = Halls(open_database(f"sqlite:///{tmp_path / 'centre.db'}"), clock=halls.clock, seed="centre")
    centre.create("h1")
    code = centre.hub.invite("h1", "hall hub", Role.HUB)
    token = centre.hub.enrol("h1", Enrol(code=code)).token
    above = Device(centre.hub, centre.hub.authenticate("h1", token), halls.clock, "hall hub")
    for first in (101, 201):
        above.place = device.place
        _forward(device, above)
        status = centre.hub.status("h1")
        assert (status.position, status.epoch) == (device.place.position, device.place.epoch)
        device.issues(10, first=first)
        device.pulls_all()
    changed = device.log[status.position].model_copy(update={"contested": True})
    above.place = device.place
    above.hello()
    given = GivenBack(session=above.session, entries=[changed])
    assert centre.hub.give_back(above.caller, given).standing is Standing.DIVERGED
    above.place = Place(epoch=device.place.epoch, position=1, hash="f" * 64)
    assert above.hello().standing is Standing.DIVERGED


def test_a_hub_below_writes_nothing_itself(halls: Halls) -> None:
    token = halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", "centre", Role.HUB))).token
    below = Device(halls.hub, halls.hub.authenticate("h1", token), halls.clock, "centre", session="s")
    for speak in (lambda: below.push(below.issued(1)), lambda: below.opens(2)):
        with pytest.raises(HubFault) as caught:
            speak()
        assert caught.value.fault is Fault.FORBIDDEN
