"""A terminal's token can be changed; the old one is good no more."""

import pytest

from hallq.cli.exits import Exit
from hallq.cli.running import run
from hallq.election import Election
from hallq.hub import HubFault
from hallq.sync.address import load_credentials
from tests.sync.network import Streets


def test_after_a_change_only_the_new_token_is_good(streets: Streets) -> None:
    store = streets.file("counter", streets.proxy())
    old = load_credentials(store.path).token
    assert run(["rotate", "--db", str(store.path)]) == 0
    new = load_credentials(store.path).token
    assert new != old
    assert streets.hub.authenticate(streets.hall, new)
    with pytest.raises(HubFault):
        streets.hub.authenticate(streets.hall, old)


def test_a_running_program_keeps_its_token(streets: Streets) -> None:
    store = streets.file("counter", streets.proxy())
    old = load_credentials(store.path).token
    election = Election(store.path)
    assert election.try_take()
    assert run(["rotate", "--db", str(store.path)]) == Exit.REFUSED
    election.leave()
    assert load_credentials(store.path).token == old
