"""What cannot be read, what no longer fits, and what only a later hallq understands."""

import pytest

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.hub import HubFault
from hallq.protocol import Fate, Fault
from tests.hub.lives import Halls


def test_one_poison_event_among_a_thousand(halls: Halls) -> None:
    device = halls.opened("t1")
    batch = [device.issued(number) for number in range(1, 1_001)]
    batch[499] = batch[499].model_copy(update={"body": '{"ticket_id": 5'})
    fates = [fate for start in (0, 500) for fate in device.push(*batch[start : start + 500]).fates]
    assert fates.count(Fate.ACCEPTED) == 999
    assert fates[499] is Fate.QUARANTINED
    status = halls.hub.status("h1")
    assert (status.quarantined, status.contested) == (1, 0)
    assert device.push(batch[499]).fates == [Fate.QUARANTINED]
    assert halls.hub.status("h1").quarantined == 1


def test_a_zero_byte_is_quarantined(halls: Halls) -> None:
    device = halls.opened("t1")
    bad = device.issued(1).model_copy(update={"actor": "10\x0001"})
    assert device.push(bad, device.issued(2)).fates == [Fate.QUARANTINED, Fate.ACCEPTED]


def test_a_name_that_stands_for_something_else_is_quarantined(halls: Halls) -> None:
    device = halls.opened("t1")
    first = device.issued(1)
    device.push(first)
    other = device.issued(2).model_copy(update={"seq": first.seq})
    assert device.push(other).fates == [Fate.QUARANTINED]


@pytest.mark.parametrize(("kind", "version"), [("ticket.folded-in-four", 1), ("ticket.issued", 99)])
def test_a_later_hallq_is_forwarded_byte_for_byte(halls: Halls, kind: str, version: int) -> None:
    device = halls.opened("t1")
    body = '{ "ticket_id":"x",   "nouveauté": "\\u00e9 \u4e2d\u6587", "n": 1.50 }'
    later = device.issued(1).model_copy(update={"kind": kind, "version": version, "body": body})
    assert device.push(later).fates == [Fate.ACCEPTED]
    other = halls.device("t2")
    other.pulls_all()
    assert other.log[-1].event == later
    assert other.log[-1].event.body == body
    assert not other.log[-1].contested


def test_a_call_of_a_ticket_called_elsewhere_is_contested(halls: Halls) -> None:
    one, two = halls.opened("t1", 1), halls.device("t2")
    two.opens(2)
    (ticket_id,) = one.issues(1)
    granted = two.asks(i.GrantNext(counter=2)).granted
    assert granted == ticket_id
    two.push(two.announced(ticket_id, 2))
    grant = e.TicketGranted(ticket_id=ticket_id, counter=1, rule="lease")
    fates = one.push(one.envelope(grant), one.announced(ticket_id, 1)).fates
    assert fates == [Fate.ACCEPTED] * 2
    two.pulls_all()
    assert [entry.contested for entry in two.log[-2:]] == [True, True]
    assert halls.hub.status("h1").contested == 2
    again = two.asks(i.GrantNext(counter=2))
    assert again.refusal == "counter-busy"


def test_nobody_writes_as_another(halls: Halls) -> None:
    one, two = halls.opened("t1"), halls.device("t2")
    with pytest.raises(HubFault) as caught:
        two.push(one.issued(1))
    assert caught.value.fault is Fault.FORBIDDEN
    with pytest.raises(HubFault) as caught:
        two.push(two.issued(1).model_copy(update={"device": "hub"}))
    assert caught.value.fault is Fault.FORBIDDEN


def test_the_successor_of_a_device_may_push_what_it_left(halls: Halls) -> None:
    old = halls.opened("t1")
    new = halls.device("t1")
    assert new.caller.device != old.caller.device
    assert new.push(old.issued(1)).fates == [Fate.ACCEPTED]


def test_a_device_that_only_a_lost_database_knew_belongs_to_who_speaks_first(halls: Halls) -> None:
    one, two = halls.opened("t1"), halls.device("t2")
    old = one.issued(1).model_copy(update={"device": "lost", "incarnation": "run-lost"})
    assert one.push(old).fates == [Fate.ACCEPTED]
    with pytest.raises(HubFault):
        two.push(old.model_copy(update={"seq": 2}))
    assert "lost" not in [d.device for d in halls.hub.devices("h1")]
