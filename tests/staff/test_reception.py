"""Signing in and unlocking: every wrong try is on the disk first, and slows one terminal down."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hallq.domain.staff import Role, StaffChange
from hallq.domain.wrong_tries import (
    FREE_TRIES,
    LONGEST_PAUSE_MS,
    PIN_TRIES,
    Tries,
    left_ms,
    one_more,
    pause_ms,
    rebased,
)
from hallq.hall import Actor, Hall
from hallq.hall.reception import No, Reception
from hallq.store import open_store
from tests.builders import TryHall, a_config
from tests.staff.people import CLERK, GUIDE, MANAGER, OTHER_CLERK, PASSWORD, PIN, employ


def _guesses(reception: Reception, times: int, terminal: str = "t1") -> No:
    no = No()
    for _ in range(times):
        answer = reception.sign_in("1001", "wrong guess", terminal)
        assert isinstance(answer, No)
        no = answer
    return no


def test_number_and_password_open(hall: TryHall) -> None:
    employ(hall.hall)
    reception = hall.hall.reception
    assert reception.sign_in("1001", PASSWORD, "t1") == CLERK
    assert reception.sign_in(" 1001 ", PASSWORD, "t1", Role.CLERK) == CLERK
    assert reception.sign_in("1001", PASSWORD, "t1", Role.MANAGER, Role.ADMIN) == No(
        lacks=frozenset({Role.MANAGER, Role.ADMIN})
    )
    for number, password in (("1001", PIN), ("1001", ""), ("1", PASSWORD), ("", ""), ("1001", "x" * 5_000)):
        assert isinstance(reception.sign_in(number, password, f"t-{number}-{password[:3]}"), No)


def test_who_is_no_longer_here_stays_outside(hall: TryHall) -> None:
    employ(hall.hall)
    hall.hall.change_staff(replace(CLERK, is_active=False), StaffChange.DISABLED, Actor("setup", "t1"))
    assert hall.hall.reception.sign_in("1001", PASSWORD, "t1") == No()
    assert isinstance(hall.hall.reception.unlock(CLERK.staff_id, PIN, "t1"), No)


def test_a_pin_unlocks_its_own_person_and_opens_nothing_else(hall: TryHall) -> None:
    employ(hall.hall)
    reception = hall.hall.reception
    assert reception.unlock(CLERK.staff_id, PIN, "t1") == CLERK
    assert isinstance(reception.unlock(CLERK.staff_id, PASSWORD, "t1"), No)
    assert isinstance(reception.unlock(OTHER_CLERK.staff_id, "", "t1"), No)  # who has none
    assert isinstance(reception.unlock(MANAGER.staff_id, PIN, "t1"), No)
    assert isinstance(reception.unlock("nobody", PIN, "t1"), No)
    assert isinstance(reception.sign_in("1001", PIN, "t1"), No)


def test_after_some_wrong_pins_only_the_password_helps(hall: TryHall) -> None:
    employ(hall.hall)
    reception = hall.hall.reception
    last = No()
    for _ in range(PIN_TRIES):
        answer = reception.unlock(CLERK.staff_id, "0000", "t1")
        assert isinstance(answer, No)
        last = answer
        hall.clock.pass_ms(LONGEST_PAUSE_MS)
    assert last.needs_password
    assert reception.unlock(CLERK.staff_id, PIN, "t1") == No(looked_at=False, needs_password=True)
    assert reception.sign_in("1001", PASSWORD, "t1") == CLERK
    assert reception.unlock(CLERK.staff_id, PIN, "t1") == CLERK


def test_a_prankster_slows_one_terminal_and_locks_nobody_out(hall: TryHall) -> None:
    employ(hall.hall)
    reception = hall.hall.reception
    assert _guesses(reception, FREE_TRIES).wait_ms == pause_ms(FREE_TRIES) > 0
    early = reception.sign_in("1001", PASSWORD, "t1")
    assert early == No(pause_ms(FREE_TRIES), looked_at=False)  # right, but too soon to be looked at
    assert reception.sign_in("1001", PASSWORD, "t2") == CLERK
    hall.clock.pass_ms(pause_ms(FREE_TRIES))
    assert reception.sign_in("1001", PASSWORD, "t1") == CLERK
    assert _guesses(reception, 1).wait_ms == 0  # the next slip of a finger costs nothing


def test_the_own_password_in_between_buys_no_more_guesses_at_somebody_elses(hall: TryHall) -> None:
    employ(hall.hall)
    reception = hall.hall.reception
    for _ in range(FREE_TRIES):
        assert isinstance(reception.sign_in("3001", "a guess", "t1"), No)
        assert reception.sign_in("1001", PASSWORD, "t1") == CLERK
    assert reception.sign_in("3001", PASSWORD, "t1") == No(pause_ms(FREE_TRIES), looked_at=False)
    assert reception.sign_in("1001", PASSWORD, "t1") == CLERK
    assert reception.sign_in("3001", PASSWORD, "t2") == MANAGER
    hall.clock.pass_ms(pause_ms(FREE_TRIES))
    assert reception.sign_in("3001", PASSWORD, "t1") == MANAGER


def test_a_try_is_on_the_disk_before_it_is_looked_at(hall: TryHall, tmp_path: Path) -> None:
    employ(hall.hall)
    _guesses(hall.hall.reception, FREE_TRIES)
    hall.clock.restart()
    store = open_store(tmp_path / "hall.db")
    again = Hall(store, a_config(), clock=hall.clock).reception
    assert again.sign_in("1001", PASSWORD, "t1") == No(pause_ms(FREE_TRIES), looked_at=False)
    store.close()


def test_a_clock_that_is_set_back_makes_no_pause_longer(hall: TryHall) -> None:
    employ(hall.hall)
    _guesses(hall.hall.reception, FREE_TRIES)
    hall.clock.set_wall(0)
    hall.clock.pass_ms(pause_ms(FREE_TRIES))
    assert hall.hall.reception.sign_in("1001", PASSWORD, "t1") == CLERK


def test_who_lacks_the_role_gives_no_word(hall: TryHall) -> None:
    employ(hall.hall)
    assert hall.hall.reception.sign_in("2001", PASSWORD, "t1", Role.MANAGER) == No(
        lacks=frozenset({Role.MANAGER})
    )
    assert hall.hall.reception.sign_in("3001", PASSWORD, "t1", Role.MANAGER) == MANAGER
    assert hall.hall.reception.sign_in("2001", PASSWORD, "t1") == GUIDE


# --- the rule itself --------------------------------------------------------------------

counts = st.integers(0, 1_000_000)
instants = st.integers(0, 2**50)


@given(counts)
def test_pauses_only_grow_and_never_pass_a_minute(count: int) -> None:
    assert 0 <= pause_ms(count) <= pause_ms(count + 1) <= LONGEST_PAUSE_MS
    assert (pause_ms(count) == 0) == (count < FREE_TRIES)


@given(counts, instants, instants)
def test_nobody_waits_longer_than_the_pause_whatever_the_clock_shows(count: int, then: int, now: int) -> None:
    tries = rebased(Tries(count, then), now)
    left = left_ms(tries, now)
    assert 0 <= left <= pause_ms(count)
    assert left_ms(tries, now + left) == 0  # waiting it out always helps
    assert left == 0 or left_ms(tries, now + left - 1) > 0


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_guesses_in_a_day_are_few_however_they_are_spread(gaps: list[int]) -> None:
    now, tries, counted = 0, Tries(), 0
    for gap in gaps:
        now += gap
        if left_ms(tries, now) == 0:
            tries, counted = one_more(tries, now), counted + 1
    pauses = sum(pause_ms(count) for count in range(counted))
    assert pauses <= now
