"""The same steps with 100,000 earlier tickets and with none; and how fast such a file opens.

Target: at most 1.2 times slower, by the medians. The three files are served in turn,
step by step, so that a slow moment of the disk falls on all of them alike.
`python -m benchmarks.backlog [TICKETS]`
"""

import multiprocessing
import sys
import tempfile
import time
from dataclasses import astuple
from pathlib import Path

from benchmarks.calls import open_with_waiting
from benchmarks.measure import DATE, Bare, Samples, config, done, new_hall, say
from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.domain.decide import Moment, decide
from hallq.domain.events import Event, Recorded
from hallq.domain.fold import fold
from hallq.domain.intents import Intent
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.hall import Hall
from hallq.store import Store, log, open_store
from hallq.store.projections import write_changes

TICKETS = 100_000
A_DAY = 1_400
VISITS = 300
_TOGETHER = 500
"""So many visits share a transaction while the past is made up."""


class _Past:
    """Writes log and projections as the hall does, but many intents to a transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._config = config()
        self._reading = SystemClock().read()
        self._state = HallState()
        self._ids = 0

    def lived(self, intents: list[Intent]) -> None:
        """Carry out the intents in one transaction."""
        before = self._state
        recorded: list[Recorded] = []
        for intent in intents:
            now_ms = self._reading.wall_ms
            decision = decide(intent, self._state, Moment(self._config, now_ms, now_ms, self._new_id))
            if isinstance(decision, Refusal):
                raise RuntimeError(f"{intent!r}: {decision}")
            position = self._state.position
            events = [self._recorded(position + step, e) for step, e in enumerate(decision, start=1)]
            self._state = fold(self._state, events)
            recorded += events
        with self._store.writing() as connection:
            log.append(connection, recorded, self._state.business_date)
            write_changes(connection, before, self._state)
        self._state = self._state.settled()

    def _new_id(self) -> str:
        self._ids += 1
        return f"{'0' * 32}{self._ids:08x}"

    def _recorded(self, position: int, event: Event) -> Recorded:
        wall_ms, boot_id, boot_ms = astuple(self._reading)
        return Recorded(position, wall_ms, wall_ms, boot_id, boot_ms, "past", "past", position, "past", event)


_VISIT: list[Intent] = [
    i.IssueTicket(service="payment"),
    i.CallNext(counter=2),
    i.ConfirmArrival(counter=2),
    i.FinishVisit(counter=2),
]


def write_past(path: Path, tickets: int, a_day: int) -> None:
    """A file with `tickets` finished visits on days of `a_day` visits each; the last one is closed."""
    store = open_store(path, create=True)
    past = _Past(store)
    for day in range(-(-tickets // a_day)):
        date = DATE if a_day >= tickets else f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}"
        past.lived([i.OpenDay(business_date=date), i.OpenCounter(counter=2, clerk="1001")])
        today = min(a_day, tickets - day * a_day)
        for served in range(0, today, _TOGETHER):
            past.lived(_VISIT * min(_TOGETHER, today - served))
        past.lived([i.CloseDay()])
    store.close()


def _cold_starts(paths: dict[str, Path], samples: Samples) -> None:
    for _ in range(20):
        for name, path in paths.items():
            with samples.timed(name):
                hall = new_hall(path)
            hall.close()


def _interleaved(halls: dict[str, Hall], bare: Bare, samples: Samples) -> None:
    for _ in range(VISITS):
        for step, intent in zip(("issue", "call", "arrive", "finish"), _VISIT, strict=True):
            with samples.timed("bare one-row write"):
                bare.write()
            for name, hall in halls.items():
                with samples.timed(f"{step}, {name}"):
                    done(hall, intent)


def main() -> None:
    """Build, measure and print."""
    tickets = int(sys.argv[1]) if len(sys.argv) > 1 else TICKETS
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        paths = {name: Path(folder) / f"{name}.db" for name in ("empty", "earlier days", "same day")}
        began = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            work = [(paths["earlier days"], tickets, A_DAY), (paths["same day"], tickets, tickets)]
            pool.starmap(write_past, work, chunksize=1)
        say(f"\nmade up twice {tickets:,} visits in {time.perf_counter() - began:.0f} s")
        starts = Samples()
        new_hall(paths["empty"]).close()
        _cold_starts(paths, starts)
        starts.show("Open a file and load its state", floor="empty")
        halls = {name: new_hall(path) for name, path in paths.items()}
        for hall in halls.values():
            open_with_waiting(hall)
        samples = Samples()
        _interleaved(halls, Bare(Path(folder) / "bare.db"), samples)
        for hall in halls.values():
            hall.close()
    samples.show(f"{tickets:,} earlier tickets", floor="bare one-row write")
    for step in ("issue", "call", "arrive", "finish"):
        base = samples.median(f"{step}, empty")
        ratios = ", ".join(
            f"{name} {samples.median(f'{step}, {name}') / base:.2f}" for name in ("earlier days", "same day")
        )
        say(f"  {step:10} against an empty file (target <= 1.2): {ratios}")


if __name__ == "__main__":
    main()
