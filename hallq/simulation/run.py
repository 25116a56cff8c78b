"""A replay with everything around it: its file, its clock, its hall, and its outcome as data."""

import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hallq.domain.config import HallConfig, PolicyName
from hallq.domain.lanes import Lane
from hallq.hall import Hall
from hallq.simulation.clock import PacedClock, ScaledClock, VirtualClock
from hallq.simulation.day_file import RecordedDay
from hallq.simulation.replay import Progress, Replay, changed, hall_with_counters
from hallq.store import Store, open_store
from hallq.store.report import DayReport, LaneReport, Span, TransactionReport, day_report

OPENS_BEFORE_MS = 60_000
"""The replayed day opens so long before the first customer."""


@dataclass
class FileInUseError(Exception):
    """The database already holds a day."""

    path: Path


@dataclass(frozen=True, slots=True)
class Setting:
    """How a replay is to be run. `speed`: None jumps, else so many times as fast as life."""

    config: HallConfig
    counters: int
    vip_counters: int = 0
    policy: PolicyName | None = None
    speed: float | None = None
    db: Path | None = None
    append: bool = False

    def hall_config(self) -> HallConfig:
        """The hall's settings with the counters and the policy of this run."""
        config = hall_with_counters(self.config, self.counters, self.vip_counters)
        if self.policy is None:
            return config
        calling = config.calling.model_copy(update={"policy": self.policy})
        return changed(config, calling=calling)


@dataclass(frozen=True, slots=True)
class Run:
    """A replay ready to run: `steps` drives it, `outcome` says how it went."""

    hall: Hall
    store: Store
    replay: Replay
    day: RecordedDay
    setting: Setting
    began: float
    since_ms: int

    def steps(self, stop: threading.Event) -> Iterator[Progress]:
        """Each happening in turn. After the last one everything is on the disk.

        As fast as possible means that the disk is waited for once, at the end: nobody
        reads on a screen that something was saved. At any other speed each commit waits.
        """
        syncing = self.store.synced_at_the_end() if self.setting.speed is None else contextlib.nullcontext()
        with syncing:
            yield from self.replay.steps(stop)

    def report(self) -> DayReport:
        """The figures of this run, asked from the database."""
        config = self.hall.config
        targets_ms = {lane: config.target_ms(lane) for lane in Lane}
        span = Span(self.day.business_date, self.hall.now_ms(), self.since_ms)
        with self.store.reading() as connection:
            return day_report(connection, span, targets_ms)

    def outcome(self) -> dict[str, Any]:
        """The figures as one object: counts, seconds, shares of 1."""
        report = self.report()
        return {
            "tickets": report.tickets,
            "served": report.served,
            "missed": report.missed,
            "waiting_at_close": report.waiting_at_close,
            "rejected": len(self.day.bad_rows),
            "contested": report.contested,
            "events": report.events,
            "wall_seconds": round(time.monotonic() - self.began, 3),
            "policy": str(self.hall.config.calling.policy),
            "counters": self.setting.counters,
            "lanes": {str(lane): _lane(lane_report) for lane, lane_report in report.lanes.items()},
            "transactions": _transactions(report.transactions),
        }


def _lane(report: LaneReport) -> dict[str, Any]:
    return {
        "tickets": report.tickets,
        "service_level": report.service_level,
        "wait_p50_s": _seconds(report.wait_p50_ms),
        "wait_p90_s": _seconds(report.wait_p90_ms),
        "wait_max_s": _seconds(report.wait_max_ms),
    }


def _transactions(report: TransactionReport) -> dict[str, Any]:
    return {
        "count": report.count,
        "service_level": report.service_level,
        "p50_s": _seconds(report.p50_ms),
        "p90_s": _seconds(report.p90_ms),
    }


def _seconds(span_ms: int | None) -> float | None:
    return None if span_ms is None else span_ms / 1000


@contextlib.contextmanager
def replaying(setting: Setting, day: RecordedDay) -> Iterator[Run]:
    """A replay on its database; without one of its own it leaves nothing behind.

    Raises FileInUseError for a database that holds a day, unless the setting appends.
    """
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        path = setting.db
        if path is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hallq-replay-"))
            path = Path(folder) / "hall.db"
        store = open_store(path, create=not path.exists())
        stack.callback(store.close)
        clock = _clock(setting, day)
        hall = Hall(store, setting.hall_config(), clock=clock)
        if hall.state.position and not setting.append:
            raise FileInUseError(path)
        yield Run(hall, store, Replay(hall, clock, day), day, setting, began, hall.now_ms())


def _clock(setting: Setting, day: RecordedDay) -> PacedClock:
    start_ms = day.arrivals[0].arrived_ms - OPENS_BEFORE_MS
    return VirtualClock(start_ms) if setting.speed is None else ScaledClock(start_ms, setting.speed)
