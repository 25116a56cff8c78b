"""Settings, staff and VIPs on their way down, and a password on its way up, are cut at every point."""

import dataclasses
import itertools
from collections.abc import Iterator

import pytest

from hallq import hashing
from hallq.domain.lanes import Tier
from hallq.domain.staff import StaffChange
from hallq.hall import Done
from hallq.settings import default_text
from hallq.sync.opening import Opened
from tests.rig.proxy import Fault, FaultProxy, Plan
from tests.staff.people import CLERK, EVERYBODY, PASSWORD, as_actor
from tests.sync.network import Streets
from tests.sync.test_vips_down import CROWD, Office, at_the_hall, office, tier_of
from tests.vip.test_directory import ANNA

__all__ = ["office"]
STEP_BYTES = 4_000

pytestmark = pytest.mark.usefixtures("quick_hashes")


class Way:
    """A terminal whose way to the hub fails as it is told; its conversation is driven by hand."""

    def __init__(self, streets: Streets) -> None:
        """It has joined, and the way is good."""
        self.streets = streets
        self.proxy: FaultProxy = streets.proxy()
        self.opened: Opened = at_the_hall(streets, self.proxy)
        self.settings = streets.folder / "terminal" / "hall.toml"
        self.speaks(2)

    def speaks(self, steps: int) -> None:
        """So many steps of the conversation, and what flows down after each."""
        for _ in range(steps):
            self.opened.runner._step()
        self.opened.hall.refresh()

    def fails(self, plan: Plan) -> int:
        """The next connection meets this; how many there were."""
        begun = len(self.proxy.seen)
        self.opened._connector.close()
        self.proxy.plans = lambda number: plan if number == begun else Plan()
        return begun


@pytest.fixture
def way(streets: Streets) -> Iterator[Way]:
    """A terminal of a hall with a staff list."""
    for person in EVERYBODY:
        streets.hub.change_staff(streets.hall, person, StaffChange.ADDED, "operator")
    way = Way(streets)
    yield way
    way.opened.stop()
    way.opened.hall.close()


def test_what_flows_down_is_whole_wherever_it_was_cut(streets: Streets, office: Office, way: Way) -> None:
    hub, hall = streets.hub, streets.hall
    for number in itertools.count():
        text = f"{default_text()}\n# {number}\n"
        before = way.settings.read_text(encoding="utf-8")
        hub.publish_settings(hall, text)
        person = dataclasses.replace(CLERK, name=f"Name {number}")
        hub.change_staff(hall, person, StaffChange.ADDED, "operator")
        tier = (Tier.GOLD, Tier.SILVER)[number % 2]
        office.imports(dataclasses.replace(ANNA, tier=tier), *CROWD[:20])
        begun = way.fails(Plan(Fault.CUT_ANSWER, number * STEP_BYTES))
        way.speaks(1)
        assert way.settings.read_text(encoding="utf-8") in (before, text)
        way.speaks(4)
        assert way.settings.read_text(encoding="utf-8") == text
        assert way.opened.hall.roster == hub.roster(hall)
        assert tier_of(way.opened, ANNA.phone) is tier
        if len(way.proxy.seen) == begun + 1:  # nothing was cut any more
            break
    assert number > 3


LOST = [Plan(Fault.RESET), Plan(Fault.CUT_ANSWER), Plan(Fault.CUT_ANSWER, 100), Plan(Fault.TWICE)]


@pytest.mark.parametrize("plan", LOST, ids=str)
def test_a_change_of_password_that_was_not_answered_is_done_once(
    streets: Streets, way: Way, plan: Plan
) -> None:
    hashed = hashing.hashed("seven blue kites")
    person = dataclasses.replace(CLERK, password_hash=hashed)
    way.fails(plan)
    outcome = way.opened.hall.change_staff(person, StaffChange.PASSWORD, as_actor(CLERK), PASSWORD)
    assert isinstance(outcome, Done), outcome
    assert way.opened.hall.reception.sign_in("1001", "seven blue kites", "t1") == person
    changes = [entry for entry in streets.entries() if entry.event.kind == "staff.changed"]
    assert len(changes) == len(EVERYBODY) + 1
