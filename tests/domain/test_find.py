"""Where is this number? What is true now comes first; the last call is told as past."""

from hallq.domain import intents as i
from hallq.domain.policy import CallRule
from hallq.domain.transactions import Outcome
from hallq.domain.views.find import FoundView, Trace, find, newest
from hallq.i18n import set_language
from hallq.wording.found import PAST_CALLS, found_lines
from tests.builders import TryHall


def looked_up(hall: TryHall, typed: str) -> FoundView:
    (found,) = find(hall.state, hall.hall.config, hall.hall.now_ms(), typed)
    return found


def told(hall: TryHall, typed: str = "b1") -> list[str]:
    set_language("en")
    return list(found_lines(looked_up(hall, typed), hall.hall.config))[1:]


def served_after_four_minutes(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(4)
    hall.serves(2)
    hall.clock.pass_minutes(3)


LAST = "Last call: 09:34 to counter 2, after 4 min; it was first in line."


def test_every_rule_has_words_for_the_past() -> None:
    assert set(PAST_CALLS) == set(CallRule)


def test_a_waiting_number_says_since_when_and_what_is_before_it(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.issues()
    hall.issues()
    hall.clock.pass_minutes(4)
    now, place = told(hall, "b3")
    assert now == "Waiting since 09:30 (4 min): 11 min left."
    assert place.startswith("1 ahead · about ")
    assert place.endswith("before it: the priority lane, and numbers due earlier")


def test_a_number_at_the_counter_says_who_serves_it_and_since_when(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    assert told(hall) == [
        "At counter 2 since 09:34 (3 min), with clerk-2.",
        "Next: the clerk finishes, holds or sends on the visit.",
        LAST,
    ]


def test_a_held_number_says_why_and_when_it_is_back(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    hall.does(i.HoldVisit(counter=2, reason="phone_call", minutes=8))
    now, following, last = told(hall)
    assert now.startswith("On hold since 09:37 (0 min): ")
    assert following == "Next: back in the queue at 09:45, for counter 2 first."
    assert last == LAST


def test_a_held_number_without_a_time_says_who_takes_it_back(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    hall.does(i.HoldVisit(counter=2, reason="phone_call"))
    assert told(hall)[1] == "Next: counter 2 or the manager takes it back in."


def test_a_called_and_a_missed_number(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(4)
    hall.calls(2)
    hall.clock.pass_minutes(1)
    assert told(hall)[0] == "Called to counter 2 at 09:34 (1 min ago)."
    hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(2)
    assert told(hall) == [
        "Called and not there at 09:35 (2 min ago).",
        "Next: may come back until 10:05 (R), then the number ends.",
        LAST,
    ]


def test_a_number_that_came_back_waits_again_and_its_call_is_past(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    (ticket_id,) = hall.state.tickets
    hall.does(i.HoldVisit(counter=2, reason="phone_call"))
    hall.does(i.EndHold(ticket_id=ticket_id))
    hall.clock.pass_minutes(2)
    now, place, last = told(hall)
    assert now == "Waits again since 09:37 (2 min)."
    assert place.endswith("for counter 2")
    assert last == LAST


def told_of_the_gone(hall: TryHall, label: str) -> list[str]:
    set_language("en")
    visit = hall.hall.past.visit(hall.state.business_date, label)
    (found,) = find(hall.state, hall.hall.config, hall.hall.now_ms(), label, {label: visit})
    assert found.trace is Trace.GONE
    return list(found_lines(found, hall.hall.config))[1:]


def test_a_number_that_is_gone_tells_how_it_ended_and_when(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    hall.finishes(2)
    assert told_of_the_gone(hall, "B001") == ["Served: finished at 09:37 at counter 2, by clerk-2."]
    hall.issues()
    hall.serves(2)
    hall.does(i.FinishVisit(counter=2, outcome=Outcome.NOT_POSSIBLE, end_reason="conditions"))
    ended, why = told_of_the_gone(hall, "B002")
    assert ended.endswith("was not possible: ended at 09:37 at counter 2, by clerk-2.")
    assert why == "Reason: Conditions not met."
    cancelled, left = hall.issues(), hall.issues()
    hall.does(i.CancelTicket(ticket_id=cancelled, reason="duplicate"))
    hall.does(i.ReportLeft(ticket_id=left))
    assert told_of_the_gone(hall, "B003") == ["Cancelled at 09:37.", "Reason: Second ticket."]
    assert told_of_the_gone(hall, "B004") == ["Reported as left at 09:37."]


def test_numbers_that_ended_by_rule_tell_which(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(60)
    hall.does(i.KeepHouse())
    assert told_of_the_gone(hall, "B001") == ["Was missed and not back by 10:30: ended."]
    hall.issues()
    hall.does(i.CloseDay())
    assert told_of_the_gone(hall, "B002") == ["Ended at 10:30, when the day was closed."]
    assert looked_up(hall, "b2").ended is None  # before the file was asked
    assert told(hall, "b2") == []


def test_the_newest_numbers_stand_first_each_as_it_is_found_by_its_label(hall: TryHall) -> None:
    hall.opens(2)
    for _ in range(4):
        hall.issues()
    hall.serves(2)
    now_ms = hall.hall.now_ms()
    views = newest(hall.state, hall.hall.config, now_ms, 3)
    assert [view.label for view in views] == ["B004", "B003", "B002"]
    assert views == tuple(looked_up(hall, view.label) for view in views)


def test_a_complaint_has_a_number_and_is_no_ticket(hall: TryHall) -> None:
    hall.does(i.TakeComplaint(category="mobile", text="said no more", at_counter=None))
    hall.issues()
    assert looked_up(hall, "1").label == "B001"


def test_numbers_that_are_gone_or_never_were(hall: TryHall) -> None:
    served_after_four_minutes(hall)
    hall.finishes(2)
    assert looked_up(hall, "b1").trace is Trace.GONE
    assert looked_up(hall, "b2").trace is Trace.NEVER_ISSUED
    assert find(hall.state, hall.hall.config, 0, "??") == ()
