"""The day's counts add up, whatever became of each ticket."""

from hallq.domain import intents as i
from hallq.domain.lanes import Lane
from hallq.store.report import DayReport, Span, day_report
from tests.builders import DATE, TryHall


def report(hall: TryHall) -> DayReport:
    config = hall.hall.config
    with hall.store.reading() as connection:
        targets_ms = {lane: config.target_ms(lane) for lane in Lane}
        return day_report(connection, Span(DATE, hall.hall.now_ms()), targets_ms)


def counts(hall: TryHall) -> tuple[int, int, int, int]:
    found = report(hall)
    return (found.tickets, found.served, found.missed, found.waiting_at_close)


def test_who_came_back_waits_and_who_did_not_was_missed(hall: TryHall) -> None:
    hall.opens(2)
    back, gone = hall.issues(), hall.issues()
    for _ in (back, gone):
        hall.calls(2)
        hall.clock.pass_minutes(1)
        hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(1)
    assert counts(hall) == (2, 0, 2, 0)
    hall.does(i.ReturnMissed(ticket_id=back))
    assert counts(hall) == (2, 0, 1, 1)
    hall.does(i.CloseDay())
    assert counts(hall) == (2, 0, 1, 1)


def test_a_missed_window_that_passed_stays_missed(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(hall.hall.config.calling.missed_window_minutes + 1)
    hall.does(i.KeepHouse())
    assert counts(hall) == (1, 0, 1, 0)
