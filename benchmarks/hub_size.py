"""What an event costs at a hub with 5 million events in 1,000 halls, against an empty one.

Target: at most 1.3 times. Two databases of one server are asked in turn. The large one is filled
with copies of one hall's real log. `python -m benchmarks.hub_size [HALLS]`
"""

import itertools
import secrets
import sys
import time
from dataclasses import dataclass, field

import sqlalchemy as sa

from benchmarks.hub_intake import enveloped, visits
from benchmarks.hubs import HALL, KEY, Device, a_server, device_of, url_of
from benchmarks.measure import DATE, Samples, say
from hallq.clock import SystemClock
from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.lanes import Lane, Tier
from hallq.hub import Hub, tables
from hallq.hub.database import Database
from hallq.protocol import BATCH_EVENTS, Command, Place, Pull, Push
from hallq.settings import default_text

HALLS = 1_000
EVENTS_EACH = 5_000
ROUNDS = 300
WAITING = 60

_TABLES = ("hall", "setting", "folded", "entry", "device")


@dataclass
class Terminal:
    """A terminal of one hub, in a hall of its own."""

    hub: Hub
    name: str
    device: Device = field(init=False)
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        """It joins the hall and opens its counter; some wait."""
        self.device = device_of(self.hub, self.name, "Counter 1")
        self.place = Place(epoch=self.device.epoch)
        self._seq, self._numbers = itertools.count(1), itertools.count(1)

    def pushes(self, *events: e.Event) -> None:
        """Send events."""
        sent = [enveloped(event, self.device.caller.device, next(self._seq)) for event in events]
        self.hub.push(self.device.caller, Push(session=self.device.session, events=sent))

    def asks(self, intent: i.Intent) -> str:
        """A command; the granted ticket."""
        asked = Command(
            session=self.device.session,
            id=secrets.token_hex(16),
            intent=type(intent).__name__,
            facts=intent.model_dump(mode="json"),
            actor="1001",
            terminal="Counter 1",
            place=self.place,
        )
        answer = self.hub.command(self.device.caller, asked)
        if answer.refusal:
            raise RuntimeError(answer.refusal)
        self.place = answer.page.place
        return answer.granted

    def pulls(self) -> None:
        """What is new."""
        page = self.hub.pull(self.device.caller, Pull(session=self.device.session, place=self.place))
        self.place = page.place

    def opens(self) -> None:
        """The day begins."""
        self.asks(i.OpenDay(business_date=DATE))
        self.asks(i.OpenCounter(counter=1, clerk="1001"))
        self.pushes(*(self.ticket() for _ in range(WAITING)))

    def ticket(self) -> e.TicketIssued:
        """A customer comes."""
        number = next(self._numbers)
        return e.TicketIssued(
            ticket_id=f"{self.device.caller.device[:12]}-{number}",
            business_date=DATE,
            series="C",
            number=number,
            lane=Lane.STANDARD,
            tier=Tier.NONE,
            service="payment",
            due_ms=time.time_ns() // 1_000_000 + 900_000,
        )


def _hub(dsn: str) -> tuple[Hub, Database]:
    database = Database(url_of(dsn))
    database.migrate()
    return Hub(database, clock=SystemClock(), key=KEY, new_random=lambda: secrets.token_hex(16)), database


def _filled(hub: Hub, database: Database, halls: int) -> int:
    """Copies of a hall with a real log; how many events there are then."""
    hub.create_hall("copy", "Copied hall", default_text())
    device = device_of(hub, "copy", "Counter 1")
    log = list(itertools.islice(visits(device.caller.device, SystemClock().read().wall_ms), EVENTS_EACH))
    for start in range(0, len(log), BATCH_EVENTS):
        batch = log[start : start + BATCH_EVENTS]
        hub.push(device.caller, Push(session=device.session, events=batch))
    with database.engine.connect() as connection:
        for name in _TABLES:
            columns = [column.name for column in tables.metadata.tables[name].columns]
            told = ", ".join("'copy-' || n" if column == "hall" else column for column in columns)
            connection.execute(
                sa.text(
                    f"INSERT INTO {name} ({', '.join(columns)}) SELECT {told}"
                    f" FROM {name}, generate_series(1, {halls - 1}) AS n WHERE hall = 'copy'"
                )
            )
            connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("VACUUM ANALYZE"))
        return int(connection.execute(sa.text("SELECT count(*) FROM entry")).scalar_one())


def main() -> None:
    """Print what the steps cost in both."""
    halls = int(sys.argv[1]) if len(sys.argv) > 1 else HALLS
    with a_server() as server, server.database() as small, server.database() as large:
        hubs = {"empty": _hub(small), "large": _hub(large)}
        began = time.perf_counter()
        events = _filled(*hubs["large"], halls)
        say(f"\n{events} events in {halls} halls, filled in {time.perf_counter() - began:.0f} s")
        terminals = {}
        for name, (hub, _database) in hubs.items():
            hub.create_hall(HALL, "North hall", default_text())
            terminals[name] = Terminal(hub, HALL)
            terminals[name].opens()
        samples = {name: Samples() for name in ("push", "command", "pull")}
        for _ in range(ROUNDS):
            for name, terminal in terminals.items():
                _round(name, terminal, samples)
        for step, taken in samples.items():
            taken.show(f"{step} (target: ratio <= 1.3)", floor="empty")
        for hub, _database in hubs.values():
            hub.close()


def _round(name: str, terminal: Terminal, samples: dict[str, Samples]) -> None:
    with samples["command"].timed(name):
        ticket = terminal.asks(i.GrantNext(counter=1))
    visit = (
        e.TicketAnnounced(ticket_id=ticket, counter=1, clerk="1001"),
        e.CustomerArrived(ticket_id=ticket, counter=1),
        e.VisitFinished(ticket_id=ticket, counter=1),
        terminal.ticket(),
    )
    with samples["push"].timed(name):
        terminal.pushes(*visit)
    with samples["pull"].timed(name):
        terminal.pulls()


if __name__ == "__main__":
    main()
