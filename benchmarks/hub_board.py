"""From a call that was confirmed at one terminal to the painted board of another.

Targets on loopback, the hub on PostgreSQL: median under 60 ms, p95 under 150 ms; with 200 connected
terminals and 50 events a second p95 under 300 ms. Hub, caller and board are processes; the board is the
real program in a pseudo-terminal of 28x9, where it writes numbers as text.
`python -m benchmarks.hub_board [OTHER_TERMINALS]`
"""

import contextlib
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

from benchmarks.hub_calls import Caller
from benchmarks.hubs import HALL, HubProcess, a_hub_process
from benchmarks.measure import DATE, Samples, percentile, say
from benchmarks.terminal import Terminal
from hallq.domain import intents as i
from hallq.hall import Actor, Done
from hallq.launch import open_hall
from hallq.paths import Place
from hallq.settings import load_config

CALLS = 120
EVENTS_A_SECOND = 50


def main(others: int = 0) -> None:
    """Print the table."""
    with a_hub_process() as hub, tempfile.TemporaryDirectory() as folder:
        for name in ("caller", "board"):
            join(Path(folder) / name, hub.url, hub.code(name))
        crowd = Crowd(hub, others)
        samples = Samples()
        board = Terminal([sys.executable, "-m", "hallq", "board", "--dir", f"{folder}/board"], 28, 9)
        try:
            _measure(Path(folder) / "caller", board, samples, crowd)
        finally:
            board.close()
            crowd.stop()
        took = samples.of("painted")
    say(f"\nfrom a confirmed call to the painted board of another terminal, {others} others connected")
    say(
        f"  {len(took)} calls: median {percentile(took, 50):.0f} ms, p95 {percentile(took, 95):.0f} ms,"
        f" worst {max(took):.0f} ms"
    )


def join(folder: Path, url: str, code: str) -> None:
    """A new terminal in a new folder."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "hallq", "join", f"{url}/v1/halls/{HALL}", code, "--dir", str(folder)],
        check=True,
        capture_output=True,
    )


def _measure(folder: Path, board: Terminal, samples: Samples, crowd: "Crowd") -> None:
    actor = Actor("1001", "caller")
    hall, end = open_hall(Place(folder, folder / "hall.db", folder / "hall.toml"), load_config())

    def does(intent: i.Intent) -> None:
        hall.refresh()
        result = hall.perform(intent, actor)
        if not isinstance(result, Done):
            raise RuntimeError(f"{intent!r}: {result.refusal}")

    try:
        time.sleep(3)
        does(i.OpenDay(business_date=DATE))
        does(i.OpenCounter(counter=1, clerk="1001"))
        crowd.start()
        for _ in range(CALLS):
            does(i.IssueTicket(service="payment"))
            time.sleep(0.25)
            board.settle()
            does(i.CallNext(counter=1))
            called = time.perf_counter()
            ticket = hall.state.ticket_at(1)
            assert ticket is not None
            samples.add("painted", (board.await_paint(ticket.label) - called) * 1e3)
            does(i.ConfirmArrival(counter=1))
            does(i.FinishVisit(counter=1))
            time.sleep(0.1)
    finally:
        end()
        hall.close()


class Crowd:
    """Further terminals with their bells open, some of which issue tickets."""

    def __init__(self, hub: HubProcess, count: int) -> None:
        """Join them all."""
        self._callers = [Caller(hub.url, f"other {n}") for n in range(count)]
        for caller in self._callers:
            caller.is_device(*hub.enrolled(caller.name))
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Open the bells, and issue tickets."""
        if not self._callers:
            return
        self._threads = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._issue, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Everybody goes."""
        self._stop.set()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        """Every terminal pulls when its bell rings."""
        bells = {_bell(caller): caller for caller in self._callers}
        while not self._stop.is_set():
            for bell in select.select(list(bells), [], [], 0.2)[0]:
                bell.recv(1 << 16)
                with contextlib.suppress(urllib3.exceptions.HTTPError):  # an idle connection that ended
                    bells[bell].catches_up()

    def _issue(self) -> None:
        turn = 0
        while not self._stop.wait(1 / EVENTS_A_SECOND):
            with contextlib.suppress(urllib3.exceptions.HTTPError):
                self._callers[turn % len(self._callers)].issues(1)
            turn += 1


def _bell(caller: Caller) -> socket.socket:
    """The open bell of one terminal, its token good."""
    address = urlsplit(caller.url)
    bell = socket.create_connection((address.hostname, address.port))
    words = (
        f"GET /v1/halls/{HALL}/bell HTTP/1.1",
        f"Host: {address.netloc}",
        f"Authorization: Bearer {caller.token}",
        "",
        "",
    )
    bell.sendall("\r\n".join(words).encode())
    return bell


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
