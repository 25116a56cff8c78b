"""Eight processes that all want to write at the same moment, again and again.

Target: the worst case under 50 ms. The control writes one row under the same pragmas and
lets SQLite's own busy handler wait. While the hall is measured, the main process syncs one page
of a file of its own now and then: where that takes long as well, the disk was slow, not the
hall. `python -m benchmarks.crowd`
"""

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.calls import WAITING, open_with_waiting
from benchmarks.measure import Bare, Samples, done, new_hall
from hallq.domain import intents as i

PROCESSES = 8
ROUNDS = 100
SYNC_EVERY_SECONDS = 0.01


def _calls(path: Path, number: int, barrier: Barrier) -> list[float]:
    hall = new_hall(path)
    done(hall, i.OpenCounter(counter=number, clerk=f"clerk-{number}"))
    barrier.wait()
    took = []
    for _ in range(ROUNDS):
        for intent in (
            i.IssueTicket(service="payment"),
            i.CallNext(counter=number),
            i.ConfirmArrival(counter=number),
            i.FinishVisit(counter=number),
        ):
            began = time.perf_counter()
            done(hall, intent)
            took.append((time.perf_counter() - began) * 1e3)
    hall.close()
    return took


def _rows(path: Path, number: int, barrier: Barrier) -> list[float]:
    bare = Bare(path)
    barrier.wait()
    took = []
    for _ in range(ROUNDS * 4):
        began = time.perf_counter()
        bare.write()
        took.append((time.perf_counter() - began) * 1e3)
    return took


class _Page:
    """One page of a file, overwritten and synced: what the disk takes without hallq."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        self.took: list[float] = []
        self.sync()
        self.took.clear()  # that was to make room for it

    def sync(self) -> None:
        began = time.perf_counter()
        os.pwrite(self._descriptor, os.urandom(4096), 0)
        os.fsync(self._descriptor)
        self.took.append((time.perf_counter() - began) * 1e3)


def _at_once(work: Callable[[Path, int, Barrier], list[float]], path: Path, page: _Page) -> list[float]:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(PROCESSES + 1)
        with context.Pool(PROCESSES) as pool:
            arguments = [(path, n, barrier) for n in range(1, PROCESSES + 1)]
            parts = pool.starmap_async(work, arguments, chunksize=1)
            barrier.wait()
            while not parts.ready():
                parts.wait(SYNC_EVERY_SECONDS)
                page.sync()
            return [took for part in parts.get() for took in part]


def main() -> None:
    """Measure and print."""
    samples = Samples()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        bare = Path(folder) / "bare.db"
        Bare(bare)
        samples.add("busy handler, one row", *_at_once(_rows, bare, _Page(Path(folder) / "page")))
        path = Path(folder) / "hall.db"
        hall = new_hall(path)
        open_with_waiting(hall, waiting=WAITING)
        done(hall, i.CloseCounter(counter=2))
        hall.close()
        page = _Page(Path(folder) / "page")
        samples.add("hall, in turn", *_at_once(_calls, path, page))
        samples.add("one page beside it", *page.took)
    samples.show(f"{PROCESSES} processes at once (target: worst < 50 ms)", floor="busy handler, one row")


if __name__ == "__main__":
    main()
