"""A terminal whose disk was copied: of two that live only one may give numbers and call."""

import shutil

import pytest

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.refusals import Reason
from hallq.store import joined, open_store
from hallq.sync.status import Link
from tests.builders import DATE
from tests.sync.lives import HALL, Terminal, Town, agree


def _copy_of(terminal: Terminal, town: Town) -> Terminal:
    """Its file as it lies on the disk, run elsewhere."""
    for beside in ("", "-wal"):
        shutil.copy(f"{terminal.store.path}{beside}", town.folder / f"copy.db{beside}")
    return town.started(open_store(town.folder / "copy.db"), "copy")


def test_a_fenced_copy_finishes_what_it_has_and_begins_nothing(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    for _ in range(5):
        guide.issues()
    agree(guide, clerk)
    clerk.opens(2)
    clerk.serves(2)
    agree(guide, clerk)
    copy = _copy_of(clerk, town)
    assert copy.syncs() is Link.CONNECTED
    assert clerk.syncs() is Link.BEHIND
    assert clerk.syncs() is Link.FENCED
    assert clerk.refuses_at(i.IssueTicket(service="payment")) is Reason.ENROL_ANEW
    clerk.finishes(2)
    assert clerk.refuses_at(i.CallNext(counter=2)) is Reason.ENROL_ANEW
    assert copy.issues()
    agree(guide, copy)


def test_a_fenced_copy_that_its_hub_no_longer_knows_is_a_copy_still(town: Town) -> None:
    clerk = town.terminal("clerk")
    clerk.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    copy = _copy_of(clerk, town)
    copy.syncs()
    clerk.syncs()
    assert clerk.syncs() is Link.FENCED
    town.hub.revoke(HALL, clerk.file.joined.device)
    assert clerk.syncs() is Link.REVOKED
    assert clerk.refuses_at(i.IssueTicket(service="payment")) is Reason.ENROL_ANEW


@pytest.mark.parametrize("is_cut", [False, True])
def test_the_copy_that_came_first_to_the_hub_is_the_one_that_lives(town: Town, is_cut: bool) -> None:
    clerk = town.terminal("clerk")
    clerk.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    copy = _copy_of(clerk, town)
    copy.line.is_cut = is_cut
    clerk.issues()
    clerk.syncs()
    assert copy.syncs() is (Link.CUT_OFF if is_cut else Link.CONNECTED)
    links = {clerk.syncs(), clerk.syncs()}
    assert (Link.FENCED in links) is not is_cut


def test_what_was_written_under_an_earlier_name_is_not_contested_here(town: Town) -> None:
    clerk = town.terminal("clerk")
    clerk.does(i.OpenDay(business_date=DATE))
    clerk.opens(2)
    clerk.cut()
    clerk.does(i.PauseCounter(counter=2, reason="rest"))
    with clerk.store.writing() as connection:
        joined.start_anew(connection, town.enrolled("clerk"))
    again = town.started(clerk.store, "clerk")
    again.does(i.ResumeCounter(counter=2))
    assert again.state.figures.get("contested", 0) == 0
    assert again.state.counter(2).state is CounterState.OPEN
    agree(again)
    assert again.state.figures.get("contested", 0) == 0


def test_what_was_issued_before_is_in_nobodys_hand_after_a_new_enrolment(town: Town) -> None:
    clerk = town.terminal("clerk")
    clerk.does(i.OpenDay(business_date=DATE))
    clerk.opens(2)
    agree(clerk)
    clerk.cut()
    clerk.issues()
    copy = _copy_of(clerk, town)
    with copy.store.writing() as connection:
        joined.start_anew(connection, town.enrolled("one terminal more"))
    copy = town.started(copy.store, "copy")
    copy.file.trust()
    clerk.file.look()
    assert copy.file.counts()["in_hand"] == 0
    assert clerk.file.counts()["in_hand"] == 1
