"""A hall hub and the centre above it: the same log, the same state, settings from above."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hallq.election import Election
from hallq.hub import Caller, HubFault, Role
from hallq.hub.database import Database
from hallq.hub.forwarding import Forwarding, Hold, load, save
from hallq.hub.upstream import QUIET_LOOKS, Above, Upstream
from hallq.protocol import Enrol
from hallq.settings import default_text
from tests.hub.lives import Chance, Halls
from tests.sync.lives import DirectLine


@dataclass
class Chain:
    """A hall's hub, the centre, and the line between."""

    below: Halls
    centre: Halls
    line: DirectLine
    upstream: Upstream


@pytest.fixture
def chain(halls: Halls, open_database: Callable[[str], Database], tmp_path: Path) -> Chain:
    centre = Halls(open_database(f"sqlite:///{tmp_path / 'centre.db'}"), clock=halls.clock, seed="centre")
    centre.create("h1")
    enrolled = centre.hub.enrol("h1", Enrol(code=centre.hub.invite("h1", "North's hub", Role.HUB)))
    line = DirectLine(centre.hub, centre.hub.authenticate("h1", enrolled.token))
    return Chain(halls, centre, line, Upstream(halls.hub, "h1", line, Chance("upstream")))


def test_the_centre_has_the_same_log(chain: Chain) -> None:
    device = chain.below.opened("t1", 1)
    for first in range(1, 1_201, 400):
        device.issues(400, first=first)
    assert chain.upstream.step().above is Above.FORWARDED
    assert chain.centre.hub.place("h1") == chain.below.hub.place("h1")
    device.issues(3, first=2_000)
    chain.upstream.step()
    assert chain.centre.hub.place("h1") == chain.below.hub.place("h1")


def test_what_happened_while_cut_off_is_forwarded_later(chain: Chain) -> None:
    device = chain.below.opened("t1", 1)
    chain.upstream.step()
    for fault in ("down", "answer", "down", "answer"):
        device.issues(2, first=chain.below.hub.last("h1") + 1)
        chain.line.faults = [fault]
        assert chain.upstream.step().above is Above.CUT_OFF
    assert chain.upstream.step().above is Above.FORWARDED
    assert chain.centre.hub.place("h1") == chain.below.hub.place("h1")


def test_settings_flow_down(chain: Chain) -> None:
    chain.upstream.step()
    changed = default_text().replace("level_target = 0.9", "level_target = 0.85", 1)
    text = changed if changed != default_text() else f"{default_text()}\n# from the centre\n"
    chain.centre.hub.publish_settings("h1", text)
    chain.below.opened("t1", 1)
    chain.upstream.step()
    assert chain.below.hub.settings(Caller("h1", "hub")).body == text


def test_a_quiet_hall_is_seen_at_the_centre_and_hears_of_its_settings(chain: Chain) -> None:
    chain.below.opened("t1", 1)
    chain.upstream.step()
    text = f"{default_text()}\n# from the centre\n"
    chain.centre.hub.publish_settings("h1", text)
    before = chain.centre.hub.status("h1").devices[0].seen_ms
    assert before is not None
    chain.below.clock.pass_minutes(1)
    for _ in range(QUIET_LOOKS):
        assert chain.upstream.step().above is Above.FORWARDED
    seen = chain.centre.hub.status("h1").devices[0].seen_ms
    assert seen is not None
    assert seen - before == 60_000
    assert chain.below.hub.settings(Caller("h1", "hub")).body == text


def test_settings_that_found_the_database_locked_come_again(chain: Chain, tmp_path: Path) -> None:
    quick = Database(f"sqlite:///{tmp_path / 'below.db'}", patience_seconds=0.01)
    quick.migrate()
    below = Halls(quick)
    below.create("h1")
    upstream = Upstream(below.hub, "h1", chain.line, Chance("upstream"))
    text = f"{default_text()}\n# from the centre\n"
    chain.centre.hub.publish_settings("h1", text)
    with Database(quick.url).writing(), pytest.raises(HubFault):
        upstream.step()
    upstream.step()
    assert below.hub.settings(Caller("h1", "hub")).body == text
    quick.close()


def test_a_place_that_cannot_be_taken_yet_holds_the_forwarding_up_and_does_not_end_it(
    chain: Chain, tmp_path: Path
) -> None:
    place = tmp_path / "below.sync"
    place.mkdir()
    forwarding = Forwarding(chain.below.hub, "h1", chain.line, Election(tmp_path / "below"))
    assert forwarding._next_pause(0) > 0
    place.rmdir()
    assert forwarding._next_pause(1) == 0
    assert chain.centre.hub.place("h1") == chain.below.hub.place("h1")
    forwarding._election.leave()


def test_a_centre_with_another_past_gets_nothing(chain: Chain) -> None:
    chain.below.opened("t1", 1)
    other = chain.centre.opened("t9", 2)
    other.issues(2)
    before = chain.centre.hub.place("h1")
    chain.below.device("t2").issues(5)
    status = chain.upstream.step()
    assert status.above is Above.DIVERGED
    assert chain.centre.hub.place("h1").hash == before.hash


def test_the_upstreams_file_is_its_owners_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "hub.upstream"
    holds = {"h1": Hold("https://centre:8765/v1/halls/h1", "secret")}
    save(path, holds)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load(path) == holds
    assert "secret" not in repr(holds)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(ValueError, match="upstream"):
        load(path)
