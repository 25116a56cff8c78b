"""A number to call back reaches the manager's terminal through the hub, and is nowhere in the clear."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import pytest

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.events import NumberLookedAt
from hallq.domain.refusals import Reason
from hallq.domain.staff import StaffChange
from hallq.hall import Actor, Done, Refused
from hallq.hall.complaining import last_fours, number_to_call, take_complaint
from hallq.hall.link import Link
from hallq.hub import numbers
from hallq.hub.shapes import Caller
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol.numbers import NumberAnswer, NumberKept
from hallq.store.customers import KEY_FILE
from hallq.store.kept_numbers import KEYS_FILE, KeptNumbers
from hallq.sync.opening import Opened, opened
from hallq.wording.refusals import refusal_sentence
from tests.builders import DATE
from tests.rig.proxy import Fault, FaultProxy, Plan
from tests.screens.hands import painted, press, settled
from tests.staff.people import CLERK, EVERYBODY, MANAGER, as_actor
from tests.sync.network import Streets
from tests.sync.test_in_the_clear import of_files, traces
from tests.sync.test_vips_down import at_the_hall

NUMBER = "10000000421"
T = TypeVar("T")

pytestmark = pytest.mark.usefixtures("quick_hashes")


@dataclass
class Desks:
    """The terminal that takes complaints, the one where they are answered, and the hub's folder."""

    streets: Streets
    clerk: Opened
    manager: Opened
    proxy: FaultProxy

    @property
    def kept(self) -> Path:
        """Where the hub keeps the hall's numbers."""
        return self.streets.service.log.parent / f"complaints-{self.streets.hall}"

    def speak(self) -> None:
        """Everybody hears everything."""
        for terminal in (self.clerk, self.manager) * 2:
            terminal.runner._step()
            terminal.hall.refresh()

    def does(self, terminal: Opened, intent: i.Intent, actor: Actor) -> None:
        """The intent is carried out."""
        outcome = terminal.hall.perform(intent, actor)
        assert isinstance(outcome, Done), outcome
        self.speak()

    def complaint(self, number: str = NUMBER) -> str:
        """A complaint with a number, at the clerk's terminal; its id."""
        taking = i.TakeComplaint(category="mobile", text="Call me.")
        outcome = take_complaint(self.clerk.hall, taking, number, as_actor(CLERK))
        assert isinstance(outcome, Done), outcome
        return str(outcome.events[0].model_dump()["complaint_id"])

    def looks(self) -> list[str]:
        """Who looked at a number, by the log."""
        found = [x.event.body for x in self.streets.entries() if x.event.kind == NumberLookedAt.kind]
        return [str(NumberLookedAt.model_validate_json(body).staff) for body in found]


@pytest.fixture
def desks(streets: Streets) -> Iterator[Desks]:
    """A hall with a staff list and an open day."""
    for person in EVERYBODY:
        streets.hub.change_staff(streets.hall, person, StaffChange.ADDED, "operator")
    proxy = streets.proxy()
    desks = Desks(streets, at_the_hall(streets, proxy, "clerk"), at_the_hall(streets), proxy)
    desks.speak()
    desks.does(desks.manager, i.OpenDay(business_date=DATE), as_actor(MANAGER))
    yield desks
    for terminal in (desks.clerk, desks.manager):
        terminal.stop()
        terminal.hall.close()


def refused(found: str | Refused) -> Reason:
    """Why it was not shown."""
    assert isinstance(found, Refused)
    return found.refusal.reason


def test_a_manager_elsewhere_calls_back_and_each_look_is_on_record(desks: Desks) -> None:
    complaint_id = desks.complaint()
    hall = desks.manager.hall
    desks.speak()
    assert number_to_call(hall, complaint_id, as_actor(MANAGER)) == NUMBER
    assert number_to_call(hall, complaint_id, as_actor(MANAGER)) == NUMBER
    assert refused(number_to_call(hall, complaint_id, as_actor(CLERK))) is Reason.NOT_ALLOWED
    assert number_to_call(desks.clerk.hall, complaint_id, as_actor(MANAGER)) == NUMBER
    desks.speak()
    assert desks.looks() == [MANAGER.staff_id] * 3
    written = of_files(desks.streets.folder, desks.streets.service.log.parent)
    assert not [trace for trace in traces(NUMBER) if trace in written]


def test_the_end_of_a_complaint_erases_its_number_everywhere(desks: Desks, tmp_path: Path) -> None:
    ends, stays = desks.complaint(), desks.complaint("10000000422")
    desks.speak()
    older = shutil.copytree(desks.kept, tmp_path / "older")
    desks.does(desks.manager, i.SettleComplaint(complaint_id=ends, text="Done."), as_actor(MANAGER))
    assert number_to_call(desks.manager.hall, ends, as_actor(MANAGER)) == NUMBER
    desks.does(desks.manager, i.FollowUpComplaint(complaint_id=ends), as_actor(MANAGER))
    assert refused(number_to_call(desks.manager.hall, ends, as_actor(MANAGER))) is Reason.COMPLAINT_FURTHER
    assert list(last_fours(desks.clerk.hall)) == [stays]
    for part in ("", "-wal", "-shm"):
        (older / (KEYS_FILE + part)).unlink(missing_ok=True)
    shutil.copy(desks.kept / KEYS_FILE, older)  # an older copy of the numbers opens with no key of today
    assert KeptNumbers(older).number_of(ends) == ""
    assert KeptNumbers(older).number_of(stays) == "10000000422"


def test_cut_off_it_is_shown_where_it_was_taken(desks: Desks) -> None:
    desks.proxy.cut()
    desks.clerk.runner._step()
    complaint_id = desks.complaint()
    desks.speak()
    assert number_to_call(desks.clerk.hall, complaint_id, as_actor(MANAGER)) == NUMBER
    assert desks.looks() == []
    desks.proxy.heal()
    desks.speak()
    assert desks.looks() == [MANAGER.staff_id]
    assert number_to_call(desks.manager.hall, complaint_id, as_actor(MANAGER)) == NUMBER


@pytest.mark.parametrize("amount", [0, 100, 600])
def test_a_number_whose_way_up_was_cut_goes_up_later(desks: Desks, amount: int) -> None:
    complaint_id = desks.complaint()
    begun = len(desks.proxy.seen)
    desks.clerk._connector.close()
    desks.proxy.plans = lambda number: Plan(Fault.CUT_ANSWER, amount) if number == begun else Plan()
    desks.speak()
    desks.speak()
    assert number_to_call(desks.manager.hall, complaint_id, as_actor(MANAGER)) == NUMBER


def test_one_that_ended_before_it_went_up_is_erased_where_it_was_taken(desks: Desks) -> None:
    complaint_id = desks.complaint()
    desks.clerk.runner._worker.step()  # the complaint goes up, and the program is killed
    desks.manager.runner._step()
    for intent in (
        i.SettleComplaint(complaint_id=complaint_id, text="Done."),
        i.FollowUpComplaint(complaint_id=complaint_id),
    ):
        assert isinstance(desks.manager.hall.perform(intent, as_actor(MANAGER)), Done)
    desks.manager.runner._step()
    assert list(last_fours(desks.clerk.hall)) == [complaint_id]
    again = opened(desks.clerk._store, desks.clerk.hall.config, desks.clerk._settings)
    again.runner._step()
    again.stop()
    assert last_fours(desks.clerk.hall) == {}


def test_a_file_of_numbers_that_refuses_cuts_nobody_off(desks: Desks) -> None:
    desks.complaint()
    numbers_here = desks.clerk._store.path.with_name("hall.db.complaints")
    for part in ("", "-wal", "-shm"):
        numbers_here.with_name(numbers_here.name + part).unlink(missing_ok=True)
    numbers_here.mkdir()
    desks.clerk.runner._step()
    assert desks.clerk.runner.is_reachable()
    assert desks.clerk.runner.status().link is Link.CONNECTED


def test_a_lost_key_of_this_terminals_numbers_hides_none_that_the_hub_has(desks: Desks) -> None:
    complaint_id = desks.complaint()
    desks.speak()
    (desks.clerk._store.path.parent / KEY_FILE).unlink()
    assert number_to_call(desks.clerk.hall, complaint_id, as_actor(MANAGER)) == NUMBER


class Interrupted:
    """A hub's desk at which others sit before whoever asked goes on."""

    def __init__(self, desk: Desk, meanwhile: Callable[[], None]) -> None:
        """`meanwhile`: what the others do."""
        self._desk = desk
        self._meanwhile = meanwhile

    def sit(self, hall: str, work: Callable[[Sitting], T]) -> T:
        """As the desk has it."""
        found = self._desk.sit(hall, work)
        self._meanwhile()
        return found


def test_numbers_that_come_at_once_all_stay(desks: Desks) -> None:
    first = desks.complaint()
    second: list[str] = []

    def another() -> None:
        second.append(desks.complaint("10000000422"))
        desks.clerk.runner._step()

    slow = cast(Desk, Interrupted(desks.streets.hub._desk, another))
    numbers.keep(
        slow,
        desks.kept.parent,
        Caller(desks.streets.hall, "t"),
        NumberKept(complaint_id=first, number=NUMBER),
    )
    desks.speak()
    assert number_to_call(desks.manager.hall, first, as_actor(MANAGER)) == NUMBER
    assert number_to_call(desks.manager.hall, second[0], as_actor(MANAGER)) == "10000000422"


def test_a_worker_that_erases_late_erases_only_what_ended(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = desks.complaint()
    desks.speak()
    placed: list[Sitting] = []
    monkeypatch.setattr(desks.streets.hub._desk, "placed", placed.append)
    desks.does(desks.manager, i.SettleComplaint(complaint_id=ends, text="Done."), as_actor(MANAGER))
    desks.does(desks.manager, i.FollowUpComplaint(complaint_id=ends), as_actor(MANAGER))
    comes = desks.complaint("10000000422")
    desks.speak()
    for sitting in placed:
        numbers.forget_ended(desks.kept.parent, sitting)
    assert KeptNumbers(desks.kept).number_of(ends) == ""
    assert number_to_call(desks.manager.hall, comes, as_actor(MANAGER)) == "10000000422"


def test_a_hub_that_is_a_later_hallq_may_refuse_for_a_reason_of_its_own(desks: Desks) -> None:
    complaint_id = desks.complaint()
    desks.speak()
    desks.manager.hall._ask_number = lambda asked: NumberAnswer(refusal="not-on-sundays")
    found = number_to_call(desks.manager.hall, complaint_id, as_actor(MANAGER))
    assert refused(found) is Reason.LATER_REASON
    assert isinstance(found, Refused)
    assert "not-on-sundays" in refusal_sentence(found.refusal)


def test_a_number_of_no_open_complaint_is_not_kept(desks: Desks) -> None:
    line = desks.clerk._line
    assert not line.keep_number(NumberKept(complaint_id="nobody", number=NUMBER)).is_kept
    assert KeptNumbers(desks.kept).number_of("nobody") == ""


async def test_the_managers_screen_shows_it_or_says_where_it_is(desks: Desks) -> None:
    desks.complaint()
    desks.speak()
    app = HallApp(desks.manager.hall, as_actor(MANAGER), role="manager")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "enter")
        assert "was taken at terminal t1" in painted(pilot)
        await press(pilot, "3")
        await settled(pilot)
        assert NUMBER in painted(pilot)
        desks.manager.runner.lost()
        await press(pilot, "escape", "3")
        await settled(pilot)
        assert NUMBER not in painted(pilot)
        assert "still at the terminal that took it" in painted(pilot)
