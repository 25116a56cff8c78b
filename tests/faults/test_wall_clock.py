"""A wall clock that is wrong or jumps spoils no wait, no length and no number."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hallq.domain import intents as i
from hallq.store import Store, open_store
from tests.builders import DATE, DAY_MS, HOUR_MS, MINUTE_MS, HandClock, TryHall, a_hall

YEAR_2106_MS = 4_294_967_296_000


def _summer_time_ms() -> int:
    begins = datetime(2026, 3, 29, 2, 59, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    return round(begins.timestamp() * 1000)


def _served_visit(hall: TryHall, set_wall_ms: int) -> None:
    """Wait 4, walk 1, be served 3 minutes, while somebody sets the clock again and again."""
    ticket_id = hall.issues()
    start_ms = hall.clock.wall_ms
    for minutes, intent in ((4, i.CallNext), (1, i.ConfirmArrival), (3, i.FinishVisit)):
        hall.clock.pass_minutes(minutes)
        hall.clock.set_wall(set_wall_ms)
        hall.does(intent(counter=2))
    hall.clock.set_wall(start_ms)
    with hall.store.reading() as connection:
        row = connection.execute(
            "SELECT wait_ms, walk_ms, duration_ms, ticket.ended_ms - issued_ms FROM ticket "
            "JOIN service_transaction USING (ticket_id) WHERE ticket_id = ?",
            (ticket_id,),
        ).fetchone()
    assert row == (4 * MINUTE_MS, MINUTE_MS, 3 * MINUTE_MS, 8 * MINUTE_MS)


@pytest.mark.parametrize(
    "jump_ms", [-HOUR_MS, HOUR_MS, -DAY_MS, DAY_MS], ids=["hour-back", "hour-on", "day-back", "day-on"]
)
def test_a_jump_of_the_wall_clock_changes_no_length(hall: TryHall, jump_ms: int) -> None:
    hall.opens(2)
    _served_visit(hall, hall.clock.wall_ms + jump_ms)


@pytest.mark.parametrize(
    "wall_ms", [0, -1, YEAR_2106_MS, _summer_time_ms()], ids=["1970", "1969", "2106", "summer-time"]
)
def test_a_nonsensical_wall_clock_changes_no_length(hall: TryHall, wall_ms: int) -> None:
    hall.opens(2)
    _served_visit(hall, wall_ms)


@pytest.mark.parametrize("wall_ms", [0, YEAR_2106_MS, _summer_time_ms()])
def test_a_hall_can_begin_with_a_nonsensical_wall_clock(store: Store, wall_ms: int) -> None:
    hall = a_hall(store, HandClock(wall_ms=wall_ms))
    hall.opens(2)
    _served_visit(hall, wall_ms + HOUR_MS)


def test_numbers_stay_unique_when_the_clock_goes_back_over_midnight(hall: TryHall, tmp_path: Path) -> None:
    labels = [hall.ticket(hall.issues()).label for _ in range(3)]
    hall.clock.set_wall(hall.clock.wall_ms - DAY_MS)
    labels += [hall.ticket(hall.issues()).label for _ in range(3)]
    hall.clock.restart(off_ms=-DAY_MS)
    again = a_hall(open_store(tmp_path / "hall.db"), hall.clock)
    labels += [again.ticket(again.issues()).label for _ in range(3)]
    assert labels == [f"B{number:03d}" for number in range(1, 10)]
    assert {t.business_date for t in again.state.tickets.values()} == {DATE}
    again.hall.close()


def test_a_wait_over_a_restart_with_a_wrong_clock_is_never_negative(hall: TryHall, tmp_path: Path) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.clock.pass_minutes(5)
    hall.clock.restart(off_ms=-2 * DAY_MS)
    again = a_hall(open_store(tmp_path / "hall.db"), hall.clock)
    assert again.calls() == ticket_id
    assert (again.ticket(ticket_id).wait_ms or 0) >= 0
    again.hall.close()


def test_the_hour_that_summer_time_skips_is_no_wait(store: Store) -> None:
    hall = a_hall(store, HandClock(wall_ms=_summer_time_ms()))
    hall.opens(2)
    ticket_id = hall.issues()
    hall.clock.pass_minutes(1)
    hall.calls()
    assert hall.ticket(ticket_id).wait_ms == MINUTE_MS
