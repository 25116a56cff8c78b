"""Signing in, locking, changing people, and a manager's word, with real keys."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from hallq import typed_ahead
from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.staff import Role, Roster, StaffChange
from hallq.domain.wrong_tries import FREE_TRIES, PIN_TRIES, pause_ms
from hallq.hall import Actor, Hall
from hallq.i18n import set_language
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.guide import GuideScreen
from hallq.store import Store
from hallq.store import staff as staff_list
from hallq.store.joined import Joined
from tests.builders import HandClock, TryHall, a_config, a_hall
from tests.screens.hands import NAMES, app_of, at_once, painted, settled
from tests.staff.people import CLERK, EVERYBODY, GUIDE, MANAGER, OTHER_CLERK, PASSWORD, PIN, employ

SIZES = [(80, 24), (100, 30), (200, 60), (50, 16)]


@asynccontextmanager
async def at(
    hall: TryHall, role: str | None = None, *, counter: int | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """A terminal of a hall where people sign in."""
    set_language("en")
    app = HallApp(hall.hall, Actor("login", "t1"), role=role, counter=counter, sign_in=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
        await settled(pilot)
    set_language("en")


async def types(pilot: Pilot[None], *words: str) -> None:
    """Each word at once, and Enter after it."""
    for word in words:
        at_once(pilot, *word)
        await pilot.press("enter")
    await settled(pilot)


# --- the first admin --------------------------------------------------------------------


async def test_a_new_hall_asks_for_its_admin(hall: TryHall, quick_hashes: None) -> None:
    async with at(hall) as pilot:
        assert "This hall is new" in painted(pilot)
        await types(pilot, "", "Li", "short", "short")
        await types(pilot, "9001", "", "", "")  # Enter on the last line led to the one that was left out
        assert "at least 8" in painted(pilot)
        await types(pilot, PASSWORD, "something else")
        assert "not the same" in painted(pilot)
        assert hall.hall.roster.staff == {}
        await types(pilot, PASSWORD, PASSWORD)
        assert pilot.app.current_mode == "entry"
        assert app_of(pilot).actor.name == "9001"
        assert "staff list (F11)" in painted(pilot)
    (admin,) = hall.hall.roster.staff.values()
    assert admin.roles == {Role.ADMIN, Role.MANAGER}
    assert hall.hall.reception.sign_in("9001", PASSWORD, "t2") == admin


# --- signing in -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "number", "mode"),
    [
        (None, "2001", "guide"),
        (None, "1001", "counter"),
        (None, "3001", "entry"),  # a manager may work at the guide's desk too
        ("guide", "2001", "guide"),
        ("manager", "3001", "manager"),
        ("counter", "1001", "counter"),
        ("manager", "1001", "entry"),
    ],
)
async def test_number_and_password_lead_to_ones_place(
    staffed: TryHall, role: str | None, number: str, mode: str
) -> None:
    async with at(staffed, role, counter=3) as pilot:
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, number, PASSWORD)
        assert pilot.app.current_mode == mode
        assert app_of(pilot).actor == Actor(number, "t1", f"id-{number}")
        assert number in painted(pilot).splitlines()[0]


async def test_a_workplace_of_another_role_is_said(staffed: TryHall) -> None:
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "3001", PASSWORD)
        assert pilot.app.current_mode == "entry"
        assert "This is for: clerk. An admin gives roles: hallq staff roles" in painted(pilot)
        app_of(pilot).notices.clear()
        await pilot.press("f2")
        await settled(pilot)
        assert pilot.app.current_mode == "entry"
        assert "This is for: clerk." in painted(pilot)


async def test_help_names_the_lock_only_where_there_is_one(staffed: TryHall) -> None:
    async with at(staffed, "manager", size=(100, 40)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert "Lock this screen" not in painted(pilot)
        assert "Choose the PIN" not in painted(pilot)
        await pilot.press("escape")
        await types(pilot, "3001", PASSWORD)
        await pilot.press("f8")
        await pilot.pause()
        assert "Lock this screen" in painted(pilot)


async def test_the_entry_offers_what_the_roles_allow(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, "3001", PASSWORD)
        shown = painted(pilot)
        assert "Manager" in shown
        assert "call and serve" not in shown
        assert "short name" not in shown
        await pilot.press("1")
        await settled(pilot)
        assert pilot.app.current_mode == "guide"


async def test_a_wrong_password_keeps_the_number_and_says_so(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, "2001", "wrong guess")
        assert "do not fit" in painted(pilot)
        assert "2001" in painted(pilot)
        await types(pilot, PASSWORD)
        assert pilot.app.current_mode == "guide"


async def test_wrong_tries_slow_this_terminal_down(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await types(pilot, "1001", *["wrong guess"] * FREE_TRIES)
        assert "Wait 1 second." in painted(pilot)
        await types(pilot, PASSWORD)
        assert "Too soon" in painted(pilot)
        staffed.clock.pass_ms(pause_ms(FREE_TRIES))
        await types(pilot, PASSWORD)
        assert pilot.app.current_mode == "counter"


async def test_nothing_secret_is_ever_painted(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        for key in ("1", "0", "0", "1", "tab", *(NAMES.get(c, c) for c in PASSWORD)):
            await pilot.press(key)
            assert PASSWORD[:3] not in painted(pilot)
        assert "•" * len(PASSWORD) in painted(pilot)


async def test_what_was_typed_outlives_the_help_and_not_the_screen(staffed: TryHall) -> None:
    async with at(staffed) as pilot:
        await pilot.press(*"2001", "f8")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "2001" in painted(pilot)
        await pilot.press("f3")
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"
        assert "2001" not in painted(pilot)


async def test_keys_typed_ahead_reach_the_workplace(
    staffed: TryHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE_SECONDS", 60)  # a password may take its time on a busy machine
    async with at(staffed, "guide") as pilot:
        at_once(pilot, *f"2001\n{PASSWORD}\r1 ")
        ends = time.monotonic() + 60
        while not staffed.state.waiting() and time.monotonic() < ends:
            await pilot.pause(0.01)
        assert [t.label for t in staffed.state.waiting()] == ["B001"]
        assert staffed.state.waiting()[0].issued_by == GUIDE.staff_id


async def test_what_is_pasted_draws_nothing_and_hides_nothing(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        at_once(pilot, events.Paste("\x1b20\u202e0\u200b1\nmore"))
        await types(pilot, "", PASSWORD)
        assert app_of(pilot).actor.name == "2001"


async def test_the_board_needs_nobody(staffed: TryHall) -> None:
    async with at(staffed, "board") as pilot:
        assert pilot.app.current_mode == "board"
        await pilot.press("f4")
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"
        await pilot.press("f3")
        assert pilot.app.current_mode == "board"
        await pilot.press("f4")
        await types(pilot, "3001", PASSWORD)
        assert pilot.app.current_mode == "manager"


async def test_a_role_key_asks_for_the_role(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await pilot.press("f4")
        await settled(pilot)
        assert pilot.app.current_mode == "guide"
        assert "This is for: manager" in app_of(pilot).notices[-1].sentence


async def test_a_hall_that_switched_it_off_believes_names(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(staff={"sign_in": False}))
    async with at(hall) as pilot:
        await types(pilot, "w")
        await pilot.press("4")
        await settled(pilot)
        assert (pilot.app.current_mode, app_of(pilot).actor) == ("manager", Actor("w", "t1"))


class AtAHub(Hall):
    """A hall whose staff list is kept elsewhere."""

    @property
    def joined(self) -> Joined | None:
        """Who it is there."""
        return Joined("https://hub", "h1", "Hall", "d1", "t1", 1)


async def test_a_list_that_comes_down_from_the_hub_asks_whoever_is_here(hall: TryHall) -> None:
    hall = replace(hall, hall=AtAHub(hall.store, a_config(), clock=hall.clock))
    async with at(hall, "guide") as pilot:
        assert pilot.app.current_mode == "guide"  # the hub has no list: names are believed
        with hall.store.writing() as connection:
            staff_list.replace(connection, Roster.of(EVERYBODY, 5))
        hall.hall.refresh()
        app_of(pilot).look_after_screen()
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, "2001", PASSWORD)
        assert pilot.app.current_mode == "guide"


async def test_a_list_that_comes_down_leaves_the_board_on_the_wall(hall: TryHall) -> None:
    hall = replace(hall, hall=AtAHub(hall.store, a_config(), clock=hall.clock))
    async with at(hall, "board") as pilot:
        with hall.store.writing() as connection:
            staff_list.replace(connection, Roster.of(EVERYBODY, 5))
        hall.hall.refresh()
        app_of(pilot).look_after_screen()
        assert (pilot.app.current_mode, app_of(pilot).actor.staff) == ("board", "nobody")
        await pilot.press("f1")
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"


# --- locking ----------------------------------------------------------------------------


async def test_a_locked_screen_opens_with_the_pin_and_keeps_what_was_begun(staffed: TryHall) -> None:
    staffed.hall.change_staff(replace(GUIDE, pin_hash=CLERK.pin_hash), StaffChange.PIN, Actor("setup", "t1"))
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await pilot.press("2", "f12")
        await settled(pilot)
        shown = painted(pilot)
        assert "Locked: 2001 works here." in shown
        for key in ("f1", "f2", "f4", "escape"):
            await pilot.press(key)
            assert pilot.app.current_mode == "sign-in"
        await types(pilot, "0000")
        assert "not the PIN" in painted(pilot)
        await types(pilot, PIN)
        screen = pilot.app.screen
        assert isinstance(screen, GuideScreen)
        assert screen._draft.service == staffed.hall.config.hall.frequent[1]


async def test_an_unused_screen_locks_itself(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        staffed.clock.pass_minutes(14)
        app_of(pilot).look_after_screen()
        assert pilot.app.current_mode == "guide"
        await pilot.press("1")
        staffed.clock.pass_minutes(14)
        app_of(pilot).look_after_screen()
        assert pilot.app.current_mode == "guide"
        staffed.clock.pass_minutes(1)
        app_of(pilot).look_after_screen()
        await settled(pilot)
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, PASSWORD)
        assert pilot.app.current_mode == "guide"


async def test_zero_minutes_never_lock(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(staff={"lock_after_minutes": 0}))
    employ(hall.hall)
    async with at(hall, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        clock.pass_minutes(600)
        app_of(pilot).look_after_screen()
        assert pilot.app.current_mode == "guide"


async def test_a_board_shows_on_when_its_person_is_away(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await pilot.press("f3")
        staffed.clock.pass_minutes(20)
        app_of(pilot).look_after_screen()
        assert pilot.app.current_mode == "board"
        await pilot.press("f1")
        await settled(pilot)
        assert "Locked: 2001" in painted(pilot)


async def test_after_wrong_pins_the_password_opens(staffed: TryHall) -> None:
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        await pilot.press("f12")
        for _ in range(PIN_TRIES):
            await types(pilot, "0000")
            staffed.clock.pass_minutes(1)
        assert "Type the password" in painted(pilot)
        await types(pilot, PIN)
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, PASSWORD)
        assert pilot.app.current_mode == "counter"


async def test_who_was_disabled_stays_locked_out_and_can_do_nothing(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        gone = replace(GUIDE, is_active=False)
        staffed.hall.change_staff(gone, StaffChange.DISABLED, Actor("setup", "t1"))
        await pilot.press("1", "space")
        await settled(pilot)
        assert "Sign in again" in app_of(pilot).notices[-1].sentence
        assert staffed.state.waiting() == []


async def test_a_person_chooses_a_pin(staffed: TryHall, quick_hashes: None) -> None:
    async with at(staffed, "guide") as pilot:
        await pilot.press("f10")
        assert pilot.app.current_mode == "sign-in"
        await types(pilot, "2001", PASSWORD)
        for key in ("f10", "1"):
            await pilot.press(key)
            await settled(pilot)
        for tried, said in (
            (("wrong guess", "2580", "2580"), "not the password"),
            ((PASSWORD, "1111", "1111"), "try that PIN first"),
            ((PASSWORD, "2580", "2581"), "not the same"),
        ):
            await types(pilot, *tried)
            assert said in painted(pilot)
        await types(pilot, PASSWORD, "2580", "2580")
        assert "Your PIN is changed." in painted(pilot)
        await pilot.press("f12")
        await types(pilot, "2580")
        assert pilot.app.current_mode == "guide"
    guide = staffed.hall.roster.staff[GUIDE.staff_id]
    assert staffed.hall.reception.unlock(GUIDE.staff_id, "2580", "t1") == guide
    assert guide.roles == GUIDE.roles


async def test_an_open_question_is_there_again_behind_the_lock(staffed: TryHall) -> None:
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("f12")
        await settled(pilot)
        assert "Locked: 1001" in painted(pilot)
        await pilot.press("f5")
        assert "Locked: 1001" in painted(pilot)
        await types(pilot, PIN)
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("1")
        await settled(pilot)
        assert staffed.state.counter(2).state == "paused"


# --- changing people --------------------------------------------------------------------


async def test_a_colleague_takes_the_counter_over_with_its_customer(staffed: TryHall) -> None:
    staffed.issues()
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        for _ in range(2):  # open, call
            await pilot.press("space")
            await settled(pilot)
            staffed.clock.pass_ms(1_000)
        await pilot.press("f12")
        await settled(pilot)
        at_once(pilot, *"half a pass")  # the next one finds nothing of it
        await pilot.press("f9")
        await types(pilot, "1002", PASSWORD)
        assert pilot.app.current_mode == "counter"
        assert "Take over" in painted(pilot)
        assert "1001's counter: Space takes it over." in painted(pilot)
        assert "Space when the customer is here" not in painted(pilot)
        await pilot.press("r")
        assert "Take it over first" in painted(pilot)
        await pilot.press("space")
        await settled(pilot)
        assert staffed.state.counter(2).clerk == OTHER_CLERK.number
        staffed.clock.pass_ms(1_000)
        await pilot.press("space")
        await settled(pilot)
        assert staffed.state.counter(2).state == "serving"


async def test_who_pressed_the_key_for_the_next_person_by_mistake_is_back_with_the_password(
    staffed: TryHall,
) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await pilot.press("f9")
        await settled(pilot)
        assert "Esc: 2001 again" in painted(pilot)
        await pilot.press("escape")
        await types(pilot, PASSWORD)
        assert pilot.app.current_mode == "guide"
        await pilot.press("f9", "escape")
        await settled(pilot)
        await pilot.press("escape")  # the second time it is the way out, as ever
        await settled(pilot)
        assert "End here?" in painted(pilot)


async def test_a_clerk_goes_back_to_the_own_counter(staffed: TryHall) -> None:
    staffed.does(i.OpenCounter(counter=5, clerk="1001"))
    async with at(staffed) as pilot:
        await types(pilot, "1001", PASSWORD)
        assert (pilot.app.current_mode, app_of(pilot).counter_number) == ("counter", 5)


async def test_the_next_clerk_finds_the_counter_at_which_the_terminal_stands(staffed: TryHall) -> None:
    staffed.does(i.OpenCounter(counter=5, clerk="1001"))
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        assert app_of(pilot).counter_number == 5
        assert "To work at counter 2, close it (L)" in app_of(pilot).notices[-1].sentence
        await pilot.press("f9")
        await types(pilot, "1002", PASSWORD)
        assert app_of(pilot).counter_number == 2


async def test_who_closes_the_counter_that_came_along_is_at_that_of_the_terminal(staffed: TryHall) -> None:
    staffed.does(i.OpenCounter(counter=5, clerk="1001"))
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        for key in "l", "space":
            await pilot.press(key)
            await settled(pilot)
        assert [staffed.state.counter(number).clerk for number in (5, 2)] == [None, "1001"]


# --- a manager's word -------------------------------------------------------------------


async def cancel_first(pilot: Pilot[None]) -> None:
    """X, the first number of the list, the first reason."""
    for key in ("x", "enter", "1"):
        await pilot.press(key)
    await settled(pilot)


async def test_somebody_elses_number_is_withdrawn_with_a_managers_word(staffed: TryHall) -> None:
    staffed.issues()
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await cancel_first(pilot)
        assert isinstance(pilot.app.screen, FormDialog)
        assert "B001" in painted(pilot)
        await types(pilot, "2001", PASSWORD)
        assert "another role: manager" in painted(pilot)
        await types(pilot, "wrong guess")
        assert isinstance(pilot.app.screen, FormDialog)
        await pilot.press("up", "ctrl+u")
        await types(pilot, "3001", PASSWORD)
        assert pilot.app.current_mode == "guide"
        assert staffed.state.tickets == {}
        assert app_of(pilot).actor.name == "2001"
    with staffed.store.reading() as connection:
        (word,) = connection.execute(
            "SELECT json_extract(body, '$.word') FROM event WHERE kind = 'ticket.cancelled'"
        ).fetchone()
    assert word == MANAGER.staff_id


async def test_without_a_word_it_stays_and_what_was_typed_is_there_again(
    store: Store, clock: HandClock
) -> None:
    hall = a_hall(store, clock, a_config(staff={"priority_by_hand": 0}))
    employ(hall.hall)
    async with at(hall, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        for key in ("1", "p", "1", "space"):
            await pilot.press(key)
        await settled(pilot)
        assert isinstance(pilot.app.screen, FormDialog)
        await pilot.press("escape")
        await settled(pilot)
        assert hall.state.tickets == {}
        screen = pilot.app.screen
        assert isinstance(screen, GuideScreen)
        assert screen._draft.priority_reason
        await pilot.press("space")
        await settled(pilot)
        await types(pilot, "3001", PASSWORD)
        (ticket,) = hall.state.waiting()
        assert ticket.label == "V001"
        assert screen._draft.priority_reason is None


# --- room -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everything_stands_at_every_size(hall: TryHall, size: tuple[int, int], language: str) -> None:
    async with at(hall, size=size) as pilot:
        if language == "zh":
            await pilot.press("f7")
        await pilot.pause()
        screen = pilot.app.screen
        for selector in ("Form", "#sign-in-question", "#sign-in-hint"):
            region = screen.query_one(selector).region
            assert region.height > 0
            assert region.bottom < size[1]
            assert region.right <= size[0]
        assert screen.query_one("#sign-in-question", Static).region.height <= 2
