"""A call through the hub's web service, against a bare round trip to its health page.

Targets: the median at most 4 times the round trip; 300 durable calls a second with 8 counters of
one hall. The hub is a process of its own on PostgreSQL. `python -m benchmarks.hub_calls`
"""

import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil
import psycopg
import urllib3

from benchmarks.counters import GRANTED, Counter, call_and_serve, call_together, serve_together
from benchmarks.hub_intake import enveloped
from benchmarks.hubs import HALL, a_hub_process
from benchmarks.measure import DATE, Samples, percentile, say
from hallq.domain import events as e
from hallq.domain.lanes import Lane, Tier

COUNTERS = 8
WAITING = 60
"""As many as in the worst rush; for each customer who goes another one comes."""
ALONE_CALLS = 300
CALLS_EACH = 60
ROUNDS = 60
_names = itertools.count(1)


@dataclass
class Caller:
    """A terminal that speaks to the hub by plain requests."""

    url: str
    name: str
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))
    device: str = ""
    token: str = ""
    session: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    _seq: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def ask(self, what: str, **body: Any) -> Any:
        """One request of this hall."""
        answer = self.pool.request(
            "POST",
            f"{self.url}/v1/halls/{HALL}/{what}",
            body=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        if answer.status != 200:
            raise RuntimeError(f"{what}: {answer.status} {answer.data!r}")
        return json.loads(answer.data)

    def joins(self, code: str) -> None:
        """Become a device with a session."""
        told = self.ask("enrol", code=code)
        self.is_device(told["device"], told["token"])

    def is_device(self, device: str, token: str) -> None:
        """Begin a session as a device."""
        self.device, self.token, self.session = device, token, secrets.token_hex(16)
        self.place = self.ask("hello", session=self.session, place={})["place"]
        self.place = {"epoch": self.place["epoch"], "position": 0, "hash": ""}
        self.catches_up()

    def catches_up(self) -> None:
        """Pull everything."""
        last = 1
        while self.place["position"] < last:
            page = self.ask("pull", session=self.session, place=self.place)
            self.place, last = page["place"], page["last"]

    def commands(self, intent: str, **facts: Any) -> Any:
        """Have an intent decided."""
        answer = self.ask(
            "commands",
            session=self.session,
            id=secrets.token_hex(16),
            intent=intent,
            facts=facts,
            actor="1001",
            terminal=self.name,
            place=self.place,
        )
        self.place = answer["page"]["place"]
        if answer["refusal"]:
            raise RuntimeError(f"{intent}: {answer['refusal']}")
        return answer

    def pushes(self, *events: e.Event) -> None:
        """Send what happened here."""
        self.ask("push", **self._pushed(*events))

    def _pushed(self, *events: e.Event) -> dict[str, Any]:
        sent = [enveloped(event, self.device, next(self._seq)).model_dump() for event in events]
        return {"session": self.session, "events": sent}

    def issues(self, count: int) -> None:
        """So many customers come."""
        for start in range(0, count, 400):
            self.pushes(*(self._ticket() for _ in range(min(400, count - start))))

    def _ticket(self) -> e.TicketIssued:
        number = next(_names)
        return e.TicketIssued(
            ticket_id=f"{self.device}-{number}",
            business_date=DATE,
            series=f"B{self.name[-1]}",
            number=number,
            lane=Lane.STANDARD,
            tier=Tier.NONE,
            service="payment",
            due_ms=time.time_ns() // 1_000_000 + 900_000,
        )

    def serves(self, ticket: str, counter: int) -> None:
        """The granted customer is called, comes, and goes."""
        self.ask("push", **self.visit(ticket, counter))

    def visit(self, ticket: str, counter: int) -> dict[str, Any]:
        """What is sent of a visit; another customer comes."""
        return self._pushed(
            e.TicketAnnounced(ticket_id=ticket, counter=counter, clerk=f"clerk-{counter}"),
            e.CustomerArrived(ticket_id=ticket, counter=counter),
            e.VisitFinished(ticket_id=ticket, counter=counter),
            self._ticket(),
        )


def main() -> None:
    """Print the table and the rate."""
    with a_hub_process() as hub:
        callers = [Caller(hub.url, f"Counter {n}") for n in range(1, COUNTERS + 1)]
        for caller in callers:
            caller.joins(hub.code(caller.name))
        first = callers[0]
        first.commands("OpenDay", business_date=DATE)
        for number, caller in enumerate(callers, start=1):
            caller.catches_up()
            caller.commands("OpenCounter", counter=number, clerk=f"clerk-{number}")
        first.issues(WAITING)
        _alone(hub.url, first, hub.db)
        for caller in callers:
            caller.catches_up()
        _together([_lean(caller, n) for n, caller in enumerate(callers, start=1)], hub.process)


def _alone(url: str, caller: Caller, db: str) -> None:
    samples = Samples()
    bare = psycopg.connect(db, autocommit=True)
    bare.execute("CREATE TABLE bare (number int PRIMARY KEY)")
    for number in range(ALONE_CALLS):
        with samples.timed("bare durable insert"):
            bare.execute("INSERT INTO bare VALUES (%s)", (number,))
        with samples.timed("GET /healthz"):
            caller.pool.request("GET", f"{url}/healthz")
        with samples.timed("call"):
            granted = caller.commands("GrantNext", counter=1)["granted"]
        caller.serves(granted, 1)
    bare.close()
    samples.show("a call through the hub (target: ratio <= 4)", floor="GET /healthz")


def _lean(caller: Caller, number: int) -> Counter:
    """The same terminal, its visits written beforehand."""
    visits = [json.dumps(caller.visit(GRANTED, number)) for _ in range(ROUNDS + CALLS_EACH)]
    return Counter(caller.url, number, caller.name, caller.token, caller.session, caller.place, iter(visits))


def _together(counters: list[Counter], hub: psutil.Process) -> None:
    rounds = []
    with _processors("a call and its visit, eight at once", COUNTERS * ROUNDS, hub):
        for _ in range(ROUNDS):
            began = time.perf_counter()
            tickets = call_together(counters)
            rounds.append(time.perf_counter() - began)
            serve_together(counters, tickets)
    began = time.perf_counter()
    with _processors("a call and its visit, each at its own pace", COUNTERS * CALLS_EACH, hub):
        call_and_serve(counters, CALLS_EACH)
    whole, calls = time.perf_counter() - began, COUNTERS * CALLS_EACH
    say(f"\n{COUNTERS} counters of one hall, lean ones in one process")
    say(
        f"  all call at once, {ROUNDS} times: {COUNTERS * ROUNDS / sum(rounds):.0f} durable calls/s"
        f" (target 300); eight calls: median {percentile(rounds, 50) * 1e3:.0f} ms,"
        f" p95 {percentile(rounds, 95) * 1e3:.0f} ms"
    )
    say(
        f"  without a pause, each call with its visit sent besides: {calls / whole:.0f} calls/s"
        f" ({2 * calls / whole:.0f} durable requests/s)"
    )


@contextlib.contextmanager
def _processors(what: str, count: int, hub: psutil.Process) -> Iterator[None]:
    """What the block takes of the processors: at the hub, and of this process beside it."""
    before, own = sum(hub.cpu_times()[:2]), time.process_time()
    yield
    used, own = sum(hub.cpu_times()[:2]) - before, time.process_time() - own
    say(f"  {what}: {used / count * 1e3:.1f} ms of the hub's processor, {own / count * 1e3:.1f} ms of ours")


if __name__ == "__main__":
    main()
