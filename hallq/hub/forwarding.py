"""The upstreams of a hub's halls: where they are kept, and the thread that speaks with each."""

import json
import secrets
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from ssl import SSLError

from hallq.election import Election
from hallq.hub.desk import Hub
from hallq.hub.upstream import Above, Upstream
from hallq.logs import journal
from hallq.sync.address import Credentials, address_of
from hallq.sync.connecting import Connector
from hallq.sync.http_line import HttpLine
from hallq.sync.line import Line
from hallq.whole_file import write_whole

LOOK_SECONDS = 5.0
ELECTION_SECONDS = 1.0
AWAY_SECONDS = (1.0, 30.0)
"""The first pause when the upstream is away, doubled up to the second."""


@dataclass(frozen=True, slots=True, repr=False)
class Hold:
    """How one hall reaches its upstream. `ca`: the only certificate to trust, PEM."""

    url: str
    token: str
    ca: str = ""
    plain_http: bool = False

    def line(self) -> Line:
        """The line to the upstream. Raises BadAddressError and PlainTextError."""
        credentials = Credentials(self.token, self.ca, self.plain_http)
        return HttpLine(Connector(address_of(self.url), credentials))


def load(path: Path) -> dict[str, Hold]:
    """The upstream of each hall that has one. Raises OSError, and ValueError for a damaged file."""
    if not path.exists():
        return {}
    text = path.read_text(encoding="utf-8")
    try:
        holds = {str(hall): Hold(**hold) for hall, hold in json.loads(text).items()}
        for hold in holds.values():
            hold.line()
    except (AttributeError, TypeError, ValueError, SSLError) as error:
        raise ValueError(str(path)) from error
    return holds


def save(path: Path, holds: dict[str, Hold]) -> None:
    """Write the file whole or not at all, for its owner only. Raises OSError."""
    told = {hall: asdict(hold) for hall, hold in holds.items()}
    write_whole(path, json.dumps(told).encode("ascii"))


class Forwarding(threading.Thread):
    """Forwards one hall's log as it grows, until told to stop; one process of a hub does it."""

    def __init__(self, hub: Hub, hall: str, line: Line, election: Election) -> None:
        """`election`: the place of the process that forwards."""
        super().__init__(name=f"hallq-upstream-{hall}", daemon=True)
        self._hub = hub
        self._hall = hall
        self._election = election
        self._upstream = Upstream(hub, hall, line, lambda: secrets.token_hex(16))
        self._stop_wanted = threading.Event()

    def stop(self) -> None:
        """End after the step that runs."""
        self._stop_wanted.set()

    def run(self) -> None:
        """Forward what is new, and look up again in a while where nothing is."""
        pause_seconds = 0.0
        while not self._stop_wanted.wait(pause_seconds):
            pause_seconds = self._next_pause(pause_seconds)
        self._election.leave()

    def _next_pause(self, last_seconds: float) -> float:
        """One step, and the seconds until the next one."""
        try:
            if not self._election.try_take():
                return ELECTION_SECONDS
            status = self._upstream.step()
            if status.above is Above.FORWARDED:
                self._hub.wait_after(self._hall, status.position, LOOK_SECONDS)
                return 0.0
        except Exception as error:  # whatever it is, the thread goes on: nobody else forwards this hall
            journal().warning("upstream-step", hall=self._hall, error=repr(error)[:500])
        first, longest = AWAY_SECONDS
        return min(longest, max(first, last_seconds * 2))


def start(hub: Hub, path: Path) -> list[Forwarding]:
    """Begin to forward every hall that has an upstream; the file is read once."""
    threads = []
    for hall, hold in load(path).items():
        thread = Forwarding(hub, hall, hold.line(), Election(path.with_name(f"{path.name}.{hall}")))
        thread.start()
        threads.append(thread)
    return threads
