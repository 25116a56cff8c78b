"""An enrolment whose answer is lost uses up no code for the terminal that asked; for all others it does."""

import pytest

from hallq.cli.running import run
from hallq.protocol import Fault as HubFault
from hallq.sync.address import load_credentials
from hallq.sync.enrol_request import request_path
from hallq.sync.joining import ENROL_TRIES, JoinedAlreadyError, enrolled
from hallq.sync.line import HubRefused, OutcomeUnknown
from tests.rig.proxy import Fault, Plan, Plans, always
from tests.sync.lives import blank
from tests.sync.network import Streets, address

LOST = Plan(Fault.CUT_ANSWER, 0)


def _loses(*numbers: int) -> Plans:
    """These connections lose their answer; the hub has written what was asked."""
    return lambda number: LOST if number in numbers else Plan()


def _good(streets: Streets, token: str) -> str:
    """Whose token the hub takes it for."""
    return streets.hub.authenticate(streets.hall, token).device


@pytest.mark.parametrize("plans", [_loses(0), _loses(0, 1), always(Fault.TWICE)])
def test_the_terminal_asks_again_by_itself(streets: Streets, plans: Plans) -> None:
    proxy = streets.proxy()
    proxy.plans = plans
    store = streets.file("counter", proxy)
    (device,) = streets.hub.devices(streets.hall)
    assert _good(streets, load_credentials(store.path).token) == device.device


def test_a_person_repeats_the_command_with_the_same_code(streets: Streets) -> None:
    proxy = streets.proxy()
    proxy.plans = _loses(*range(ENROL_TRIES))
    store, at = blank(streets.folder / "counter.db"), address(streets.hall, proxy.port)
    code = streets.hub.invite(streets.hall, "counter")
    with pytest.raises(OutcomeUnknown):
        enrolled(store, at, code)
    assert request_path(store.path).stat().st_mode & 0o777 == 0o600
    other = blank(streets.folder / "other.db")
    with pytest.raises(HubRefused) as caught:
        enrolled(other, at, code)
    assert caught.value.fault is HubFault.UNAUTHORISED
    joined = enrolled(store, at, code)
    assert [d.device for d in streets.hub.devices(streets.hall)] == [joined.device]
    for file in (store, other):
        file.close()


def test_a_join_that_broke_off_behind_its_identity_goes_on_there(streets: Streets) -> None:
    proxy = streets.proxy()
    url = f"{proxy.url}/v1/halls/{streets.hall}"
    code = streets.hub.invite(streets.hall, "counter")
    asked = [
        "join",
        url,
        code,
        "--db",
        str(streets.folder / "at" / "hall.db"),
        "--dir",
        str(streets.folder / "at"),
    ]
    proxy.plans = _loses(1)
    assert run(asked) != 0
    assert run(asked) == 0
    assert len(streets.hub.devices(streets.hall)) == 1
    assert not request_path(streets.folder / "at" / "hall.db").exists()


def test_a_terminal_that_has_spoken_is_not_enrolled_again(streets: Streets) -> None:
    guide = streets.opened()
    with pytest.raises(JoinedAlreadyError):
        enrolled(guide.store, address(streets.hall, guide.proxy.port), "any-code-at-all")


@pytest.mark.parametrize("lost", [0, 1])
def test_a_change_of_token_whose_answer_is_lost_is_asked_again(streets: Streets, lost: int) -> None:
    proxy = streets.proxy()
    store = streets.file("counter", proxy)
    device = _good(streets, load_credentials(store.path).token)
    begun = len(proxy.seen)
    proxy.plans = _loses(begun + lost)
    assert run(["rotate", "--db", str(store.path)]) != 0
    assert _good(streets, load_credentials(store.path).token) == device
    before = load_credentials(store.path).token
    assert run(["rotate", "--db", str(store.path)]) == 0
    token = load_credentials(store.path).token
    assert token != before
    assert _good(streets, token) == device
