"""The business day: opened and closed by people, never by a date that turns."""

from typing import Literal

import pytest
from pydantic import ValidationError

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane, Tier
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.domain.views.manager import manager_view
from hallq.domain.views.waiting import Risk
from tests.builders import DATE, DAY_MS, HOUR_MS, MINUTE_MS, HandClock, TryHall, a_hall

TOMORROW = "2026-11-23"


def _next_day(hall: TryHall, carry: Literal["none", "all"] | tuple[str, ...] = "none") -> None:
    hall.does(i.CloseDay(carry=carry))
    hall.clock.pass_ms(DAY_MS)
    hall.does(i.OpenDay(business_date=TOMORROW))


def test_nothing_is_issued_or_called_while_the_day_is_closed(hall: TryHall) -> None:
    hall.does(i.CloseDay())
    assert hall.refuses(i.IssueTicket(service="payment")) is Reason.DAY_NOT_OPEN
    assert hall.refuses(i.OpenCounter(counter=2, clerk="1")) is Reason.DAY_NOT_OPEN
    assert hall.refuses(i.CloseDay()) is Reason.DAY_NOT_OPEN
    assert hall.does(i.KeepHouse()) == ()


def test_a_day_with_a_customer_at_a_counter_stays_open(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls()
    assert hall.refuses(i.CloseDay()) is Reason.DAY_STILL_SERVING


def test_closing_ends_what_waits_and_closes_the_counters(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.does(i.PauseCounter(counter=3, reason="meal"))
    hall.issues()
    hall.does(i.CloseDay())
    assert not hall.state.tickets
    assert {c.state for c in hall.state.counters.values()} == {CounterState.CLOSED}
    assert hall.state.figures["tickets.expired"] == 1


def test_carried_tickets_keep_their_numbers_and_new_ones_avoid_them(hall: TryHall) -> None:
    first, second = hall.issues(), hall.issues()
    _next_day(hall, carry=(second,))
    assert first not in hall.state.tickets
    carried = hall.ticket(second)
    assert (carried.label, carried.business_date, carried.state) == ("B002", DATE, TicketState.WAITING)
    assert [hall.ticket(hall.issues()).label for _ in range(2)] == ["B001", "B003"]


def test_a_new_day_counts_from_one_and_from_nothing(hall: TryHall) -> None:
    hall.issues()
    _next_day(hall)
    assert hall.ticket(hall.issues()).label == "B001"
    assert hall.state.figures["tickets.issued"] == 1


def test_a_day_opened_again_goes_on_where_it_stopped(hall: TryHall) -> None:
    hall.issues()
    hall.does(i.CloseDay())
    hall.does(i.OpenDay(business_date=DATE))
    assert hall.state.day is not None
    assert hall.state.day.times_opened == 2
    assert hall.ticket(hall.issues()).label == "B002"
    assert hall.state.figures["tickets.issued"] == 2


def test_an_earlier_day_is_not_opened_again(hall: TryHall) -> None:
    _next_day(hall)
    assert hall.refuses(i.OpenDay(business_date=TOMORROW)) is Reason.DAY_ALREADY_OPEN
    hall.does(i.CloseDay())
    assert hall.refuses(i.OpenDay(business_date=DATE)) is Reason.DAY_ALREADY_WORKED


def test_a_day_past_midnight_is_still_the_same_day(hall: TryHall) -> None:
    hall.clock.pass_ms(20 * HOUR_MS)
    ticket = hall.ticket(hall.issues())
    assert (ticket.business_date, hall.state.is_open) == (DATE, True)


@pytest.mark.parametrize("date", ["2026-02-30", "２０２６-11-22", "2026-1-1", "2026-11-22\n", "today"])
def test_only_real_dates_can_be_asked_for(date: str) -> None:
    with pytest.raises(ValidationError):
        i.OpenDay(business_date=date)


def test_the_shown_time_follows_the_computer_only_when_asked(hall: TryHall, clock: HandClock) -> None:
    clock.set_wall(clock.wall_ms + HOUR_MS)
    offset = hall.state.day.clock_offset_ms if hall.state.day else None
    assert offset == 0
    hall.does(i.AdoptClock())
    assert hall.state.day is not None
    assert hall.hall.now_ms() + hall.state.day.clock_offset_ms == clock.wall_ms


def test_a_carried_ticket_survives_a_restart_over_night(hall: TryHall, clock: HandClock) -> None:
    ticket_id = hall.issues()
    hall.does(i.CloseDay(carry="all"))
    clock.restart(off_ms=14 * HOUR_MS)
    again = a_hall(hall.store, clock, day=False)
    again.does(i.OpenDay(business_date=TOMORROW))
    again.opens(2)
    assert again.calls() == ticket_id


def test_the_closed_night_is_nobodys_wait(hall: TryHall) -> None:
    tickets = [hall.issues() for _ in range(3)]
    hall.clock.pass_minutes(20)
    vip = hall.issues(tier=Tier.GOLD)
    hall.does(i.CloseDay(carry="all"))
    hall.clock.pass_ms(DAY_MS)
    view = manager_view(hall.state, hall.hall.config, hall.hall.now_ms(), hall.clock.wall_ms)
    assert {(row.waited, row.risk) for row in view.waiting} == {(0, Risk.CARRIED)}
    hall.does(i.OpenDay(business_date=TOMORROW))
    opened_ms = hall.hall.now_ms()
    for lane, ids in ((Lane.STANDARD, tickets), (Lane.PRIORITY, [vip])):
        target_ms = hall.hall.config.target_ms(lane)
        assert all(0 <= hall.ticket(t).due_ms - opened_ms - target_ms < 4 for t in ids)
        assert ids == sorted(ids, key=lambda ticket_id: hall.ticket(ticket_id).due_key)
    hall.opens(2)
    hall.clock.pass_minutes(4)
    called = hall.ticket(hall.calls())
    assert (called.ticket_id, called.wait_ms) == (vip, 4 * MINUTE_MS)
    assert hall.state.figures["lane.priority.called_within"] == 1


def test_carried_tickets_count_for_their_lane(hall: TryHall) -> None:
    ticket_id = hall.issues()
    _next_day(hall, carry="all")
    hall.does(i.GivePriority(ticket_id=ticket_id, reason=hall.hall.config.reasons.priority[0].code))
    figures = hall.state.figures
    assert figures["tickets.carried"] == 1
    assert (figures["lane.standard.issued"], figures["lane.priority.issued"]) == (0, 1)


def test_a_carried_missed_customer_has_the_whole_window_again(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    _next_day(hall, carry="all")
    hall.clock.pass_minutes(hall.hall.config.calling.missed_window_minutes - 1)
    assert hall.does(i.KeepHouse()) == ()
    hall.does(i.ReturnMissed(ticket_id=ticket_id))


def test_a_closed_day_is_changed_by_nobody(hall: TryHall) -> None:
    hall.opens(2)
    held, missed, waiting = hall.issues(), hall.issues(), hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.does(i.CloseDay(carry="all"))
    reasons = hall.hall.config.reasons
    for intent in (
        i.CancelTicket(ticket_id=waiting, reason=reasons.cancel[0].code),
        i.ReportLeft(ticket_id=waiting),
        i.GivePriority(ticket_id=waiting, reason=reasons.priority[0].code),
        i.ReturnMissed(ticket_id=missed),
        i.EndHold(ticket_id=held),
    ):
        assert hall.refuses(intent) is Reason.DAY_NOT_OPEN


def test_only_tickets_that_are_there_can_be_carried(hall: TryHall) -> None:
    hall.issues()
    assert hall.refuses(i.CloseDay(carry=("mistyped",))) is Reason.UNKNOWN_TICKET
