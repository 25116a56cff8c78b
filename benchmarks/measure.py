"""Timing and printing that the benchmarks share. Times are milliseconds."""

import contextlib
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.clock import SystemClock
from hallq.domain.config import HallConfig
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Hall
from hallq.settings import load_config
from hallq.store import open_store
from hallq.store.connections import PRAGMAS

DATE = "2026-11-22"
ACTOR = Actor("1001", "benchmark")


class Samples:
    """Durations by name, each compared with the floor in the same run."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[float]] = {}

    @contextlib.contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure the block."""
        began = time.perf_counter()
        yield
        self.add(name, (time.perf_counter() - began) * 1e3)

    def add(self, name: str, *durations_ms: float) -> None:
        """Take in durations measured elsewhere."""
        self._by_name.setdefault(name, []).extend(durations_ms)

    def of(self, name: str) -> list[float]:
        """All durations of one name."""
        return self._by_name[name]

    def median(self, name: str) -> float:
        """The median of one name."""
        return statistics.median(self._by_name[name])

    def show(self, title: str, floor: str) -> None:
        """Print a table; the ratio is median to the floor's median."""
        say(f"\n{title}")
        say(f"  {'':24}{'count':>7}{'median':>10}{'p95':>10}{'worst':>10}{'ratio':>8}")
        for name, durations in self._by_name.items():
            ratio = statistics.median(durations) / self.median(floor)
            say(
                f"  {name:24}{len(durations):7}{statistics.median(durations):10.3f}"
                f"{percentile(durations, 95):10.3f}{max(durations):10.3f}{ratio:8.2f}"
            )


def percentile(durations: Sequence[float], percent: int) -> float:
    """The smallest duration that `percent` of all do not exceed."""
    ordered = sorted(durations)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)  # noqa: T201 - a benchmark's output is its result


def config() -> HallConfig:
    """The packaged settings."""
    return load_config()


def new_hall(path: Path) -> Hall:
    """A hall on the file at `path`, made when absent."""
    return Hall(open_store(path, create=True), config(), clock=SystemClock())


def done(hall: Hall, intent: Intent) -> Done:
    """The hall carries out the intent."""
    result = hall.perform(intent, ACTOR)
    if not isinstance(result, Done):
        raise RuntimeError(f"{intent!r}: {result.refusal}")
    return result


class Bare:
    """The floor: one row in one durable transaction, same driver, same pragmas, same disk."""

    def __init__(self, path: Path) -> None:
        self._connection = driver.connect(str(path), isolation_level=None, timeout=60)
        for pragma in PRAGMAS:
            self._connection.execute(pragma)
        self._connection.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body TEXT)")

    def write(self) -> None:
        """Begin, insert, commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO row (body) VALUES (?)", ("x" * 200,))
        self._connection.execute("COMMIT")
