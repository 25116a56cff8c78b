"""Who is speaking: clones are fenced, restored files pull their past first."""

import copy

import pytest

from hallq.hub import HubFault
from hallq.protocol import Enrol, Fault, Hello, Place, Standing
from tests.hub.lives import Device, Halls


def _copy_of(device: Device, run: str) -> Device:
    """The same file, started elsewhere."""
    clone = copy.copy(device)
    clone.incarnation, clone.log, clone.seals = run, list(device.log), dict(device.seals)
    return clone


def _fault(caught: "pytest.ExceptionInfo[HubFault]") -> Fault:
    return caught.value.fault


def test_an_ordinary_restart_is_welcome(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    assert device.hello().standing is Standing.WELCOME
    assert device.hello().standing is Standing.WELCOME


def test_a_hello_whose_answer_was_lost(halls: Halls) -> None:
    device = halls.opened("t1")
    device.pulls_all()
    halls.hub.hello(device.caller, Hello(session="lost", previous=device.session, place=device.place))
    assert device.hello("next").standing is Standing.WELCOME
    assert device.hello("next").standing is Standing.WELCOME


def test_hellos_whose_answers_were_lost_again_and_again(halls: Halls) -> None:
    device = halls.opened("t1")
    device.pulls_all()
    for lost in ("lost-1", "lost-2", "lost-3"):
        told = Hello(session=lost, previous=device.session, place=device.place)
        assert halls.hub.hello(device.caller, told).standing is Standing.WELCOME
    assert device.hello("next").standing is Standing.WELCOME


@pytest.mark.parametrize("later", [1, 2, 5])
def test_a_hello_that_arrives_after_later_ones_begins_nothing(halls: Halls, later: int) -> None:
    device = halls.opened("t1")

    def hello(name: str) -> Hello:
        return Hello(
            session=name, previous=device.session, place=device.place, home="here", boot_id=f"boot-{name}"
        )

    late = hello("late")
    halls.hub.hello(device.caller, late)
    device.session = "late"
    for number in range(later):
        halls.hub.hello(device.caller, hello(f"after-{number}"))
        device.session = f"after-{number}"
    device.pulls_all()
    with pytest.raises(HubFault) as caught:
        halls.hub.hello(device.caller, late)
    assert _fault(caught) is Fault.SAY_HELLO
    assert halls.hub.hello(device.caller, hello("next")).standing is Standing.WELCOME


def test_a_clone_of_a_living_terminal_is_fenced(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    clone = _copy_of(device, "run-clone")
    device.hello()
    device.issues(1)
    assert clone.hello().standing is Standing.FENCED
    with pytest.raises(HubFault) as caught:
        clone.push(clone.issued(7))
    assert _fault(caught) is Fault.SAY_HELLO
    (shown,) = halls.hub.devices("h1")
    assert shown.fenced
    device.issues(1, first=2)
    successor = halls.device("t1")
    assert successor.push(clone.issued(8)).fates == ["accepted"]


def test_the_original_is_fenced_when_its_clone_was_faster(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    clone = _copy_of(device, "run-clone")
    assert clone.hello().standing is Standing.WELCOME
    clone.push(clone.issued(1))
    with pytest.raises(HubFault) as caught:
        device.push(device.issued(9))
    assert _fault(caught) is Fault.SAY_HELLO
    assert device.hello().standing is Standing.FENCED


def test_a_copy_is_fenced_although_the_original_has_not_spoken_yet(halls: Halls) -> None:
    halls.create("h1")
    asked = Enrol(code=halls.hub.invite("h1", "t1"), home="enrolled-here")
    caller = halls.hub.authenticate("h1", halls.hub.enrol("h1", asked).token)

    def standing(home: str) -> Standing:
        said = Hello(session=f"at-{home}", place=Place(), home=home, boot_id="boot")
        return halls.hub.hello(caller, said).standing

    assert standing("elsewhere") is Standing.FENCED
    assert standing("enrolled-here") is Standing.WELCOME


def test_two_copies_that_only_look_do_not_take_turns(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    clone = _copy_of(device, "run-clone")
    assert clone.hello().standing is Standing.WELCOME
    clone.pulls_all()
    with pytest.raises(HubFault) as caught:
        device.pulls_all()
    assert _fault(caught) is Fault.SAY_HELLO
    assert device.hello().standing is Standing.FENCED
    clone.pulls_all()


def test_a_terminal_from_a_backup_pulls_its_own_past_first(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    backup = _copy_of(device, "run-restored")
    device.hello()
    device.issues(5)
    device.pulls_all()
    halls.clock.pass_minutes(5)
    answer = backup.hello()
    assert answer.standing is Standing.RESTORED
    backup.pulls_all()
    assert backup.log == device.log
    assert backup.push(backup.issued(6)).fates == ["accepted"]


def test_nobody_speaks_without_hello(halls: Halls) -> None:
    device = halls.device("t1", hello=False)
    device.session = "never-said"
    for speak in (device.pull, device.push, lambda: device.opens(1)):
        with pytest.raises(HubFault) as caught:
            speak()
        assert _fault(caught) is Fault.SAY_HELLO


def test_a_place_of_another_log_says_hello_again(halls: Halls) -> None:
    device = halls.opened("t1")
    device.issues(3)
    device.pulls_all()
    for place in (
        device.place.model_copy(update={"epoch": "another"}),
        device.place.model_copy(update={"position": 99}),
        device.place.model_copy(update={"hash": "0" * 64}),
    ):
        device.place = place
        with pytest.raises(HubFault) as caught:
            device.pull()
        assert _fault(caught) is Fault.SAY_HELLO


def test_logs_that_differ_are_found_at_hello(halls: Halls) -> None:
    device = halls.opened("t1")
    device.issues(3)
    device.pulls_all()
    device.place = Place(epoch=device.place.epoch, position=2, hash="f" * 64)
    assert device.hello().standing is Standing.DIVERGED
    device.pulls_all()
    assert device.log[-1].position == halls.hub.last("h1")


def test_a_terminal_of_an_older_protocol(halls: Halls) -> None:
    device = halls.device("t1", hello=False)
    answer = halls.hub.hello(device.caller, Hello(session="s", place=Place(), protocol=0))
    assert answer.standing is Standing.OUTDATED


def test_a_code_is_good_once_and_for_ten_minutes(halls: Halls) -> None:
    code = halls.hub.invite("h1", "t1")
    enrolled = halls.hub.enrol("h1", Enrol(code=code.lower().replace("-", " ")))
    assert enrolled.digit == 1
    for used in (code, "AAAA-AAAA-AAAA-AAAA"):
        with pytest.raises(HubFault) as caught:
            halls.hub.enrol("h1", Enrol(code=used))
        assert _fault(caught) is Fault.UNAUTHORISED
    late = halls.hub.invite("h1", "t2")
    halls.clock.pass_minutes(10.1)
    with pytest.raises(HubFault):
        halls.hub.enrol("h1", Enrol(code=late))


def test_a_code_is_good_again_for_the_request_that_used_it(halls: Halls) -> None:
    asked = Enrol(code=halls.hub.invite("h1", "t1"), request="a" * 32)
    first, second = halls.hub.enrol("h1", asked), halls.hub.enrol("h1", asked)
    assert (second.device, second.digit) == (first.device, first.digit)
    with pytest.raises(HubFault):
        halls.hub.authenticate("h1", first.token)
    halls.hub.authenticate("h1", second.token)
    for other in ("", "b" * 32):
        with pytest.raises(HubFault) as caught:
            halls.hub.enrol("h1", asked.model_copy(update={"request": other}))
        assert _fault(caught) is Fault.UNAUTHORISED
    assert len(halls.hub.devices("h1")) == 1


@pytest.mark.parametrize("ended", ["spoken", "late", "revoked"])
def test_a_request_is_good_until_its_device_speaks_and_for_ten_minutes(halls: Halls, ended: str) -> None:
    asked = Enrol(code=halls.hub.invite("h1", "t1"), request="a" * 32)
    told = halls.hub.enrol("h1", asked)
    if ended == "spoken":
        caller = halls.hub.authenticate("h1", told.token)
        halls.hub.hello(caller, Hello(session="s", place=Place()))
    elif ended == "late":
        halls.clock.pass_minutes(10.1)
    else:
        halls.hub.revoke("h1", told.device)
    with pytest.raises(HubFault) as caught:
        halls.hub.enrol("h1", asked)
    assert _fault(caught) is Fault.UNAUTHORISED


def test_tokens(halls: Halls) -> None:
    halls.create("h2")
    enrolled = halls.hub.enrol("h1", Enrol(code=halls.hub.invite("h1", "t1")))
    caller = halls.hub.authenticate("h1", enrolled.token)
    new = halls.hub.rotate(caller)
    assert halls.hub.authenticate("h1", enrolled.token) == caller
    assert halls.hub.authenticate("h1", new) == caller
    for hall, token in (("h1", enrolled.token), ("h2", new), ("nowhere", new), ("h1", "")):
        with pytest.raises(HubFault) as caught:
            halls.hub.authenticate(hall, token)
        assert (_fault(caught), caught.value.detail) == (Fault.UNAUTHORISED, "")
    halls.hub.revoke("h1", caller.device)
    with pytest.raises(HubFault):
        halls.hub.authenticate("h1", new)
    digits = [halls.device(f"t{n}").caller.device for n in (2, 3)]
    assert [d.digit for d in halls.hub.devices("h1")] == [1, 2, 3]
    assert len(set(digits)) == 2
