"""A terminal that was enrolled anew goes on at the counters that it opened before."""

import pytest

from hallq.domain import intents as i
from hallq.hub import Caller, HubFault
from hallq.protocol import Enrol, Fault, Standing
from hallq.sync.address import Credentials
from tests.builders import DATE
from tests.hub.lives import Device, Halls


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


def _renamed(halls: Halls, before: Device, token: str, name: str = "another name") -> Device:
    """The file of `before`, enrolled under another name; `token`: what it shows."""
    asked = Enrol(code=halls.hub.invite("h1", name), devices=(before.caller.device,), token=token)
    told = halls.hub.enrol("h1", asked)
    after = Device(halls.hub, halls.hub.authenticate("h1", told.token), halls.clock, name)
    assert after.hello().standing is Standing.WELCOME
    return after


def _known(halls: Halls, name: str) -> tuple[Device, str]:
    """A terminal with an open counter, and its token."""
    told = halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", name)))
    device = Device(halls.hub, halls.hub.authenticate("h1", told.token), halls.clock, name)
    device.hello()
    device.asks(i.OpenDay(business_date=DATE))
    device.opens(2)
    return device, told.token


def test_a_file_that_shows_who_it_was_goes_on_under_another_name(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    before.issues(6)
    unsent = before.issued(7)
    halls.hub.revoke("h1", before.caller.device)
    after = _renamed(halls, before, token)
    assert after.push(unsent).fates == ["accepted"]
    granted = after.asks(i.GrantNext(counter=2)).granted
    assert after.push(after.announced(granted, 2)).fates == ["accepted"]
    assert halls.hub.status("h1").contested == 0


@pytest.mark.parametrize("token", ["", "a token that somebody made up"])
def test_a_file_that_shows_nothing_does_not(halls: Halls, token: str) -> None:
    before, _ = _known(halls, "t1")
    unsent = before.issued(1)
    after = _renamed(halls, before, token)
    with pytest.raises(HubFault) as caught:
        after.push(unsent)
    assert caught.value.fault is Fault.FORBIDDEN


def test_a_successor_gets_the_lease_of_its_open_counter(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    before.issues(6)
    halls.clock.pass_minutes(1)
    after = _renamed(halls, before, token, "t1")
    after.pulls_all()
    assert set(after.lease.tickets.values()) == {2}


def test_the_other_copy_of_two_keeps_its_counter(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    before.issues(6)
    halls.clock.pass_minutes(1)
    after = _renamed(halls, before, token)
    halls.clock.pass_minutes(1)
    before.pulls_all()
    after.pulls_all()
    assert after.lease.tickets == {}
    assert set(before.lease.tickets.values()) == {2}


def test_both_copies_of_a_terminal_that_only_a_lost_hub_knew_may_send_what_they_have(halls: Halls) -> None:
    before = Device(halls.hub, Caller("h1", "a-device-of-the-lost-hub"), halls.clock, "t1")
    unsent = [before.issued(1), before.issued(2)]
    first, second = (_renamed(halls, before, "what both files show", name) for name in ("t1", "its copy"))
    assert first.push(unsent[0]).fates == ["accepted"]
    assert second.push(unsent[1]).fates == ["accepted"]


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_copy_that_was_enrolled_twice_since_may_send_what_it_has(halls: Halls, is_lost: bool) -> None:
    """Between the two the hub lost what it knew: of the first enrolment, or of both."""
    before, token = _known(halls, "t1")
    if is_lost:
        before, token = Device(halls.hub, Caller("h1", "at-the-lost-hub"), halls.clock, "t1"), "the first"
        _renamed(halls, before, token, "t1")
    unsent = before.issued(1)
    asked = Enrol(
        code=halls.hub.invite("h1", "its copy"),
        devices=(before.caller.device, "its-copy-at-the-lost-hub"),
        token="the second",
        proofs=Credentials(token).as_proofs,
    )
    told = halls.hub.enrol("h1", asked)
    copy = Device(halls.hub, halls.hub.authenticate("h1", told.token), halls.clock, "its copy")
    copy.hello()
    assert copy.push(unsent).fates == ["accepted"]


def test_a_copy_is_one_terminal_more_and_takes_neither_counter_nor_lease(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    before.issues(6)
    before.pulls_all()
    halls.clock.pass_minutes(1)
    copy = _renamed(halls, before, token)
    with pytest.raises(HubFault) as caught:
        copy.asks(i.GrantNext(counter=2))
    assert caught.value.fault is Fault.FORBIDDEN
    copy.opens(3)
    copy.pulls_all()
    assert before.lease.tickets
    assert not before.lease.tickets.keys() & copy.lease.tickets.keys()


@pytest.mark.parametrize("end", ["it is heard", "it is over"])
def test_what_a_copy_sends_of_the_other_ones_is_kept_for_that_one(halls: Halls, end: str) -> None:
    before, token = _known(halls, "t1")
    unsent = before.issued(1)
    halls.clock.pass_minutes(1)
    copy = _renamed(halls, before, token)
    copy.opens(3)
    assert copy.push(unsent).fates == ["accepted"]
    assert copy.asks(i.GrantNext(counter=3)).refusal == "nobody-waiting"
    copy.pulls_all()
    assert copy.lease.tickets == {}
    if end == "it is heard":
        called = before.visit_cut_off(before.ticket_id(1), 2)
        assert set(before.push(unsent, *called).fates) == {"accepted", "duplicate"}
        assert halls.hub.status("h1").contested == 0
        return
    halls.hub.revoke("h1", before.caller.device)
    assert copy.asks(i.GrantNext(counter=3)).granted == before.ticket_id(1)


def test_what_a_copy_sent_is_everybodys_when_the_other_one_has_nothing_more(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    unsent = before.issued(1)
    halls.clock.pass_minutes(1)
    copy = _renamed(halls, before, token)
    copy.opens(3)
    copy.push(unsent)
    before.pull(clear_ms=0)
    assert copy.asks(i.GrantNext(counter=3)).refusal == "nobody-waiting"
    before.pull()
    assert copy.asks(i.GrantNext(counter=3)).granted == before.ticket_id(1)


def test_a_successor_leaves_nothing_leased_to_the_one_before(halls: Halls) -> None:
    before, token = _known(halls, "t1")
    before.issues(5)
    before.pulls_all()
    assert before.lease.tickets
    number = before.lease.number
    after = _renamed(halls, before, token, "t1")
    for _ in range(5):
        after.serves(2)
    after.pulls_all()
    after.pull()
    assert sum(device.lease_tickets for device in halls.hub.devices("h1")) == 0
    before.pull()
    assert (before.lease.number, before.lease.tickets) == (number + 1, {})


def test_a_copy_that_comes_first_to_a_hub_that_lost_both_bars_nobody(halls: Halls) -> None:
    halls.create("h1")
    original = Device(halls.hub, Caller("h1", "the-original"), halls.clock, "t1")
    unsent = original.issued(1)

    def enrolled(name: str, *devices: str) -> Device:
        asked = Enrol(code=halls.hub.invite("h1", name), devices=devices, token=f"of {name}", name=name)
        told = halls.hub.enrol("h1", asked)
        device = Device(halls.hub, halls.hub.authenticate("h1", told.token), halls.clock, name)
        device.hello()
        return device

    copy = enrolled("its copy", "the-original", "its-copy")
    after = enrolled("t1", "the-original")
    copy.asks(i.OpenDay(business_date=DATE))
    copy.opens(3)
    after.pulls_all()
    after.opens(2)
    assert after.push(unsent).fates == ["accepted"]
    assert after.asks(i.GrantNext(counter=2)).granted == original.ticket_id(1)
