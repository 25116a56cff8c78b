"""A hub that lost its past gets it back from the terminals, byte for byte."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.hub import HubFault
from hallq.hub.database import Database
from hallq.protocol import Enrol, Fault, GivenBack, Hello, Place, Push, Standing
from tests.hub.lives import Device, Halls


@pytest.fixture
def old_and_new(
    tmp_path: Path, open_database: Callable[[str], Database]
) -> tuple[Halls, Halls, Device, Device]:
    """A hall's hub, a copy of its database from before the last events, and two terminals."""
    first = Halls(open_database(f"sqlite:///{tmp_path / 'hub.db'}"))
    first.create("h1")
    one = first.opened("t1", 1)
    two = first.device("t2")
    two.opens(2)
    one.issues(4)
    first.database.close()
    (tmp_path / "copy").mkdir()
    for file in tmp_path.glob("hub.db*"):
        shutil.copy(file, tmp_path / "copy" / file.name)
    one.issues(30, first=5)
    for device in (one, two):
        device.pulls_all()
        device.pull()
    two.serves(2)
    two.pulls_all()
    one.pull()
    second = Halls(
        open_database(f"sqlite:///{tmp_path / 'copy' / 'hub.db'}"), clock=first.clock, seed="second"
    )
    one.hub = two.hub = second.hub
    return first, second, one, two


def _give_back(device: Device, size: int = 500) -> Standing:
    """As a terminal does it: entries after the hub's place, each page under the seal that it came with."""
    answer = device.hello()
    while answer.standing is Standing.GIVE_BACK:
        after = answer.place.position
        ends = sorted(p for p in device.seals if p > after)
        if not ends:
            given = GivenBack(session=device.session, entries=[], done=True)
        else:
            entries = [x for x in device.log if after < x.position <= ends[0]][:size]
            seal = device.seals[entries[-1].position]
            given = GivenBack(session=device.session, entries=entries, seal=seal, done=len(ends) == 1)
        answer = device.hub.give_back(device.caller, given)
    return answer.standing


def test_a_hub_from_an_old_copy_gets_its_past_back(old_and_new: tuple[Halls, Halls, Device, Device]) -> None:
    first, second, one, two = old_and_new
    told = first.hub.status("h1")
    lost = two.place
    assert second.hub.last("h1") < told.position
    assert _give_back(one) is Standing.WELCOME
    assert second.hub.status("h1").recovering
    one.place = one.place.model_copy(update={"epoch": second.hub.status("h1").epoch})
    with pytest.raises(HubFault) as caught:
        one.asks(i.GrantNext(counter=1))
    assert caught.value.fault is Fault.RECOVERING
    assert _give_back(two) is Standing.WELCOME
    for device in (one, two):
        device.hello()
        device.pulls_all()
        device.pull()
    status = second.hub.status("h1")
    assert not status.recovering
    assert (status.position, two.place.hash) == (lost.position, lost.hash)
    assert status.epoch != told.epoch
    granted = one.asks(i.GrantNext(counter=1)).granted
    assert granted not in two.lease.tickets


def test_leases_of_the_lost_days_are_void_before_anything_is_granted(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, one, two = old_and_new
    old_number = two.lease.number
    assert two.lease.tickets
    _give_back(one)
    _give_back(two)
    one.hello()
    one.pull()
    one.pull()
    assert second.hub.status("h1").recovering
    two.hello()
    page = two.pull()
    assert page.lease is not None
    assert page.lease.number > old_number
    assert page.lease.tickets == {}
    two.pull()
    assert not second.hub.status("h1").recovering


def test_nothing_is_taken_without_a_seal(old_and_new: tuple[Halls, Halls, Device, Device]) -> None:
    _, second, one, _ = old_and_new
    answer = one.hello()
    entries = [x for x in one.log if x.position > answer.place.position]
    forged = [*entries[:-1], entries[-1].model_copy(update={"hash": "0" * 64})]
    for wrong, seal in ((entries, "0" * 64), (entries, ""), (forged, one.seals[entries[-1].position])):
        with pytest.raises(HubFault) as caught:
            second.hub.give_back(one.caller, GivenBack(session=one.session, entries=wrong, seal=seal))
        assert caught.value.fault is Fault.FORBIDDEN
    assert second.hub.last("h1") == answer.place.position


def test_an_entry_that_was_changed_breaks_the_chain(old_and_new: tuple[Halls, Halls, Device, Device]) -> None:
    _, second, one, _ = old_and_new
    answer = one.hello()
    entries = [x for x in one.log if x.position > answer.place.position]
    event = entries[0].event.model_copy(update={"actor": "9999"})
    entries[0] = entries[0].model_copy(update={"event": event})
    given = GivenBack(session=one.session, entries=entries, seal=one.seals[entries[-1].position])
    assert second.hub.give_back(one.caller, given).standing is Standing.DIVERGED
    assert second.hub.last("h1") == answer.place.position


def test_pushes_wait_for_the_past(old_and_new: tuple[Halls, Halls, Device, Device]) -> None:
    _, _, one, _ = old_and_new
    one.hello()
    with pytest.raises(HubFault) as caught:
        one.push(one.issued(99))
    assert caught.value.fault is Fault.RECOVERING
    assert caught.value.retry_after_seconds


def test_a_person_ends_recovery_and_who_comes_late_differs(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, one, two = old_and_new
    one.log = [x for x in one.log if x.position <= second.hub.last("h1")]
    one.place = one.place.model_copy(update={"position": len(one.log), "hash": one.log[-1].hash})
    assert two.hello().standing is Standing.GIVE_BACK
    second.hub.resume("h1")
    assert one.hello().standing is Standing.WELCOME
    one.push(one.issued(77))
    assert two.hello().standing is Standing.DIVERGED
    two.pulls_all()
    one.pulls_all()
    assert two.log == one.log
    again = [x.event for x in one.log if x.event.device == two.caller.device]
    assert set(two.push(*again).fates) <= {"duplicate"}


def _enrolled_again(device: Device, halls: Halls) -> None:
    """At a hub that does not know it any more; its file says who it was."""
    asked = Enrol(code=halls.hub.invite("h1", device.name), devices=(device.caller.device,))
    told = halls.hub.enrol("h1", asked)
    device.hub, device.caller = halls.hub, halls.hub.authenticate("h1", told.token)


@pytest.mark.parametrize("ends", ["by itself", "by a person"])
def test_a_wiped_hub_waits_for_all_whose_counters_are_open(
    open_database: Callable[[str], Database], tmp_path: Path, ends: str
) -> None:
    first = Halls(open_database(f"sqlite:///{tmp_path / 'a.db'}"))
    first.create("h1")
    one, two = first.opened("t1", 1), first.device("t2")
    two.opens(2)
    one.issues(8)
    for device in (one, two):
        device.pulls_all()
    second = Halls(open_database(f"sqlite:///{tmp_path / 'b.db'}"), clock=first.clock, seed="wiped")
    second.create("h1")
    second.hub.promote("h1")
    lost = two.caller.device
    _enrolled_again(one, second)
    _give_back(one)
    one.hello()
    one.pull()
    one.pull()
    assert second.hub.status("h1").awaited == (lost,)
    if ends == "by a person":
        second.hub.resume("h1")
        assert not second.hub.status("h1").recovering
        return
    _enrolled_again(two, second)
    assert second.hub.status("h1").awaited == ("t2",)
    two.hello()
    two.pull()
    two.pull()
    assert not second.hub.status("h1").recovering


def test_a_rebuilt_hub_goes_on_when_a_person_says_that_all_terminals_are_there(
    open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    first = Halls(open_database(f"sqlite:///{tmp_path / 'a.db'}"))
    first.create("h1")
    one, two = first.opened("t1", 1), first.device("t2")
    second = Halls(open_database(f"sqlite:///{tmp_path / 'b.db'}"), clock=first.clock, seed="wiped")
    second.create("h1")
    second.hub.rebuild("h1")
    for device in (one, two):
        _enrolled_again(device, second)
        _give_back(device)
        device.hello()
        device.pulls_all()
        device.pull()
        status = second.hub.status("h1")
        assert (status.recovering, status.awaited, status.by_word) == (True, (), True)
    second.hub.resume("h1")
    assert not second.hub.status("h1").recovering


def _recovered(*devices: Device) -> None:
    """Each gives back what it has, and the lease that it had; but has something to send."""
    for device in devices:
        _give_back(device)
    for device in devices:
        device.hello()
        device.pulls_all()
        device.pull(clear_ms=0)


def test_what_was_called_from_a_lease_of_the_lost_days_is_granted_to_nobody_before_it_is_sent(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, one, two = old_and_new
    called = sorted(two.lease.tickets)
    cut_off = [event for ticket in called for event in two.visit_cut_off(ticket, 2)]
    _recovered(one, two)
    assert one.push(one.issued(99)).fates == ["accepted"]
    assert second.hub.status("h1").awaited == ("t2",)
    with pytest.raises(HubFault) as caught:
        one.asks(i.GrantNext(counter=1))
    assert caught.value.fault is Fault.RECOVERING
    assert one.pull().lease is None
    two.push(*cut_off[:2], more=True)
    assert second.hub.status("h1").awaited == ("t2",)
    two.push(*cut_off[2:])
    status = second.hub.status("h1")
    assert (status.recovering, status.contested) == (False, 0)
    assert one.asks(i.GrantNext(counter=1)).granted not in called


def test_who_has_nothing_to_send_says_so_when_it_pulls(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, one, two = old_and_new
    _recovered(one, two)
    assert second.hub.status("h1").awaited == ("t1", "t2")
    one.pull()
    two.pull()
    assert not second.hub.status("h1").recovering


def test_what_was_sent_while_an_old_lease_was_still_stored_is_not_the_last_word(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, one, two = old_and_new
    _recovered(one, two)
    one.pull()
    sent_before = Push(session=two.session, lease=two.lease.number - 1, events=[two.issued(98)])
    second.hub.push(two.caller, sent_before)
    assert second.hub.status("h1").awaited == ("t2",)
    two.push(two.issued(99))
    assert not second.hub.status("h1").recovering


def test_who_was_enrolled_anew_before_the_loss_is_waited_for_once(
    old_and_new: tuple[Halls, Halls, Device, Device],
) -> None:
    _, second, _, two = old_and_new
    second.clock.pass_minutes(1)
    _give_back(two)
    successor = second.device("t1", hello=False)
    assert second.hub.status("h1").awaited == ("t2", "t1")
    for device in (two, successor):
        device.hello()
        device.pulls_all()
        device.pull()
    assert not second.hub.status("h1").recovering


def test_a_wiped_hub_is_built_again_from_a_terminal(
    open_database: Callable[[str], Database], tmp_path: Path
) -> None:
    first = Halls(open_database(f"sqlite:///{tmp_path / 'a.db'}"))
    first.create("h1")
    one = first.opened("t1", 1)
    one.issues(10)
    one.pulls_all()
    unsent = one.issued(11)
    second = Halls(open_database(f"sqlite:///{tmp_path / 'b.db'}"), clock=first.clock, seed="wiped")
    second.create("h1")
    second.hub.promote("h1")
    _enrolled_again(one, second)
    assert _give_back(one) is Standing.WELCOME
    one.hello()
    one.pull()
    one.pull()
    status = second.hub.status("h1")
    assert (status.position, status.recovering) == (one.place.position, False)
    assert one.push(unsent).fates == ["accepted"]


@pytest.mark.parametrize("proof", ["none", "invented", "of a place that the hub has"])
def test_a_place_that_is_invented_begins_no_recovery(halls: Halls, proof: str) -> None:
    device = halls.opened("t1", 1)
    device.issues(3)
    device.pulls_all()
    known = device.place
    device.place = Place(epoch=known.epoch, position=known.position + 1_000, hash="0" * 64)
    said = Hello(session="other", previous=device.session, place=device.place)
    if proof == "invented":
        said = said.model_copy(update={"sealed": device.place, "seal": "0" * 64})
    elif proof != "none":
        said = said.model_copy(update={"sealed": known, "seal": device.seals[known.position]})
    assert halls.hub.hello(device.caller, said).standing is Standing.DIVERGED
    status = halls.hub.status("h1")
    assert (status.recovering, status.epoch) == (False, known.epoch)


def test_nothing_is_released_while_the_hub_recovers(old_and_new: tuple[Halls, Halls, Device, Device]) -> None:
    _, second, one, _ = old_and_new
    assert one.hello().standing is Standing.GIVE_BACK
    before = second.hub.place("h1")
    with pytest.raises(HubFault) as caught:
        second.hub.release("h1", 2, "manager")
    assert caught.value.fault is Fault.RECOVERING
    assert second.hub.place("h1") == before
