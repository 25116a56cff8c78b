"""How many events a hub takes in, against a bare `executemany` of the same rows on the same server.

Targets: 4,000 events/s in batches on one worker, and a tenth of the bare insert.
`python -m benchmarks.hub_intake`
"""

import itertools
import time
from collections.abc import Iterator

import psycopg
import sqlalchemy as sa

from benchmarks.hubs import a_hub, device_of
from benchmarks.measure import DATE, percentile, say
from hallq.clock import SystemClock
from hallq.domain import events as e
from hallq.domain.events import Event
from hallq.domain.lanes import Lane, Tier
from hallq.domain.transactions import Outcome
from hallq.hub import tables
from hallq.protocol import BATCH_EVENTS, Envelope, Fate, Push

VISITS = 2_500


def enveloped(event: Event, device: str, seq: int, at_ms: int | None = None) -> Envelope:
    """An event as a terminal sends it, written now."""
    now_ms = SystemClock().read().wall_ms if at_ms is None else at_ms
    return Envelope(
        device=device,
        incarnation=f"run-{device}"[:64],
        seq=seq,
        terminal="Counter 1",
        actor="1001",
        at_ms=now_ms,
        wall_ms=now_ms,
        boot_id="boot",
        boot_ms=now_ms,
        kind=event.kind,
        version=event.version,
        business_date=DATE,
        body=event.model_dump_json(),
    )


def visits(device: str, now_ms: int) -> Iterator[Envelope]:
    """A terminal's day: the day's opening, and then whole visits."""
    seq = itertools.count(1)
    opening = [e.DayOpened(business_date=DATE, clock_offset_ms=0), e.CounterOpened(counter=1, clerk="1001")]
    served = (event for number in range(1, VISITS + 1) for event in _visit(number, now_ms))
    for event in itertools.chain(opening, served):
        yield enveloped(event, device, next(seq), now_ms)


def _visit(number: int, now_ms: int) -> list[Event]:
    ticket, counter = f"ticket-{number}", 1
    return [
        e.TicketIssued(
            ticket_id=ticket,
            business_date=DATE,
            series="B",
            number=number,
            lane=Lane.STANDARD,
            tier=Tier.NONE,
            service="payment",
            due_ms=now_ms + 900_000,
        ),
        e.TicketGranted(ticket_id=ticket, counter=counter, rule="in-order", facts={"waited_s": 12}),
        e.TicketAnnounced(ticket_id=ticket, counter=counter, clerk="1001"),
        e.CustomerArrived(ticket_id=ticket, counter=counter),
        e.TransactionStarted(
            transaction_id=f"transaction-{number}",
            ticket_id=ticket,
            counter=counter,
            clerk="1001",
            service="payment",
            limit_ms=600_000,
        ),
        e.TransactionEnded(transaction_id=f"transaction-{number}", outcome=Outcome.DONE),
        e.VisitFinished(ticket_id=ticket, counter=counter),
    ]


def main() -> None:
    """Print the rates."""
    with a_hub() as (hub, database):
        device = device_of(hub, "north", "Counter 1")
        envelopes = list(visits(device.caller.device, SystemClock().read().wall_ms))
        took = []
        for start in range(0, len(envelopes), BATCH_EVENTS):
            batch = envelopes[start : start + BATCH_EVENTS]
            began = time.perf_counter()
            pushed = hub.push(device.caller, Push(session=device.session, more=False, events=batch))
            took.append(time.perf_counter() - began)
            assert set(pushed.fates) == {Fate.ACCEPTED}
        rate = len(envelopes) / sum(took)
        bare = _bare_rate(database.url)
    say(f"\nintake on PostgreSQL, {len(envelopes)} events in batches of {BATCH_EVENTS}, one worker")
    say(
        f"  hub               {rate:10.0f} events/s   a batch: median {percentile(took, 50) * 1e3:.0f} ms,"
        f" p95 {percentile(took, 95) * 1e3:.0f} ms, worst {max(took) * 1e3:.0f} ms"
    )
    say(f"  bare executemany  {bare:10.0f} events/s   the hub's share of it: {rate / bare:.2f}")


def _bare_rate(url: str) -> float:
    """The very rows that the hub wrote, put into an empty table of the same shape, as the driver comes."""
    engine = sa.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE TABLE bare (LIKE {tables.entry.name} INCLUDING ALL)"))
        rows = [dict(row._mapping) for row in connection.execute(sa.select(tables.entry))]
        bare = sa.Table("bare", sa.MetaData(), *(sa.Column(c.name, c.type) for c in tables.entry.columns))
        began = time.perf_counter()
        for start in range(0, len(rows), BATCH_EVENTS):
            connection.execute(sa.insert(bare), rows[start : start + BATCH_EVENTS])
            connection.commit()
        return len(rows) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
