"""A terminal that was cut off for a day comes back: when does it have all, and do its keys answer meanwhile?

Target: 10,000 events behind, or 10,000 own events to be sent, are caught up in under 10 seconds; each key
is painted in under 100 ms meanwhile. The hub is a process on PostgreSQL, the terminal the real program in
a pseudo-terminal, the cut a proxy between them. `python -m benchmarks.catch_up`
"""

import contextlib
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hub_board import join
from benchmarks.hubs import HALL, HubProcess, a_hub_process
from benchmarks.measure import DATE, Samples, config, done, percentile, say
from benchmarks.terminal import Terminal
from hallq.domain import intents as i
from hallq.hall import Hall
from hallq.store import Store, log, open_store, outbox
from tests.rig.proxy import LOOPBACK, Fault, FaultProxy

EVENTS = 10_000
KEYS = (b"a", b"1", b"\x1b[27u")
LONGEST_SECONDS = 40


@dataclass
class Place:
    """A terminal's folder, behind its own proxy."""

    folder: Path
    proxy: FaultProxy

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """Its file."""
        opened = open_store(self.folder / "hall.db")
        yield opened
        opened.close()

    @contextlib.contextmanager
    def running(self) -> Iterator[Terminal]:
        """The guide's screen on it, painted."""
        command = [sys.executable, "-m", "hallq", "guide", "--dir", str(self.folder), "--language", "en"]
        screen = Terminal(command, 100, 30)
        try:
            screen.await_text("Guide")
            yield screen
        finally:
            screen.close()


@contextlib.contextmanager
def _joined(hub: HubProcess, folder: Path, name: str) -> Iterator[Place]:
    with FaultProxy((LOOPBACK, int(hub.url.rsplit(":", 1)[1]))) as proxy:
        join(folder / name, proxy.url, hub.code(name))
        yield Place(folder / name, proxy)


def _lives(hall: Hall, events: int) -> None:
    """Visits at a terminal's own counter until so many own events wait."""
    done(hall, i.OpenDay(business_date=DATE))
    done(hall, i.OpenCounter(counter=1, clerk="1001"))
    written = 2
    while written < events:
        written += sum(len(done(hall, intent).events) for intent in _visit())


def _visit() -> tuple[i.Intent, ...]:
    return (
        i.IssueTicket(service="payment"),
        i.CallNext(counter=1),
        i.ConfirmArrival(counter=1),
        i.StartTransaction(counter=1, service="payment"),
        i.FinishVisit(counter=1),
    )


def _unsent(store: Store) -> int:
    with store.reading() as connection:
        return outbox.mark(connection).count


def _position(store: Store) -> int:
    with store.reading() as connection:
        return log.last_position(connection)


def _pressed_until(screen: Terminal, samples: Samples, name: str, is_done: Callable[[], bool]) -> float:
    """Keys, one after the other, until it is done; the seconds that took."""
    begun = time.perf_counter()
    for key in itertools.cycle(KEYS):
        painted = screen.press(key)
        if painted:
            samples.add(name, painted[0])
        if is_done():
            return time.perf_counter() - begun
        if time.perf_counter() - begun > LONGEST_SECONDS:
            raise TimeoutError(name)
    raise AssertionError


def _told(name: str, seconds: float, samples: Samples) -> None:
    took = samples.of(name)
    keys = f"{len(took)} keys: median {percentile(took, 50):.0f} ms, p95 {percentile(took, 95):.0f} ms"
    say(f"  {EVENTS} events {name:10} {seconds:6.1f} s   {keys}, worst {max(took):.0f} ms")


def main() -> None:
    """Print both ways."""
    samples = Samples()
    say("\ncaught up after a cut, and from key to paint meanwhile")
    with a_hub_process() as hub, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _joined(hub, folder, "busy") as busy, _joined(hub, folder, "idle") as idle:
            for place in (busy, idle):
                place.proxy.cut(Fault.RESET)
            with busy.store() as store, store.synced_at_the_end():
                _lives(Hall(store, config()), EVENTS)
            with busy.store() as store, busy.running() as screen:
                busy.proxy.heal()
                seconds = _pressed_until(screen, samples, "to send", lambda: _unsent(store) == 0)
                _told("to send", seconds, samples)
            with idle.store() as store, idle.running() as screen:
                last = hub.hub.last(HALL)
                idle.proxy.heal()
                seconds = _pressed_until(screen, samples, "behind", lambda: _position(store) >= last)
                _told("behind", seconds, samples)


if __name__ == "__main__":
    main()
