"""The shift at real keys: coming and going, the roll call, the handover log, lanes, a manager's word."""

from typing import Any

import pytest

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange, Whereabouts
from hallq.domain.handover import Topic
from hallq.domain.lanes import LaneChoice, Tier
from hallq.election import Election
from hallq.hall import Actor, Hall
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.dialogs.handover import HandoverDialog, RollDialog
from hallq.store import Store
from tests.builders import DATE, MINUTE_MS, HandClock, TryHall, a_config, a_hall
from tests.rig.waiting import until
from tests.screens.hands import painted, press
from tests.screens.test_sign_in import at, types
from tests.staff.people import CLERK, EVERYBODY, MANAGER, PASSWORD, PIN, employ


def written(hall: TryHall, kind: str, *fields: str) -> list[tuple[Any, ...]]:
    """These fields of every event of a kind."""
    columns = ", ".join(f if f in ("actor", "terminal") else f"json_extract(body, '$.{f}')" for f in fields)
    query = f"SELECT {columns} FROM event WHERE kind = ? ORDER BY position"
    with hall.store.reading() as connection:
        return list(connection.execute(query, (kind,)))


def whereabouts(hall: TryHall) -> Whereabouts:
    """Where clerk 1001 is."""
    return hall.state.attendance["id-1001"].whereabouts


# --- coming and going ---------------------------------------------------------------------


async def test_who_comes_leaves_the_screen_and_goes_is_written_down(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await press(pilot, "f9")
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "f12")
        await types(pilot, PIN)
    assert written(staffed, "shift.presence", "actor", "terminal", "staff", "change") == [
        ("2001", "t1", "id-2001", "signed-in"),
        ("2001", "t1", "id-2001", "signed-out"),
        ("1001", "t1", "id-1001", "signed-in"),
        ("1001", "t1", "id-1001", "locked"),
        ("1001", "t1", "id-1001", "unlocked"),
        ("1001", "t1", "id-1001", "signed-out"),  # the program ended
    ]


async def test_a_screen_that_nobody_touches_is_told_where_none_locks(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(staff={"lock_after_minutes": 0}))
    employ(hall.hall, *EVERYBODY)
    async with at(hall, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "space")
        clock.pass_minutes(20)
        pilot.app._next_beat()  # type: ignore[attr-defined]
        until(lambda: whereabouts(hall) is Whereabouts.AWAY, "the absence is told")
        assert hall.state.attendance["id-1001"].since_ms == hall.hall.now_ms() - 20 * MINUTE_MS
        await press(pilot, "f5")
        until(lambda: whereabouts(hall) is Whereabouts.HERE, "the clerk is back")


async def test_who_works_at_a_screen_says_so_now_and_then(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(staff={"lock_after_minutes": 0}))
    employ(hall.hall, *EVERYBODY)
    async with at(hall, "counter", counter=2) as pilot:

        async def minutes_later(*keys: str) -> None:
            clock.pass_minutes(6)
            await press(pilot, *keys)
            pilot.app._next_beat()  # type: ignore[attr-defined]

        await types(pilot, "1001", PASSWORD)
        await minutes_later("f5")
        await press(pilot, "escape")
        await minutes_later()  # twelve minutes after the sign-in: six of them were hers
        until(lambda: len(written(hall, "shift.presence", "change")) == 2, "the sign is written")
        assert written(hall, "shift.presence", "change", "idle_ms")[-1] == ("touched", 6 * MINUTE_MS)
        await minutes_later()
        await minutes_later()  # nobody touched it: nothing to say
    assert [row[0] for row in written(hall, "shift.presence", "change")] == [
        "signed-in",
        "touched",
        "signed-out",
    ]


async def test_who_signs_out_at_a_second_terminal_and_works_on_at_the_first_is_here(staffed: TryHall) -> None:
    other = Hall(staffed.store, staffed.hall.config, clock=staffed.clock)
    async with at(staffed, "counter", counter=2) as pilot:
        await types(pilot, "1001", PASSWORD)
        until(lambda: "id-1001" in staffed.state.attendance, "the clerk is here")
        staffed.clock.pass_minutes(1)
        for change in (PresenceChange.SIGNED_IN, PresenceChange.SIGNED_OUT):
            seen = i.ReportPresence(staff_id="id-1001", number="1001", change=change)
            other.perform(seen, Actor("1001", "t1", "id-1001"))
        staffed.hall.refresh()
        assert whereabouts(staffed) is Whereabouts.OUT
        await press(pilot, "space")
        until(lambda: whereabouts(staffed) is Whereabouts.HERE, "the clerk who works is here")


@pytest.mark.parametrize("lives", [True, False])
async def test_who_was_left_behind_by_a_killed_program_is_found_when_another_signs_in(
    staffed: TryHall, lives: bool
) -> None:
    other = Hall(staffed.store, staffed.hall.config, clock=staffed.clock)
    mark = Election(staffed.store.path, f"run-{other.incarnation}")
    mark.try_take()
    here = i.ReportPresence(staff_id="id-1001", number="1001", change=PresenceChange.SIGNED_IN)
    other.perform(here, Actor("1001", "t1", "id-1001"))
    if not lives:
        mark.leave()  # as the system does for a program that is killed
    staffed.hall.refresh()
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        until(lambda: "id-2001" in staffed.state.attendance, "the guide is here")
        assert whereabouts(staffed) is (Whereabouts.HERE if lives else Whereabouts.OUT)
    runs = [path.name for path in staffed.store.path.parent.glob("*.run-*")]
    assert len(runs) == lives  # a run that ended well leaves nothing
    mark.leave()


# --- the roll call --------------------------------------------------------------------------


async def test_the_roll_call_names_who_is_missing_and_who_has_a_day_off(staffed: TryHall) -> None:
    staffed.does(i.OpenCounter(counter=5, clerk="1001"))
    staffed.does(i.ReportPresence(staff_id=CLERK.staff_id, number="1001", change=PresenceChange.SIGNED_IN))
    async with at(staffed, "manager") as pilot:
        await types(pilot, "3001", PASSWORD)
        until(lambda: "id-3001" in staffed.state.attendance, "the manager is here")
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, RollDialog)
        text = painted(pilot)
        assert "Here: 2 of 4. Everybody signs in by 08:20." in text
        assert "Counter 5" in next(line for line in text.splitlines() if "Staff 1001" in line)
        assert "not here yet" in next(line for line in text.splitlines() if "Staff 1002" in line)
        assert "Staff 9001" not in text  # an admin alone serves nobody
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RollDialog)
        assert "Here: 2 of 3" in painted(pilot)
        assert "not expected today" in next(
            line for line in painted(pilot).splitlines() if "Staff 1002" in line
        )
        await press(pilot, "escape")
    assert written(staffed, "shift.presence", "actor", "staff_id", "change")[-2:] == [
        ("3001", "id-1002", "excused"),
        ("3001", "id-3001", "signed-out"),
    ]


# --- the handover log -----------------------------------------------------------------------


async def test_what_one_shift_writes_the_next_one_reads_and_settles(staffed: TryHall) -> None:
    async with at(staffed, "manager") as pilot:
        await types(pilot, "3001", PASSWORD)
        await press(pilot, "h")
        assert "Nothing is handed over." in painted(pilot)
        await press(pilot, "n", "2")
        await types(pilot, "Mrs W comes again, 10000000000")
        assert "new entr" not in painted(pilot)  # no news to its writer
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, HandoverDialog)
        assert "Mrs W comes again, *******" in painted(pilot)
        assert "not read yet" in painted(pilot)
        await press(pilot, "escape", "e", "enter", "y")
        assert staffed.state.notes == {}
    assert written(staffed, "shift.notes-read", "actor") == [("1001",)]
    assert written(staffed, "shift.note-settled", "actor") == [("1001",)]


async def test_a_fault_at_a_counter_is_seen_there_and_by_the_manager(staffed: TryHall) -> None:
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "e", "n", "1")
        await types(pilot, "card reader is slow")
        assert "Counter 3 !faulty" in painted(pilot).splitlines()[0]
        await press(pilot, "f7")
        assert "3 号窗口 !故障" in painted(pilot).splitlines()[0]
        await press(pilot, "f7")
    (note,) = staffed.state.notes.values()
    assert (note.topic, note.at_counter, note.writer) == (Topic.EQUIPMENT, 3, "1001")
    async with at(staffed, "manager", size=(100, 40)) as pilot:
        await types(pilot, "3001", PASSWORD)
        assert "One new entry in the handover log. Read it (H)" in painted(pilot)
        assert "card reader is slow" in painted(pilot)
        await press(pilot, "h", "escape")
        assert "One new entry" not in painted(pilot)


async def test_a_guide_hands_over_and_a_clerk_reads_it_with_a_customer_in_front(staffed: TryHall) -> None:
    async with at(staffed, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await press(pilot, "h", "n", "1", "3")
        await types(pilot, "stool is broken")
    (note,) = staffed.state.notes.values()
    assert (note.topic, note.at_counter, note.writer) == (Topic.EQUIPMENT, 3, "2001")
    staffed.does(i.OpenCounter(counter=3, clerk="1001"))
    staffed.issues()
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "1001", PASSWORD)
        for deed in (i.CallNext(counter=3), i.ConfirmArrival(counter=3)):
            staffed.does(deed)
            await press(pilot, "e")
            assert "stool is broken" in painted(pilot)
            await press(pilot, "escape")


# --- closing ---------------------------------------------------------------------------------


async def test_who_closes_the_day_reads_what_is_open(staffed: TryHall) -> None:
    signed_in = i.ReportPresence(staff_id="id-1001", number="1001", change=PresenceChange.SIGNED_IN)
    excused = i.ReportPresence(staff_id="id-1002", number="1002", change=PresenceChange.EXCUSED)
    for deed in (
        signed_in,
        excused,
        i.WriteNote(topic=Topic.EQUIPMENT, text="card reader is slow", at_counter=3),
        *(i.WriteNote(topic=Topic.EQUIPMENT, text="stool", at_counter=number) for number in (4, 5)),
        i.WriteNote(topic=Topic.CASE, text="Mrs W comes again"),
        i.TakeComplaint(category="mobile", text="No signal."),
        i.BookAppointment(slot=f"{DATE}T15:00", service="payment", tier=Tier.GOLD),
    ):
        staffed.does(deed)
    staffed.issues()
    async with at(staffed, "manager", size=(80, 24)) as pilot:
        await types(pilot, "3001", PASSWORD)
        await press(pilot, "d")
        told = painted(pilot)
        assert "PgDn reads on" in told  # more than there is room for, and still how to choose
        await press(pilot, "pagedown")
        told += painted(pilot)
        for line in (
            "waiting (1): B001",
            "Still signed in: 1001",
            "Expected today, never here: 2001",
            "1 customer with an appointment may still come",
            "! Equipment · Counter 3 · card reader is slow",
            "1 entry open in the handover log (H)",
            "Complaints open: 1, overdue: 0 (I)",
            "Carry over all 1",
        ):
            assert line in told
        await press(pilot, "1")
        assert not staffed.state.is_open  # it is told, and holds nobody


# --- a manager's word -------------------------------------------------------------------------


async def test_a_clerk_changes_the_own_lanes_with_a_managers_word(staffed: TryHall) -> None:
    staffed.does(i.OpenCounter(counter=3, clerk="1001"))
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "w", "4")
        assert isinstance(pilot.app.screen, FormDialog)
        assert staffed.state.counter(3).lanes is None
        await types(pilot, "3001", PASSWORD)
        assert staffed.state.counter(3).lanes is LaneChoice.PRIORITY_ONLY
        assert "Today here: Priority only" in painted(pilot)
    row = ("1001", "t1", CLERK.staff_id, MANAGER.staff_id, 3)
    assert written(staffed, "counter.lanes-changed", "actor", "terminal", "staff", "word", "counter") == [row]


async def test_the_manager_changes_lanes_at_the_own_screen(staffed: TryHall) -> None:
    async with at(staffed, "manager") as pilot:
        await types(pilot, "3001", PASSWORD)
        await press(pilot, "w", "6", "5")
        assert staffed.state.counter(6).lanes is LaneChoice.STANDARD_FIRST
        (line,) = [line for line in painted(pilot).splitlines() if "S 1st" in line]
        assert " 6 " in line


async def test_a_closed_day_is_opened_again_with_a_managers_word(staffed: TryHall) -> None:
    staffed.does(i.CloseDay())
    async with at(staffed, "counter", counter=3) as pilot:
        await types(pilot, "1001", PASSWORD)
        await press(pilot, "space", "y")
        assert isinstance(pilot.app.screen, FormDialog)
        await types(pilot, "3001", PASSWORD)
        assert staffed.state.is_open
    assert written(staffed, "day.opened", "business_date", "staff", "word")[-1] == (
        DATE,
        CLERK.staff_id,
        MANAGER.staff_id,
    )
    assert staffed.state.day is not None
    assert staffed.state.day.times_opened == 2


async def test_priority_beyond_the_allowance_has_the_managers_word_in_it(
    store: Store, clock: HandClock
) -> None:
    hall = a_hall(store, clock, a_config(staff={"priority_by_hand": 0}))
    employ(hall.hall, *EVERYBODY)
    async with at(hall, "guide") as pilot:
        await types(pilot, "2001", PASSWORD)
        await press(pilot, "1", "p", "1", "space")
        await types(pilot, "3001", PASSWORD)
    assert written(hall, "ticket.issued", "actor", "word") == [("2001", MANAGER.staff_id)]
