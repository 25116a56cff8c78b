"""Replay: a recorded day on the real hall, customer by customer."""

import os
import threading
from pathlib import Path

import pytest

from hallq.domain import events as e
from hallq.domain.config import PolicyName
from hallq.domain.lanes import Lane
from hallq.settings import load_config
from hallq.simulation.day_file import read_day
from hallq.simulation.run import Run, Setting, replaying
from hallq.store.log import read_after
from hallq.store.report import DayReport
from hallq.store.verify import verify_store
from tests.rig.invariants import broken_invariants
from tests.simulation.days import busy_morning, day_file

CONFIG = load_config()


def run(run: Run) -> list[tuple[int, e.Event]]:
    """The whole day; every event with its time in seconds from the opening."""
    for _ in run.steps(threading.Event()):
        assert broken_invariants(run.hall.state) == []
    with run.store.reading() as connection:
        log = list(read_after(connection, 0))
    return [((recorded.at_ms - log[0].at_ms) // 1000, recorded.event) for recorded in log]


def told(folder: Path, *rows: str, counters: int = 1, vip: int = 0) -> list[str]:
    """What happened, one word and time for each event about tickets."""
    day = read_day(day_file(folder, *rows), CONFIG)
    with replaying(Setting(CONFIG, counters, vip), day) as opened:
        return [
            f"{at} {event.kind.removeprefix('ticket.')}"
            for at, event in run(opened)
            if event.kind.startswith(("ticket.", "visit."))
        ]


def test_a_customer_is_called_served_and_gone(tmp_path: Path) -> None:
    assert told(tmp_path, "2026-11-20T09:00:00,payment,none,120,,a") == [
        "60 issued",
        "60 granted",
        "60 announced",
        "60 arrived",
        "180 visit.finished",
    ]


def test_who_walked_out_is_missed_and_costs_the_counter_half_a_minute(tmp_path: Path) -> None:
    happened = told(
        tmp_path,
        "2026-11-20T09:00:00,payment,none,120,,a",
        "2026-11-20T09:00:10,payment,none,,30,b",
        "2026-11-20T09:00:20,payment,none,60,,c",
    )
    assert happened[-9:] == [
        "180 visit.finished",
        "180 granted",
        "180 announced",
        "210 missed",
        "210 granted",
        "210 announced",
        "210 arrived",
        "270 visit.finished",
        "270 expired",
    ]


def test_who_is_called_in_time_did_not_walk_out(tmp_path: Path) -> None:
    assert "missed" not in " ".join(told(tmp_path, "2026-11-20T09:00:00,payment,none,60,0,a"))


def test_the_same_customer_may_queue_twice(tmp_path: Path) -> None:
    row = "2026-11-20T09:00:00,payment,none,120,,a"
    assert len([line for line in told(tmp_path, row, row) if line.endswith("issued")]) == 2


def test_a_free_counter_for_everybody_goes_before_the_vip_counter_takes_a_standard_customer(
    tmp_path: Path,
) -> None:
    day = read_day(
        day_file(
            tmp_path,
            "2026-11-20T09:00:00,payment,none,120,,a",
            "2026-11-20T09:00:10,payment,gold,120,,b",
        ),
        CONFIG,
    )
    with replaying(Setting(CONFIG, 2, 1), day) as opened:
        calls = [event.counter for _, event in run(opened) if isinstance(event, e.TicketAnnounced)]
    assert calls == [2, 1]


def report_of(folder: Path, *rows: str) -> DayReport:
    """The figures of a day at one counter."""
    day = read_day(day_file(folder, *rows), CONFIG)
    with replaying(Setting(CONFIG, 1, policy=PolicyName.ARRIVAL), day) as opened:
        run(opened)
        assert verify_store(opened.store).differences == []
        return opened.report()


def test_waits_are_counted_from_issue_to_first_call(tmp_path: Path) -> None:
    rows = [f"2026-11-20T09:00:0{n},payment,none,600,,c{n}" for n in range(4)]
    report = report_of(tmp_path, *rows)
    lane = report.lanes[Lane.STANDARD]
    # Called after 0, 599, 1198, 1797 seconds; the target is 900.
    assert (lane.wait_p50_ms, lane.wait_p90_ms, lane.wait_max_ms) == (599_000, 1_797_000, 1_797_000)
    assert lane.service_level == 0.5
    assert report.lanes[Lane.PRIORITY].service_level is None
    assert report.transactions.service_level == 1.0


def test_missing_service_times_are_drawn_from_the_days_own(tmp_path: Path) -> None:
    rows = [f"2026-11-20T09:00:0{n},payment,none,{'77' if n == 0 else ''},,c{n}" for n in range(4)]
    report = report_of(tmp_path, *rows)
    assert (report.transactions.count, report.transactions.p90_ms) == (4, 77_000)


def test_it_can_be_stopped_between_two_steps(tmp_path: Path) -> None:
    stop = threading.Event()
    with replaying(Setting(CONFIG, 3), read_day(busy_morning(tmp_path), CONFIG)) as opened:
        steps = opened.steps(stop)
        for _ in range(10):
            next(steps)
        stop.set()
        assert list(steps) == []
        assert opened.hall.state.is_open


def test_it_runs_on_a_clock_that_really_waits(tmp_path: Path) -> None:
    rows = [f"2026-11-20T09:00:0{n},payment,none,5,,c{n}" for n in range(5)]
    setting = Setting(CONFIG, 2, speed=2_000)
    with replaying(setting, read_day(day_file(tmp_path, *rows), CONFIG)) as opened:
        run(opened)
        assert opened.report().served == 5


@pytest.mark.skipif(
    not os.environ.get("HALLQ_RECORDS"), reason="HALLQ_RECORDS names no recorded day (a day file as CSV)"
)
def test_a_recorded_day_is_served_to_the_last_customer() -> None:
    day = read_day(Path(os.environ["HALLQ_RECORDS"]), CONFIG)
    with replaying(Setting(CONFIG, 18, 2), day) as opened:
        for _ in opened.steps(threading.Event()):
            pass
        report = opened.report()
        assert report.tickets == len(day.arrivals)
        assert report.served + report.missed == report.tickets
        assert verify_store(opened.store).agrees
