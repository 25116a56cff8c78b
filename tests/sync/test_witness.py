"""A terminal that is cut off calls what it has in hand in one copy of its file only."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from platformdirs import user_state_path

from hallq.cli.exits import Exit
from hallq.cli.running import run
from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.hall import Done, Refused
from hallq.store import numbers, open_store
from hallq.store.converting import convert
from hallq.store.in_hand import seen_in_hand
from hallq.store.witness import APP, Remembered
from hallq.sync.opening import opened
from hallq.sync.status import Link
from tests.builders import DATE, HandClock
from tests.sync.lives import HALL, Terminal, Town, agree
from tests.sync.network import CLERK, Streets


@pytest.fixture
def clerk(town: Town) -> Terminal:
    """A clerk's terminal with three tickets leased to it and one of its own that was never sent; cut off."""
    guide, clerk = town.terminal("guide", home="guide"), town.terminal("clerk", home="clerk")
    guide.does(i.OpenDay(business_date=DATE))
    for _ in range(6):
        guide.issues()
    agree(guide, clerk)
    clerk.opens(2)
    agree(guide, clerk)
    clerk.cut()
    clerk.issues()
    return clerk


def _copied(source: Path, target: Path) -> Path:
    """The database as it lies on the disk."""
    for part in ("", "-wal"):
        target.with_name(target.name + part).unlink(missing_ok=True)
        if source.with_name(source.name + part).exists():
            shutil.copy(source.with_name(source.name + part), target.with_name(target.name + part))
    return target


def _number(terminal: Terminal) -> int:
    """The number that the next customer gets there."""
    ticket_id = terminal.issues()
    return terminal.state.tickets[ticket_id].number


def _again(town: Town, clerk: Terminal, clock: HandClock | None = None) -> Terminal:
    """The next run of the program on the same file."""
    clerk.hall.close()
    again = town.started(open_store(clerk.store.path), "clerk", clock or clerk.clock, "clerk")
    again.cut()
    return again


def test_what_is_in_hand_stays_so_over_a_restart_of_the_program(town: Town, clerk: Terminal) -> None:
    before = clerk.hall.in_hand(2)
    assert before is not None
    assert len(before) == 4
    again = _again(town, clerk)
    assert again.hall.in_hand(2) == before
    again.serves(2)


def test_a_copy_has_nothing_in_hand_but_what_it_issues_itself(town: Town, clerk: Terminal) -> None:
    path = _copied(clerk.store.path, town.folder / "copy.db")
    copy = town.started(open_store(path), "copy", home="copy")
    copy.cut()
    assert copy.refuses_at(i.CallNext(counter=2)) is Reason.HUB_FIRST
    copy.issues()
    copy.serves(2)
    copy.finishes(2)
    assert copy.refuses_at(i.CallNext(counter=2)) is Reason.HUB_FIRST
    clerk.serves(2)


def test_a_file_that_was_put_back_has_nothing_in_hand_until_the_hub_has_spoken(
    town: Town, clerk: Terminal
) -> None:
    backup = _copied(clerk.store.path, town.folder / "backup.db")
    clerk.serves(2)
    clerk.hall.close()
    _copied(backup, clerk.store.path)
    restored = town.started(open_store(clerk.store.path), "clerk", home="clerk")
    restored.cut()
    assert restored.hall.in_hand(2) == frozenset()
    assert restored.refuses_at(i.CallNext(counter=2)) is Reason.HUB_FIRST
    restored.healed()
    agree(restored)
    restored.cut()
    assert len(restored.hall.in_hand(2) or ()) == 3


def test_what_is_in_hand_stays_so_over_a_power_cut_of_the_machine(town: Town, clerk: Terminal) -> None:
    before = clerk.hall.in_hand(2)
    assert before
    again = _again(town, clerk, replace(clerk.clock, starts=2))
    assert again.hall.in_hand(2) == before
    again.serves(2)


def test_what_is_in_hand_stays_so_when_the_file_is_encrypted(town: Town, clerk: Terminal) -> None:
    before = clerk.hall.in_hand(2)
    clerk.hall.close()
    for encrypt in (True, False, True):
        convert(clerk.store.path, encrypt=encrypt, device=clerk.file.joined.device)
    again = town.started(open_store(clerk.store.path), "clerk", clerk.clock, "clerk")
    again.cut()
    assert again.hall.in_hand(2) == before != frozenset()
    again.serves(2)
    again.healed()
    agree(again)


def test_a_witness_that_missed_the_last_writes_knows_the_file_still(town: Town, clerk: Terminal) -> None:
    before = clerk.hall.in_hand(2)
    clerk.store.witness.keep(1)  # what a power cut leaves of it
    again = _again(town, clerk)
    assert again.hall.in_hand(2) == before != frozenset()


def test_a_file_that_was_put_back_is_known_after_a_restart_of_the_machine(
    town: Town, clerk: Terminal
) -> None:
    backup = _copied(clerk.store.path, town.folder / "backup.db")
    clerk.serves(2)
    clerk.hall.close()
    _copied(backup, clerk.store.path)
    clock = replace(clerk.clock, starts=2)
    for _ in range(2):
        restored = town.started(open_store(clerk.store.path), "clerk", clock, "clerk")
        restored.cut()
        assert restored.hall.in_hand(2) == frozenset()
        assert restored.refuses_at(i.CallNext(counter=2)) is Reason.HUB_FIRST
        restored.hall.close()


def test_where_the_memory_was_lost_the_hub_must_speak_first(town: Town, clerk: Terminal) -> None:
    for memory in user_state_path(APP, appauthor=False).iterdir():
        memory.unlink()
    again = _again(town, clerk)
    assert again.hall.in_hand(2) == frozenset()
    again.healed()
    agree(again)
    again.cut()
    assert len(again.hall.in_hand(2) or ()) == 3


def test_a_copy_that_finds_the_hub_must_be_enrolled_anew_and_takes_nothing_from_the_original(
    town: Town, clerk: Terminal
) -> None:
    path = _copied(clerk.store.path, town.folder / "copy.db")
    copy = town.started(open_store(path), "copy", home="copy")
    assert copy.syncs() is Link.FENCED
    assert copy.refuses_at(i.IssueTicket(service="payment")) is Reason.ENROL_ANEW
    clerk.serves(2)
    clerk.healed()
    assert clerk.syncs() is Link.CONNECTED
    assert copy.syncs() is Link.FENCED


def test_a_file_that_was_put_back_goes_on_at_once(town: Town, clerk: Terminal) -> None:
    backup = _copied(clerk.store.path, town.folder / "backup.db")
    clerk.healed()
    clerk.hall.close()
    between = town.started(open_store(clerk.store.path), "clerk", home="clerk")
    between.syncs()
    between.hall.close()
    _copied(backup, clerk.store.path)
    restored = town.started(open_store(clerk.store.path), "clerk", home="clerk")
    assert restored.syncs() is Link.CONNECTED
    assert restored.syncs() is Link.CONNECTED


def test_a_file_that_was_put_back_before_a_restart_waits_a_minute_and_says_so(
    town: Town, clerk: Terminal
) -> None:
    backup = _copied(clerk.store.path, town.folder / "backup.db")
    clerk.healed()
    clerk.hall.close()
    between = town.started(open_store(clerk.store.path), "clerk", home="clerk")
    between.syncs()
    between.hall.close()
    _copied(backup, clerk.store.path)
    clock = replace(clerk.clock, starts=2)
    restored = town.started(open_store(clerk.store.path), "clerk", clock, "clerk")
    assert restored.syncs() is Link.WAITS
    assert restored.refuses_at(i.IssueTicket(service="payment")) is Reason.ENROL_ANEW
    town.clock.pass_minutes(2)
    assert restored.syncs() is Link.CONNECTED
    assert restored.worker.status.is_restored
    restored.issues()
    assert not town.hub.devices(HALL)[1].fenced


def test_numbers_leap_when_everything_was_put_back(town: Town, clerk: Terminal) -> None:
    path = clerk.store.path
    backup = _copied(path, town.folder / "backup.db")
    shutil.copy(numbers.path_of(path), numbers.path_of(backup))
    last = _number(clerk)
    clerk.hall.close()
    _copied(backup, path)
    shutil.copy(numbers.path_of(backup), numbers.path_of(path))
    restored = town.started(open_store(path), "clerk", home="clerk")
    restored.cut()
    assert _number(restored) > last


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_copy_gives_no_numbers_before_it_ever_reached_the_hub(streets: Streets, is_whole: bool) -> None:
    guide = streets.opened()
    guide.does(i.IssueTicket(service="payment"))
    copy = streets.folder / "copy"
    copy.mkdir()
    for file in streets.folder.glob("guide.db*"):
        if is_whole or file.name in ("guide.db", "guide.db-wal"):
            shutil.copy(file, copy / file.name)
    beside = opened(open_store(copy / "guide.db"), streets.config, copy / "hall.toml")
    result = beside.hall.perform(i.IssueTicket(service="payment"), CLERK)
    assert isinstance(result, Refused)
    assert result.refusal.reason is Reason.ENROL_ANEW
    beside.stop()
    beside.hall.close()
    again = opened(guide.store, streets.config, streets.folder / "hall.toml")
    assert isinstance(again.hall.perform(i.IssueTicket(service="payment"), CLERK), Done)
    again.stop()


@pytest.mark.parametrize(("count", "code"), [(None, 0), (1_000_000, Exit.REFUSED)])
def test_a_person_may_answer_for_it_where_the_memory_was_lost_but_not_for_an_older_file(
    streets: Streets, count: int | None, code: int
) -> None:
    guide = streets.opened()
    guide.does(i.IssueTicket(service="payment"))
    who = guide.hall.joined
    assert who is not None
    guide.store.witness.testify(who.device if count else "another device", Remembered(count or 1, None))
    assert not seen_in_hand(guide.store, who).tickets
    assert run(["vouch", "--db", str(guide.store.path)]) == code
    assert len(seen_in_hand(guide.store, who).tickets) == (1 if code == 0 else 0)


def test_a_witness_that_cannot_be_written_is_told(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = town.terminal().store
    assert store.witness.fault() == ""
    barred = tmp_path / "a file where the folder should be"
    barred.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(barred))
    assert store.witness.fault()
