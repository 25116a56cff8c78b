"""Complaints: numbers, deadlines on working days, answer, settlement, follow-up; the number to call back."""

from datetime import datetime
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.complaints import Stage
from hallq.domain.events import ComplaintTaken, NumberLookedAt
from hallq.domain.refusals import Reason
from hallq.domain.staff import Role
from hallq.domain.views.complaints import complaint_list
from hallq.hall import Actor, Done, Refused
from hallq.hall.complaining import earlier_complaints, last_fours, number_to_call, take_complaint
from hallq.store import Store, log
from tests.builders import DAY_MS, HOUR_MS, MINUTE_MS, HandClock, TryHall, a_config, a_hall
from tests.staff.people import CLERK, EVERYBODY, MANAGER, as_actor, employ

NUMBER = "100 0000 0421"
TEXT = "No signal at home since Monday."


def taken(hall: TryHall, category: str = "mobile", text: str = TEXT) -> str:
    """A complaint; its id."""
    return hall.event(i.TakeComplaint(category=category, text=text), ComplaintTaken).complaint_id


def shown(hall: TryHall, at_ms: int | None) -> str:
    """An instant of the hall's clock on the hall's wall."""
    assert at_ms is not None
    assert hall.state.day is not None
    at_ms += hall.state.day.clock_offset_ms
    return f"{datetime.fromtimestamp(at_ms / 1000, hall.hall.config.zone_info):%m-%d %H:%M}"


def test_numbers_tell_the_day_and_grow(hall: TryHall) -> None:
    first, second = taken(hall), taken(hall)
    labels = [hall.state.complaints[complaint_id].label for complaint_id in (first, second)]
    assert labels == ["TS1122-01", "TS1122-02"]
    assert hall.store.load_state() == hall.state


@pytest.mark.parametrize(
    ("category", "answer", "settle"),
    [
        ("mobile", "11-24 18:00", "11-27 18:00"),
        ("coverage", "11-24 18:00", None),
        ("mobile_fault", "11-22 10:30", "11-24 09:30"),
        ("broadband_fault", "11-22 10:30", "11-23 09:30"),
        ("installation", "11-22 10:30", "11-25 09:30"),
    ],
)
def test_each_category_has_its_deadlines(
    hall: TryHall, category: str, answer: str, settle: str | None
) -> None:
    complaint_id = taken(hall, category)
    complaint = hall.state.complaints[complaint_id]
    assert shown(hall, complaint.answer_due_ms) == answer
    assert settle is None or shown(hall, complaint.settle_due_ms) == settle
    assert (complaint.settle_due_ms is None) == (settle is None)


def test_a_way_through_all_stages(hall: TryHall) -> None:
    complaint_id = taken(hall)
    hall.does(i.AnswerComplaint(complaint_id=complaint_id, text="We look into it."))
    assert hall.state.complaints[complaint_id].stage is Stage.SETTLEMENT
    hall.does(i.SettleComplaint(complaint_id=complaint_id, text="The mast works again."))
    complaint = hall.state.complaints[complaint_id]
    assert (complaint.stage, shown(hall, complaint.due_ms)) == (Stage.FOLLOW_UP, "11-23 18:00")
    hall.does(i.FollowUpComplaint(complaint_id=complaint_id, text="Still no signal.", is_settled=False))
    assert hall.state.complaints[complaint_id].stage is Stage.SETTLEMENT
    hall.does(i.SettleComplaint(complaint_id=complaint_id, text="A new cell."))
    hall.does(i.FollowUpComplaint(complaint_id=complaint_id, text="Content."))
    assert hall.state.complaints == {}
    figures = hall.state.figures
    assert (figures["complaints.answered_within"], figures["complaints.settled_within"]) == (1, 2)
    assert figures["complaints.opened_again"] == 1
    assert hall.store.load_state() == hall.state
    again = i.AnswerComplaint(complaint_id=complaint_id, text="x")
    assert hall.refuses(again) is Reason.COMPLAINT_FURTHER


def test_nothing_said_is_no_complaint_and_no_answer(hall: TryHall) -> None:
    assert hall.refuses(i.TakeComplaint(category="mobile", text=" \x1b\n ")) is Reason.NOTHING_SAID
    complaint_id = taken(hall)
    for kind in (i.AnswerComplaint, i.SettleComplaint):
        assert hall.refuses(kind(complaint_id=complaint_id, text="")) is Reason.NOTHING_SAID
    assert hall.refuses(i.TakeComplaint(category="weather", text=TEXT)) is Reason.UNKNOWN_REASON


def test_the_list_has_what_is_due_first_over_days(hall: TryHall) -> None:
    slow, quick = taken(hall, "mobile"), taken(hall, "enquiry")
    none = taken(hall, "coverage")
    hall.does(i.AnswerComplaint(complaint_id=none, text="Noted."))
    rows = complaint_list(hall.state, hall.hall.now_ms())
    assert [row.complaint.complaint_id for row in rows] == [quick, slow, none]
    assert not any(row.is_overdue for row in rows)
    hall.clock.pass_ms(HOUR_MS + 1)
    rows = complaint_list(hall.state, hall.hall.now_ms())
    assert [row.is_overdue for row in rows] == [True, False, False]
    hall.does(i.CloseDay())
    hall.clock.pass_ms(DAY_MS)
    hall.does(i.OpenDay(business_date="2026-11-23"))
    assert len(complaint_list(hall.state, hall.hall.now_ms())) == 3


@pytest.mark.parametrize(
    "text", ["\x1b[31mred\x07", "长" * 10_000, "😀 \U00020000\U0002a6d6 rare", "line\nline\u2028line"]
)
def test_a_text_of_any_kind_is_one_line_of_bounded_length(hall: TryHall, text: str) -> None:
    complaint_id = taken(hall, text=text)
    kept = hall.state.complaints[complaint_id].text
    assert len(kept) <= 600
    assert kept.isprintable()
    assert ("😀" in kept) == ("😀" in text)


# --- the number to call back ---------------------------------------------------------------


def with_number(hall: TryHall, number: str = NUMBER, actor: Actor | None = None) -> str:
    """A complaint with a number; its id."""
    intent = i.TakeComplaint(category="mobile", text=f"{TEXT} Call {number} back.")
    outcome = take_complaint(hall.hall, intent, number, actor or hall.actor)
    assert isinstance(outcome, Done)
    (event,) = outcome.events
    assert isinstance(event, ComplaintTaken)
    return event.complaint_id


def test_the_number_is_in_no_event_and_no_file_and_opened_by_who_answers_alone(
    hall: TryHall, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    employ(hall.hall, *EVERYBODY)
    complaint_id = with_number(hall, actor=as_actor(CLERK))
    denied = number_to_call(hall.hall, complaint_id, as_actor(CLERK))
    assert isinstance(denied, Refused)
    assert denied.refusal.reason is Reason.NOT_ALLOWED
    assert number_to_call(hall.hall, complaint_id, as_actor(MANAGER)) == "10000000421"
    assert Role.MANAGER in MANAGER.roles
    with hall.store.reading() as connection:
        events = [recorded.event for recorded in log.read_after(connection, 0)]
    looks = [(e.staff, e.complaint_id) for e in events if isinstance(e, NumberLookedAt)]
    assert looks == [(MANAGER.staff_id, complaint_id)]
    assert last_fours(hall.hall) == {complaint_id: "0421"}
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in ("10000000421", NUMBER, "100 0000"):
        assert secret.encode() not in written
    assert "10000000421" not in caplog.text


def test_the_same_number_is_known_again_however_it_was_typed(hall: TryHall) -> None:
    with_number(hall)
    assert earlier_complaints(hall.hall, "+86-100-0000-0421") == ["TS1122-01"]
    assert earlier_complaints(hall.hall, "10000000422") == []
    assert earlier_complaints(hall.hall, "") == []


def test_the_number_is_forgotten_with_the_end_of_the_complaint(hall: TryHall) -> None:
    complaint_id = with_number(hall)
    hall.does(i.SettleComplaint(complaint_id=complaint_id, text="Mended."))
    assert last_fours(hall.hall) == {complaint_id: "0421"}
    hall.does(i.FollowUpComplaint(complaint_id=complaint_id))
    assert isinstance(number_to_call(hall.hall, complaint_id, hall.actor), Refused)
    assert last_fours(hall.hall) == {}


def test_a_complaint_without_a_number_keeps_none(hall: TryHall) -> None:
    for number in ("", "  ", "😀"):
        complaint_id = with_number(hall, number)
        assert hall.state.complaints[complaint_id].number_at == ""
    assert last_fours(hall.hall) == {}


def test_a_refused_complaint_keeps_no_number(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, day=False)
    intent = i.TakeComplaint(category="mobile", text=TEXT)
    assert not isinstance(take_complaint(hall.hall, intent, NUMBER, hall.actor), Done)
    assert last_fours(hall.hall) == {}


def test_an_overdue_answer_is_not_counted_as_in_time(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config())
    complaint_id = taken(hall, "enquiry")
    clock.pass_ms(HOUR_MS + MINUTE_MS)
    hall.does(i.AnswerComplaint(complaint_id=complaint_id, text="Sorry for the wait."))
    assert hall.state.figures["complaints.answered_within"] == 0


def test_a_lost_key_loses_the_numbers_and_no_complaint(hall: TryHall, tmp_path: Path) -> None:
    first = with_number(hall)
    (tmp_path / "hall.key").unlink()
    assert last_fours(hall.hall) == {}
    assert earlier_complaints(hall.hall, NUMBER) == []
    hall.does(i.SettleComplaint(complaint_id=first, text="Mended."))
    hall.does(i.FollowUpComplaint(complaint_id=first))
    second = with_number(hall)
    assert last_fours(hall.hall) == {second: "0421"}
