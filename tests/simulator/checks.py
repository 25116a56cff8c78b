"""What must be true after every run: each check gives sentences, none when all is well."""

from collections import Counter
from collections.abc import Iterator

from hallq.store import Store
from hallq.store.projections import ENTITIES
from tests.simulator.world import World

SLACK_MS = 1_000


def breaches(world: World) -> list[str]:
    """All of them."""
    found = [*_doubles(world), *_numbers(world), *_leases(world), *_states(world)]
    return [*found, *_lost(world), *_conserved(world), *_durations(world)]


def _doubles(world: World) -> Iterator[str]:
    """Nobody is called by two counters; where a person released one, the second is at least marked."""
    contested = "".join(entry.event.body for entry in world.entries() if entry.contested)
    for ticket_id, told in world.ledger.doubles:
        if not (world.had_release and ticket_id in contested):
            yield told


def _numbers(world: World) -> Iterator[str]:
    for number, times in world.ledger.printed.items():
        if times > 1:
            yield f"number {number} was printed {times} times"


def _leases(world: World) -> Iterator[str]:
    """The primary key keeps a ticket in one lease; nothing leased may be granted elsewhere."""
    tickets = world.folded().state.tickets
    for ticket_id, counter in world.leased():
        ticket = tickets.get(ticket_id)
        if (
            ticket is not None
            and ticket.state in ("granted", "called", "serving")
            and ticket.counter != counter
        ):
            yield f"{ticket.label} is leased to {counter} and {ticket.state} at {ticket.counter}"


def _states(world: World) -> Iterator[str]:
    folded = world.folded()
    yield from folded.state.broken_invariants()
    for terminal in world.terminals:
        if terminal.hall.state != folded.state:
            yield f"{terminal.name} shows another state"
        if terminal.store.load_state() != folded.state:
            yield f"{terminal.name} has another state on its disk"
    rows = {terminal.name: _projections(terminal.store) for terminal in world.terminals}
    if len(set(rows.values())) > 1:
        yield "projections differ"


def _projections(store: Store) -> str:
    with store.reading() as connection:
        return repr(
            [
                connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
                for name in (*ENTITIES.values(), "series", "figure")
            ]
        )


def _lost(world: World) -> Iterator[str]:
    placed: Counter[tuple[str, str]] = Counter()
    for entry in world.entries():
        placed[entry.event.kind, entry.event.body] += 1
    missing = world.ledger.confirmed - world.ledger.excused - placed
    if world.quarantined():
        yield f"{world.quarantined()} quarantined"
    for (kind, body), times in missing.items():
        if world.ledger.excused and placed[kind, body]:
            continue  # the same words more than once, and one of them was on the disk that went back
        yield f"lost {times} {kind} {body[:150]}"


def _conserved(world: World) -> Iterator[str]:
    state = world.folded().state
    figures = state.figures
    ended = sum(figures.get(f"tickets.{s}", 0) for s in ("finished", "cancelled", "left", "expired"))
    if figures.get("tickets.issued", 0) != len(state.tickets) + ended:
        yield f"{figures.get('tickets.issued')} issued, {len(state.tickets)} live, {ended} ended"


def _durations(world: World) -> Iterator[str]:
    query = (
        "SELECT transaction_id, duration_ms FROM service_transaction WHERE ended_ms IS NOT NULL AND reliable"
    )
    with world.terminals[0].store.reading() as connection:
        booked = connection.execute(query).fetchall()
    for transaction_id, duration_ms in booked:
        true_ms = world.ledger.took_ms.get(transaction_id, [duration_ms])  # two copies may both have ended it
        if min(abs(duration_ms - t) for t in true_ms) > SLACK_MS:
            yield f"a service took {true_ms} ms and is booked with {duration_ms} ms"
