"""A terminal's program as the test holds it: its orders, what it confirmed, its death."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hallq import __version__
from hallq.clock import SystemClock
from hallq.store import Store, open_store
from hallq.store.joined import Joined
from hallq.sync import joining
from hallq.sync.address import address_of
from hallq.sync.line import OutcomeUnknown
from hallq.sync.opening import connector_of
from tests.rig.proxy import LOOPBACK, FaultProxy
from tests.torture.hub_process import HALL, HubProcess

ANSWER_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Life:
    """What all terminals of a hall must know of its day."""

    seed: int
    start_ms: int
    terminals: int
    speed: float


@dataclass
class TerminalProcess:
    """A terminal's program and what it was told; killed and started as often as wanted."""

    number: int
    folder: Path
    proxy: FaultProxy
    life: Life
    off_ms: int = 0
    runs: int = 0
    mode: str = "rest"
    process: "subprocess.Popen[str] | None" = None
    confirmed: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    _answers: "queue.Queue[dict[str, Any]]" = field(default_factory=queue.Queue)
    _listener: threading.Thread | None = None

    @property
    def db(self) -> Path:
        """Its file."""
        return self.folder / "hall.db"

    def join(self, hub: HubProcess, name: str = "") -> None:
        """Enrol at the hub, through the proxy; also anew, as the successor of itself."""
        self.folder.mkdir(exist_ok=True)
        store = open_store(self.db, create=True, encrypted=self.number % 2 == 1)
        try:
            url = f"http://{LOOPBACK}:{self.proxy.port}/v1/halls/{HALL}"
            joined = self._enrolled(store, hub, url, name or f"Counter {self.number}")
            connector = connector_of(store, joined)
            joining.arrived(store, connector, self.folder / "hall.toml", SystemClock(), __version__)
            connector.close()
        finally:
            store.close()

    def _enrolled(self, store: Store, hub: HubProcess, url: str, name: str) -> Joined:
        """As a person does it: where no answer came in time, with a new code."""
        for last in (False, False, True):
            with hub.desk() as desk:
                code = desk.invite(HALL, name)
            try:
                return joining.enrolled(store, address_of(url), code)
            except OutcomeUnknown:
                if last:
                    raise
        raise AssertionError

    def start(self) -> None:
        """One more run; comes back when it lives."""
        self.runs += 1
        let_in = sum(1 for done in self.confirmed if done["kind"] == "ticket.issued")
        facts = {
            **{"folder": self.folder, "number": self.number, "run": self.runs, "let-in": let_in},
            **{"terminals": self.life.terminals, "seed": self.life.seed, "speed": self.life.speed},
            **{"start-ms": self.life.start_ms, "off-ms": self.off_ms},
        }
        with (self.folder / "said").open("a") as heard:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tests.torture.terminal"),
                    *(f"--{name}={value}" for name, value in facts.items()),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=heard,
                text=True,
            )
        self._listener = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._listener.start()
        assert self._answer()["word"] == "ready"
        self.be(self.mode)

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if not line.endswith("\n"):
                return  # killed while it spoke: the line was not said
            told = json.loads(line)
            if told["word"] == "done":
                self.confirmed.append(told)
            elif told["word"] in ("fault", "refused"):
                self.faults.append(told)
            else:
                self._answers.put(told)

    def order(self, words: str) -> None:
        """See `tests.torture.terminal.Driver`."""
        assert self.process is not None
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(words + "\n")
            self.process.stdin.flush()

    def be(self, mode: str) -> None:
        """ "live", "rest" or "haste", also after the next start."""
        self.mode = mode
        self.order(mode)

    def tell(self) -> dict[str, Any]:
        """How all is there."""
        self.order("tell")
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        try:
            return self._answers.get(timeout=ANSWER_SECONDS)
        except queue.Empty:
            raise AssertionError(f"terminal {self.number} is silent: {self.heard()}") from None

    def heard(self) -> str:
        """What it said beside its answers."""
        return (self.folder / "said").read_text(encoding="utf-8")[-2_000:]

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self._gone()

    def end(self) -> None:
        """Told to end, it ends by itself."""
        if self.process is not None:
            self.order("end")
            self._gone()

    def _gone(self) -> None:
        assert self.process is not None
        assert self._listener is not None
        self.process.wait(60)
        self._listener.join(60)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]
        self.process = None
