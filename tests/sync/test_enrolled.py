"""An enrolment whose answer is lost uses up no code for the terminal that asked; for all others it does."""

from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.cli.running import run
from hallq.hub import Role
from hallq.hub.forwarding import load
from hallq.protocol import Enrol
from hallq.protocol import Fault as HubFault
from hallq.settings import default_text
from hallq.sync.address import load_credentials
from hallq.sync.enrol_request import ENROL_TRIES, request_path
from hallq.sync.joining import JoinedAlreadyError, asking, enrolled
from hallq.sync.line import HubRefused, OutcomeUnknown
from hallq.sync.opening import joined_in
from tests.builders import new_store
from tests.rig.proxy import Fault, Plan, Plans, always
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
    store, at = new_store(streets.folder / "counter.db"), address(streets.hall, proxy.port)
    code = streets.hub.invite(streets.hall, "counter")
    with pytest.raises(OutcomeUnknown):
        enrolled(store, at, code)
    assert request_path(store.path).stat().st_mode & 0o777 == 0o600
    other = new_store(streets.folder / "other.db")
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


def test_a_file_that_is_enrolled_again_can_show_everybody_who_it_was(streets: Streets) -> None:
    proxy = streets.proxy()
    store, at = new_store(streets.folder / "counter.db"), address(streets.hall, proxy.port)
    proofs: tuple[str, ...] = ()
    for name in ("counter", "its second name", "its third name"):
        enrolled(store, at, streets.hub.invite(streets.hall, name))
        told = load_credentials(store.path)
        assert told.proofs == proofs
        proofs = told.as_proofs
    asked = asking(store, "CODE-CODE", joined_in(store))
    assert (len(asked.devices), asked.proofs) == (3, proofs[:2])
    store.close()


def _hub_below(streets: Streets) -> Path:
    """Another hub with the same hall, in a folder of its own; its database."""
    db = streets.folder / "below" / "hub.db"
    db.parent.mkdir()
    assert run(["hub", "enroll", "--hall", streets.hall, "--name", "t1", "--db", str(db)]) == 0
    return db


@pytest.mark.parametrize("plans", [_loses(0), always(Fault.TWICE)])
def test_a_hub_below_asks_again_by_itself(streets: Streets, plans: Plans) -> None:
    proxy, db = streets.proxy(), _hub_below(streets)
    proxy.plans = plans
    code = streets.hub.invite(streets.hall, "north", Role.HUB)
    url = f"{proxy.url}/v1/halls/{streets.hall}"
    assert run(["hub", "upstream", "--hall", streets.hall, url, code, "--db", str(db)]) == 0
    (device,) = streets.hub.devices(streets.hall)
    held = load(db.with_name("hub.upstream"))[streets.hall]
    assert _good(streets, held.token) == device.device


def test_a_hub_below_is_enrolled_by_the_same_command_again(streets: Streets) -> None:
    proxy, db = streets.proxy(), _hub_below(streets)
    code = streets.hub.invite(streets.hall, "north", Role.HUB)
    url = f"{proxy.url}/v1/halls/{streets.hall}"
    asked = ["hub", "upstream", "--hall", streets.hall, url, code, "--db", str(db)]
    proxy.plans = _loses(*range(ENROL_TRIES))
    assert run(asked) == Exit.HUB
    request = request_path(db.with_name(f"hub.upstream.{streets.hall}"))
    assert request.stat().st_mode & 0o777 == 0o600
    assert run(asked) == 0
    held = load(db.with_name("hub.upstream"))[streets.hall]
    (device,) = streets.hub.devices(streets.hall)
    assert _good(streets, held.token) == device.device
    assert not request.exists()


def test_a_code_for_another_hall_is_not_used_up(streets: Streets) -> None:
    proxy, db = streets.proxy(), _hub_below(streets)
    other = f"{streets.hall}-other"
    streets.hub.create_hall(other, "Other", default_text())
    code = streets.hub.invite(other, "north", Role.HUB)
    asked = ["hub", "upstream", "--hall", streets.hall, f"{proxy.url}/v1/halls/{other}", code]
    assert run([*asked, "--db", str(db)]) == Exit.REFUSED
    assert streets.hub.enrol(other, Enrol(code=code)).hall == other


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
