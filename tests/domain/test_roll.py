"""The roll call and absences that no pause explains."""

import pytest

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.handover import Topic
from hallq.domain.lanes import LaneChoice, Pressure
from hallq.domain.staff import Role, Roster
from hallq.domain.views.alert_kinds import Kind
from hallq.domain.views.manager import ManagerView, manager_view
from hallq.domain.views.roll import Roll, Standing, roll_call
from hallq.i18n import set_language
from hallq.wording.alerts import alert_sentences
from hallq.wording.shift import LANES, STANDINGS, TOPICS
from tests.builders import DATE, MINUTE_MS, TryHall
from tests.staff.people import ADMIN, CLERK, GUIDE, MANAGER, OTHER_CLERK, a_person

P = PresenceChange
ROSTER = Roster.of([ADMIN, MANAGER, GUIDE, CLERK, OTHER_CLERK])
OPENING_MS = 1_795_307_400_000
"""08:30 on the wall; the fixture's morning begins an hour later."""


def reports(hall: TryHall, change: PresenceChange, number: str = "1001", idle_minutes: int = 0) -> None:
    """Somebody comes, goes, or leaves the screen."""
    idle_ms = idle_minutes * MINUTE_MS
    hall.does(i.ReportPresence(staff_id=f"id-{number}", number=number, change=change, idle_ms=idle_ms))


def called(hall: TryHall) -> Roll:
    return roll_call(hall.state, ROSTER, hall.hall.config, hall.hall.now_ms())


def seen(hall: TryHall, reader: str = "3001") -> ManagerView:
    return manager_view(
        hall.state,
        hall.hall.config,
        hall.hall.now_ms(),
        hall.hall.wall_ms(),
        roster=ROSTER,
        reader=reader,
    )


def kinds(hall: TryHall) -> list[Kind]:
    return [alert.kind for alert in seen(hall).alerts]


def sentences(hall: TryHall) -> list[tuple[Pressure, str]]:
    set_language("en")
    return alert_sentences(seen(hall).alerts, hall.hall.config, 0)


def test_everything_has_words() -> None:
    assert set(STANDINGS) == set(Standing)
    assert set(TOPICS) == set(Topic)
    assert set(LANES) == {None, *LaneChoice}


def test_the_roll_has_everybody_who_works_in_the_hall(hall: TryHall) -> None:
    reports(hall, P.SIGNED_IN)
    reports(hall, P.SIGNED_IN, "2001")
    hall.clock.pass_minutes(7)
    reports(hall, P.LOCKED, "2001", idle_minutes=3)
    reports(hall, P.EXCUSED, "1002")
    hall.does(i.OpenCounter(counter=4, clerk="1001"))
    hall.clock.pass_minutes(2)
    rows = [(row.number, row.standing, row.counter, row.minutes) for row in called(hall).rows]
    assert rows == [
        ("3001", Standing.MISSING, None, 0),
        ("2001", Standing.AWAY, None, 5),
        ("1001", Standing.HERE, 4, 9),
        ("1002", Standing.OFF, None, 2),
    ]
    assert called(hall).due == "08:20"
    assert [row.number for row in called(hall).rows if row.is_late] == ["2001", "1001"]


def test_who_has_only_the_list_to_look_after_and_who_left_are_not_called(hall: TryHall) -> None:
    gone = a_person("77")
    roster = Roster.of([ADMIN, a_person("78", Role.ADMIN, Role.MANAGER)])
    rows = roll_call(hall.state, roster, hall.hall.config, hall.hall.now_ms()).rows
    assert [row.number for row in rows] == ["78"]
    assert gone.number not in {row.number for row in called(hall).rows}


def test_from_ten_minutes_before_opening_the_missing_are_told(hall: TryHall) -> None:
    hall.clock.set_wall(OPENING_MS - 11 * MINUTE_MS)
    hall.does(i.AdoptClock())
    for number in ("1001", "2001", "3001"):
        reports(hall, P.SIGNED_IN, number)
    assert Kind.MISSING_STAFF not in kinds(hall)
    hall.clock.pass_minutes(1)
    assert (Pressure.SOON, "Not here yet: 1002. Roll call (A)") in sentences(hall)
    reports(hall, P.SIGNED_IN, "1002")
    assert Kind.MISSING_STAFF not in kinds(hall)
    reports(hall, P.SIGNED_OUT, "1002")  # was here: no matter of the roll call
    assert Kind.MISSING_STAFF not in kinds(hall)


@pytest.mark.parametrize("leaves", [P.LOCKED, P.UNTOUCHED, P.SIGNED_OUT])
def test_twenty_minutes_away_from_an_open_counter_are_told(hall: TryHall, leaves: PresenceChange) -> None:
    reports(hall, P.SIGNED_IN)
    hall.does(i.OpenCounter(counter=3, clerk="1001"))
    hall.clock.pass_minutes(15)
    reports(hall, leaves, idle_minutes=15)
    hall.clock.pass_minutes(4)
    assert Kind.ABSENT not in kinds(hall)
    hall.clock.pass_minutes(1)
    told = "Counter 3 is open and nobody has touched it for 20 minutes: look for 1001."
    assert (Pressure.OVER, told) in sentences(hall)
    reports(hall, P.SIGNED_IN)
    assert Kind.ABSENT not in kinds(hall)


def test_who_sat_at_a_program_that_was_killed_is_away_soon(hall: TryHall) -> None:
    def stands() -> Standing:
        return next(row.standing for row in called(hall).rows if row.number == "1001")

    reports(hall, P.SIGNED_IN)
    hall.does(i.OpenCounter(counter=3, clerk="1001"))
    hall.clock.pass_minutes(15)
    reports(hall, P.TOUCHED, idle_minutes=1)  # still there a minute ago; then the power of the PC went
    hall.clock.pass_minutes(28)
    assert stands() is Standing.HERE
    assert Kind.ABSENT not in kinds(hall)
    hall.clock.pass_minutes(1)
    assert stands() is Standing.AWAY
    told = "Counter 3 is open and nobody has touched it for 30 minutes: look for 1001."
    assert (Pressure.OVER, told) in sentences(hall)
    reports(hall, P.SIGNED_IN)
    assert stands() is Standing.HERE
    assert Kind.ABSENT not in kinds(hall)


def test_a_pause_or_a_customer_explains_an_absence(hall: TryHall) -> None:
    reports(hall, P.SIGNED_IN)
    hall.opens(2)
    hall.does(i.OpenCounter(counter=3, clerk="1001"))
    hall.issues()
    hall.serves(3)
    reports(hall, P.LOCKED)
    hall.clock.pass_minutes(40)
    assert Kind.ABSENT not in kinds(hall)
    hall.finishes(3)
    hall.does(i.PauseCounter(counter=3, reason="meal"))
    hall.clock.pass_minutes(40)
    assert Kind.ABSENT not in kinds(hall)
    hall.does(i.ResumeCounter(counter=3))
    hall.clock.pass_minutes(20)
    assert Kind.ABSENT in kinds(hall)


def test_a_quiet_hall_is_no_absence_but_a_counter_that_calls_nobody_is(hall: TryHall) -> None:
    hall.opens(2)  # by somebody of whom no screen tells anything
    hall.clock.pass_minutes(60)
    assert Kind.ABSENT not in kinds(hall)
    hall.issues()
    hall.clock.pass_minutes(19)
    assert Kind.ABSENT not in kinds(hall)
    hall.clock.pass_minutes(1)
    assert Kind.ABSENT in kinds(hall)


def test_new_entries_are_told_until_somebody_else_has_read_them(hall: TryHall) -> None:
    hall.does(i.WriteNote(topic=Topic.CASE, text="B007 comes again on Monday."))
    assert Kind.NOTES_UNREAD in kinds(hall)
    own = [alert.kind for alert in seen(hall, reader=hall.actor.name).alerts]
    assert Kind.NOTES_UNREAD not in own
    assert next(iter(hall.state.notes.values())).business_date == DATE


def test_a_fault_stands_on_its_counters_card(hall: TryHall) -> None:
    hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text="no paper", at_counter=2))
    assert {card.number: card.fault for card in seen(hall).cards}[2] == "no paper"
