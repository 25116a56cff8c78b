"""A caller who is let in without a look at the database is refused by the work itself."""

import pytest

from hallq.domain import intents as i
from hallq.hub import Caller, HubFault
from hallq.protocol import Enrol, Fault, GivenBack
from tests.hub.lives import Device, Halls

ASKS = {
    "hello": lambda device: device.hello(),
    "push": lambda device: device.push(device.issued(1)),
    "pull": lambda device: device.pull(),
    "command": lambda device: device.asks(i.OpenCounter(counter=2, clerk="clerk-2")),
    "give-back": lambda device: device.hub.give_back(
        device.caller, GivenBack(session=device.session, entries=[])
    ),
    "rotate": lambda device: device.hub.rotate(device.caller),
}
"""Everything that the web service asks of the hub for a caller whom it only remembers, and `rotate`."""


def _with_token(halls: Halls) -> tuple[Device, str]:
    device = halls.opened("t1", 1)
    enrolled = halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", "t9")))
    device.caller = halls.hub.authenticate("h1", enrolled.token)
    device.hello()
    device.pull()
    return device, enrolled.token


def _is_refused(device: Device, asked: str) -> None:
    with pytest.raises(HubFault) as caught:
        ASKS[asked](device)
    assert caught.value.fault is Fault.UNAUTHORISED


def test_nobody_is_remembered_before_the_database_knew_him(halls: Halls) -> None:
    assert halls.hub.remembered("h1", "no token") is None
    device, token = _with_token(halls)
    remembered = halls.hub.remembered("h1", token)
    assert isinstance(remembered, Caller)
    assert remembered == device.caller
    assert halls.hub.remembered("h2", token) is None
    halls.hub.forget(remembered)
    assert halls.hub.remembered("h1", token) is None


@pytest.mark.parametrize("asked", list(ASKS))
def test_a_revoked_token_is_dead_at_once_though_remembered(halls: Halls, asked: str) -> None:
    device, token = _with_token(halls)
    elsewhere = halls.another("other-worker")
    elsewhere.revoke("h1", device.caller.device)
    remembered = halls.hub.remembered("h1", token)
    assert remembered is not None
    device.caller = remembered
    _is_refused(device, asked)


@pytest.mark.parametrize("asked", list(ASKS))
def test_a_token_that_was_replaced_is_dead_at_once_though_remembered(halls: Halls, asked: str) -> None:
    device, token = _with_token(halls)
    new = halls.hub.rotate(device.caller)
    remembered = halls.hub.remembered("h1", token)
    assert remembered is not None
    device.pull()
    elsewhere = halls.another("other-worker")
    fresh = elsewhere.authenticate("h1", new)
    device.caller = remembered
    _is_refused(device, asked)
    device.caller = fresh
    ASKS[asked](device)
