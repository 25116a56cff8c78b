"""Customers by number: the same one is noticed, and the number is nowhere to be found."""

import logging
import sys
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.customer_number import normal_form
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Reason
from hallq.domain.state import HallState
from hallq.follower import Follower
from hallq.store import StoreError, Trouble
from hallq.store.customers import KEY_FILE, hall_key
from hallq.store.key_files import KEY_BYTES
from tests.builders import ACTOR, DATE, TryHall
from tests.rig.waiting import until

NUMBER = "100 0000 0421"


def key_file(hall: TryHall) -> Path:
    """Where the hall keeps its key."""
    return hall.store.path.with_name(KEY_FILE)


def stored(hall: TryHall, column: str) -> list[str]:
    """One column of the known customers."""
    with hall.store.reading() as connection:
        return [value for (value,) in connection.execute(f"SELECT {column} FROM customer")]


@pytest.mark.parametrize(
    "typed", ["10000000421", "100-0000-0421", "+86 100 0000 0421", "００８６１００００００0421"]
)
def test_one_customer_however_the_number_was_typed(hall: TryHall, typed: str) -> None:
    assert hall.hall.recognise(typed).customer == hall.hall.recognise(NUMBER).customer


def test_other_numbers_are_other_customers(hall: TryHall) -> None:
    assert hall.hall.recognise("10000000422").customer != hall.hall.recognise(NUMBER).customer


def test_a_text_without_a_number_is_nobody(hall: TryHall) -> None:
    assert normal_form(" -() ") == ""
    assert hall.hall.recognise(" -() ").customer == ""
    assert not key_file(hall).exists()


def test_the_second_ticket_is_noticed(hall: TryHall) -> None:
    hall.issues(customer=hall.hall.recognise(NUMBER).customer)
    again = i.IssueTicket(service="payment", customer=hall.hall.recognise(NUMBER).customer)
    assert hall.refuses(again) is Reason.ALREADY_QUEUEING


def test_the_number_is_in_no_file_and_no_log(hall: TryHall, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        hall.issues(customer=hall.hall.recognise(NUMBER).customer)
    written = b"".join(path.read_bytes() for path in hall.store.path.parent.iterdir())
    assert b"10000000421" not in written
    assert NUMBER.encode() not in written
    assert "0421" not in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_key_is_for_its_owner_only_and_stays(hall: TryHall) -> None:
    key = hall_key(hall.store.path)
    assert len(key) == KEY_BYTES
    assert key_file(hall).stat().st_mode & 0o777 == 0o600
    assert hall_key(hall.store.path) == key
    assert [p for p in hall.store.path.parent.iterdir() if p.name.startswith(f"{KEY_FILE}.")] == []


def test_a_damaged_key_is_named(hall: TryHall) -> None:
    key_file(hall).write_bytes(b"short")
    with pytest.raises(StoreError) as fault:
        hall.hall.recognise(NUMBER)
    assert fault.value.trouble is Trouble.DAMAGED


def test_a_new_day_forgets_all_but_those_who_are_carried_over(hall: TryHall) -> None:
    carried, gone = hall.hall.recognise(NUMBER).customer, hall.hall.recognise("10000000422").customer
    hall.issues(customer=carried)
    hall.does(i.CloseDay(carry="all"))
    hall.does(i.OpenDay(business_date="2026-11-23"))
    assert hall.hall.recognise(NUMBER).customer == carried
    assert hall.hall.recognise("10000000422").customer != gone


def test_who_has_an_appointment_is_still_known_on_its_day_and_not_after_it(hall: TryHall) -> None:
    expected = hall.hall.recognise(NUMBER).customer
    slot = "2026-11-23T10:00"
    hall.does(i.BookAppointment(slot=slot, service="payment", tier=Tier.GOLD, customer=expected))
    hall.does(i.CloseDay())
    hall.does(i.OpenDay(business_date="2026-11-23"))
    assert hall.hall.recognise(NUMBER).customer == expected
    hall.does(i.CloseDay())
    hall.does(i.OpenDay(business_date="2026-11-24"))
    assert stored(hall, "number_hash") == []


def test_a_closed_day_keeps_nobody_in_the_file(hall: TryHall) -> None:
    hall.hall.recognise(NUMBER)
    (number_hash,) = stored(hall, "number_hash")
    hall.does(i.CloseDay())
    assert stored(hall, "number_hash") == []
    with hall.store.synced_at_the_end():
        pass  # what the journal holds is in the file now
    assert number_hash.encode() not in hall.store.path.read_bytes()


def test_a_day_that_opens_again_still_knows_who_came_meanwhile(hall: TryHall) -> None:
    hall.does(i.CloseDay())
    reference = hall.hall.recognise(NUMBER).customer
    hall.does(i.OpenDay(business_date=DATE))
    assert hall.hall.recognise(NUMBER).customer == reference


def test_where_nobody_closes_the_day_whose_visit_is_over_is_forgotten_within_a_day(hall: TryHall) -> None:
    here, gone = hall.hall.recognise(NUMBER).customer, hall.hall.recognise("10000000422").customer
    waiting = hall.issues(customer=here)
    hall.does(i.CancelTicket(ticket_id=hall.issues(customer=gone), reason="duplicate"))
    seen: list[Exception] = []
    follower = Follower(hall.hall, ACTOR, on_change=lambda state: None, on_trouble=seen.append)
    follower.start()
    until(lambda: stored(hall, "reference") == [here], "who went is forgotten at the start")
    hall.does(i.CancelTicket(ticket_id=waiting, reason="duplicate"))
    hall.clock.pass_minutes(20 * 60)
    until(lambda: stored(hall, "reference") == [], "the other one is, before 24 hours are over")
    follower.stop()
    follower.join()
    assert seen == []


def test_who_was_forgotten_is_in_no_byte_of_any_file(hall: TryHall) -> None:
    hall.hall.recognise(NUMBER)
    (number_hash,) = stored(hall, "number_hash")
    hall.does(i.CloseDay())
    hall.hall.forget_visitors()
    files = [path for path in hall.store.path.parent.iterdir() if path.is_file()]
    assert [path.name for path in files if number_hash.encode() in path.read_bytes()] == []


def test_a_long_look_at_the_file_keeps_nobody_waiting_while_it_forgets(hall: TryHall) -> None:
    with hall.store.reading() as connection:
        connection.execute("SELECT count(*) FROM event").fetchone()
        hall.issues()
        hall.hall.forget_visitors()
        assert hall.issues()


def test_whatever_a_change_brings_about_the_next_one_is_told_too(hall: TryHall) -> None:
    waiting: list[int] = []
    troubles: list[Exception] = []

    def show(state: HallState) -> None:
        waiting.append(len(state.waiting()))
        if len(waiting) == 1:
            raise ValueError("not to be shown")

    follower = Follower(hall.hall, ACTOR, on_change=show, on_trouble=troubles.append)
    follower.start()
    until(lambda: waiting, "the first is told")
    hall.issues()
    until(lambda: waiting[-1] == 1, "the second is told")
    follower.stop()
    follower.join()
    assert [str(trouble) for trouble in troubles] == ["not to be shown"]


def test_who_has_an_appointment_is_not_forgotten_with_those_who_went(hall: TryHall) -> None:
    expected = hall.hall.recognise(NUMBER).customer
    slot = "2026-11-23T10:00"
    hall.does(i.BookAppointment(slot=slot, service="payment", tier=Tier.GOLD, customer=expected))
    hall.hall.recognise("10000000422")
    hall.hall.forget_visitors()
    assert stored(hall, "reference") == [expected]
