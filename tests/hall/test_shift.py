"""Who is here, the handover log, the lanes of a counter for a day, and what counters do with their time."""

import contextlib

import pytest

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange, Whereabouts
from hallq.domain.config import MINUTE_MS
from hallq.domain.customer_number import without_numbers
from hallq.domain.figures import pauses_of
from hallq.domain.handover import HandoverNote, Topic
from hallq.domain.lanes import LaneChoice, Tier
from hallq.domain.refusals import Reason
from hallq.election import Election
from hallq.hall import Actor, Done, Hall
from hallq.reporting import Reporter
from hallq.store import open_store
from hallq.store.verify import verify_store
from tests.builders import DAY_MS, TryHall
from tests.staff.people import CLERK

P = PresenceChange
TOMORROW = "2026-11-23"


def reports(hall: TryHall, change: PresenceChange, number: str = "1001", **more: int) -> None:
    """Somebody comes, goes, or leaves the screen."""
    hall.does(i.ReportPresence(staff_id=f"id-{number}", number=number, change=change, **more))


def whereabouts(hall: TryHall, number: str = "1001") -> tuple[Whereabouts, bool]:
    """Where somebody is, and whether they were seen since the last closing."""
    person = hall.state.attendance[f"id-{number}"]
    return person.whereabouts, person.arrived_ms is not None


# --- who is here --------------------------------------------------------------------------


def test_somebody_comes_leaves_the_screen_and_goes(hall: TryHall) -> None:
    came_ms = hall.hall.now_ms()
    reports(hall, P.SIGNED_IN)
    assert whereabouts(hall) == (Whereabouts.HERE, True)
    hall.clock.pass_minutes(40)
    reports(hall, P.LOCKED, idle_ms=15 * MINUTE_MS)
    person = hall.state.attendance["id-1001"]
    assert (person.whereabouts, person.since_ms) == (Whereabouts.AWAY, came_ms + 25 * MINUTE_MS)
    reports(hall, P.UNLOCKED)
    assert hall.state.attendance["id-1001"].arrived_ms == came_ms
    reports(hall, P.SIGNED_OUT)
    assert whereabouts(hall) == (Whereabouts.OUT, True)
    assert verify_store(hall.store).agrees


@pytest.mark.parametrize("busy", [False, True])
def test_whoever_a_killed_program_left_is_reported_and_nothing_stays_of_it(hall: TryHall, busy: bool) -> None:
    marks = [Election(hall.store.path, f"run-{incarnation}") for incarnation in ("first", "second")]
    for mark in marks:
        mark.try_take()
    other = Hall(
        open_store(hall.store.path), hall.hall.config, clock=hall.clock, new_incarnation=lambda: "first"
    )
    here = i.ReportPresence(staff_id="id-1001", number="1001", change=P.SIGNED_IN)
    assert isinstance(other.perform(here, Actor("1001", "t2", "")), Done)
    other.close()
    for mark in marks:
        mark.leave()  # as the system does for a program that is killed
    impatient = Hall(open_store(hall.store.path, patience_seconds=0.01), hall.hall.config, clock=hall.clock)
    with hall.store.writing() if busy else contextlib.nullcontext():
        looks(impatient)
    looks(impatient)
    impatient.close()
    hall.hall.refresh()
    assert whereabouts(hall) == (Whereabouts.OUT, True)
    assert not list(hall.store.path.parent.glob("*.run-*"))


def looks(hall: Hall) -> None:
    """A program at this file looks once."""
    reporter = Reporter(hall)
    reporter.look_for_lost("t1")
    reporter.close()


def test_a_clock_that_ticks_while_the_program_ends_reports_nothing_more(hall: TryHall) -> None:
    reporter = Reporter(hall.hall)
    reporter.close()
    reporter.look_for_lost("t1")
    reporter.say(CLERK, P.UNTOUCHED, "t1")
    assert "id-1001" not in hall.state.attendance


def test_who_went_on_to_another_terminal_is_not_gone_with_the_first(hall: TryHall) -> None:
    reports(hall, P.SIGNED_IN)
    other = Hall(open_store(hall.store.path), hall.hall.config, clock=hall.clock)
    there = i.ReportPresence(staff_id="id-1001", number="1001", change=P.SIGNED_IN)
    assert isinstance(other.perform(there, Actor("1001", "t2", "")), Done)
    for change in (P.LOCKED, P.SIGNED_OUT):
        reports(hall, change)
        assert whereabouts(hall) == (Whereabouts.HERE, True)
        assert hall.state.attendance["id-1001"].terminal == "t2"
    other.close()


def test_a_new_day_has_to_see_everybody_again(hall: TryHall) -> None:
    reports(hall, P.SIGNED_IN)
    reports(hall, P.EXCUSED, "1002")
    hall.does(i.CloseDay())
    assert whereabouts(hall) == (Whereabouts.HERE, False)
    assert whereabouts(hall, "1002") == (Whereabouts.OUT, False)
    reports(hall, P.LOCKED)
    hall.clock.pass_ms(DAY_MS)
    reports(hall, P.UNLOCKED)  # before the opening
    hall.does(i.OpenDay(business_date=TOMORROW))
    assert whereabouts(hall) == (Whereabouts.HERE, True)
    assert verify_store(hall.store).agrees


# --- the handover log ---------------------------------------------------------------------


def writes(hall: TryHall, text: str = "The card reader is slow.", **more: int) -> HandoverNote:
    """An entry of the log."""
    known = set(hall.state.notes)
    hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text=text, **more))
    (new,) = set(hall.state.notes) - known
    return hall.state.notes[new]


def test_an_entry_stays_over_days_until_it_is_settled(hall: TryHall) -> None:
    note = writes(hall, at_counter=3)
    assert (note.writer, note.at_counter, note.read_ms) == ("1001", 3, None)
    hall.does(i.ReadNotes(note_ids=(note.note_id,)))
    assert hall.state.notes[note.note_id].read_ms is None  # by its writer, which tells nobody
    hall.does(i.CloseDay())
    hall.clock.pass_ms(DAY_MS)
    hall.does(i.OpenDay(business_date=TOMORROW))
    hall.actor = Actor("3001", "t1")
    hall.does(i.ReadNotes(note_ids=(note.note_id,)))
    assert hall.state.notes[note.note_id].reader == "3001"
    assert hall.does(i.ReadNotes(note_ids=(note.note_id,))) == ()
    hall.does(i.SettleNote(note_id=note.note_id))
    assert hall.state.notes == {}
    assert hall.refuses(i.SettleNote(note_id=note.note_id)) is Reason.NOTE_SETTLED
    with hall.store.reading() as connection:
        row = connection.execute("SELECT reader, settler, at_counter FROM handover_note").fetchone()
    assert row == ("3001", "3001", 3)
    assert verify_store(hall.store).agrees


def test_a_counter_that_is_not_there_has_no_equipment(hall: TryHall) -> None:
    wrong = i.WriteNote(topic=Topic.EQUIPMENT, text="x", at_counter=99)
    assert hall.refuses(wrong) is Reason.UNKNOWN_COUNTER


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mr W, 10000000000, comes again", "Mr W, *******, comes again"),
        ("card 6222 0000 1111 2222 333", "card *******"),
        ("100-0000-0000", "*******"),
        ("１３８００００００００", "*******"),
        ("until 2026-11-22, call 10000000000", "until 2026-11-22, call *******"),
        ("since 2026-11-22 10:30, counter 3", "since 2026-11-22 10:30, counter 3"),
        ("B012 and A104: 25 minutes", "B012 and A104: 25 minutes"),
        ("", ""),
    ],
)
def test_no_customers_number_comes_into_the_log(typed: str, kept: str) -> None:
    assert without_numbers(typed) == kept
    assert i.WriteNote(topic=Topic.CASE, text=typed).text == kept


# --- lanes --------------------------------------------------------------------------------


def test_a_counter_takes_other_lanes_for_the_rest_of_the_day(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.does(i.ChangeLanes(counter=2, lanes=LaneChoice.PRIORITY_ONLY))
    assert hall.refuses(i.CallNext(counter=2)) is Reason.NOBODY_WAITING
    hall.issues(tier=Tier.GOLD)
    assert hall.ticket(hall.serves(2)).label == "V001"
    hall.finishes(2)
    hall.does(i.ChangeLanes(counter=2, lanes=None))
    assert hall.does(i.ChangeLanes(counter=2, lanes=None)) == ()
    assert hall.ticket(hall.serves(2)).label == "B001"
    hall.finishes(2)
    hall.does(i.ChangeLanes(counter=2, lanes=LaneChoice.STANDARD_FIRST))
    hall.does(i.CloseDay())
    hall.does(i.OpenDay(business_date=TOMORROW))
    assert hall.state.counter(2).lanes is None
    assert hall.refuses(i.ChangeLanes(counter=99, lanes=None)) is Reason.UNKNOWN_COUNTER
    assert verify_store(hall.store).agrees


# --- what counters do with their time -----------------------------------------------------


def minutes(hall: TryHall, what: str) -> float:
    """The minutes that the day's quarters of an hour have of it, together."""
    figures = hall.state.figures.items()
    parts = [ms for name, ms in figures if name.startswith("quarter.") and name.endswith(f".{what}_ms")]
    assert all(0 < part <= 15 * MINUTE_MS for part in parts)
    return sum(parts) / MINUTE_MS


def test_a_counters_time_is_busy_idle_or_paused_to_the_minute(hall: TryHall) -> None:
    hall.opens(2)
    hall.clock.pass_minutes(7)
    hall.issues()
    hall.calls(2)
    hall.clock.pass_minutes(1)
    hall.does(i.ConfirmArrival(counter=2))
    hall.clock.pass_minutes(40)
    hall.finishes(2)
    hall.clock.pass_minutes(2)
    hall.does(i.PauseCounter(counter=2, reason="meal"))
    hall.clock.pass_minutes(33)
    hall.does(i.ResumeCounter(counter=2))
    hall.clock.pass_minutes(3)
    hall.does(i.CloseCounter(counter=2))
    hall.clock.pass_minutes(60)
    assert [minutes(hall, what) for what in ("idle", "busy", "paused")] == [12, 41, 33]
    assert verify_store(hall.store).agrees


def test_pauses_are_counted_by_clerk_and_reason(hall: TryHall) -> None:
    hall.opens(2)
    for reason, length in (("meal", 30), ("rest", 5), ("rest", 10)):
        hall.does(i.PauseCounter(counter=2, reason=reason))
        hall.clock.pass_minutes(length)
        hall.does(i.ResumeCounter(counter=2))
    hall.does(i.PauseCounter(counter=2, reason="rest"))
    hall.clock.pass_minutes(4)
    hall.does(i.TakeOverCounter(counter=2, clerk="E. X."))  # what is left of the pause is theirs
    hall.clock.pass_minutes(6)
    hall.does(i.CloseCounter(counter=2))
    assert pauses_of(hall.state.figures) == {
        ("clerk-2", "meal"): (1, 30 * MINUTE_MS),
        ("clerk-2", "rest"): (3, 19 * MINUTE_MS),
        ("E. X.", "rest"): (1, 6 * MINUTE_MS),
    }
