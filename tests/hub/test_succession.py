"""A terminal that was enrolled anew goes on at the counters that it opened before."""

import pytest

from hallq.domain import intents as i
from hallq.hub import HubFault
from hallq.protocol import Fault
from tests.hub.lives import Halls


def test_a_successor_goes_on_where_its_predecessor_was(halls: Halls) -> None:
    before = halls.opened("t1", 2)
    before.issues(2)
    granted = before.asks(i.GrantNext(counter=2)).granted
    after = halls.device("t1")
    assert after.push(after.announced(granted, 2)).fates == ["accepted"]
    assert halls.hub.status("h1").contested == 0


def test_nobody_else_does(halls: Halls) -> None:
    before = halls.opened("t1", 2)
    before.issues(2)
    granted = before.asks(i.GrantNext(counter=2)).granted
    other = halls.device("t2")
    other.push(other.announced(granted, 2))
    assert halls.hub.status("h1").contested == 1
    with pytest.raises(HubFault) as caught:
        other.asks(i.GrantNext(counter=2))
    assert caught.value.fault is Fault.FORBIDDEN
