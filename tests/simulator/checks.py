"""What must be true: each check gives sentences, none when all is well."""

from collections import Counter
from collections.abc import Iterator

from hallq.hub.folding import Folded
from hallq.protocol import Entry
from hallq.store import Store
from hallq.store.projections import ENTITIES
from tests.machines.lives import overbooked
from tests.rig.invariants import broken_invariants
from tests.simulator.ledger import Ledger
from tests.simulator.world import World

SLACK_MS = 1_000


def disagreements(world: World) -> list[str]:
    """What one terminal shows or has on its disk and the hub's log does not say, after all was healed.

    What has departed only grows: `breaches` compares it, once.
    """
    folded = world.folded()
    found = [*broken_invariants(folded.state), *_leases(world, folded)]
    if not world.has_forgotten:  # else it gave away places that it had given away before
        found += overbooked(folded.state, world.config)
    for terminal in world.terminals:
        if terminal.hall.state != folded.state:
            found.append(f"{terminal.name} shows another state")
        if terminal.store.load_state() != folded.state:
            found.append(f"{terminal.name} has another state on its disk")
    return found


def _leases(world: World, folded: Folded) -> Iterator[str]:
    """Nothing leased may be granted elsewhere."""
    for ticket_id, counter in world.leased():
        ticket = folded.state.tickets.get(ticket_id)
        if (
            ticket is not None
            and ticket.state in ("granted", "called", "serving")
            and ticket.counter != counter
        ):
            yield f"{ticket.label} is leased to {counter} and {ticket.state} at {ticket.counter}"


def _projections(store: Store) -> str:
    with store.reading() as connection:
        return repr(
            [
                connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
                for name in (*ENTITIES.values(), "series", "figure")
            ]
        )


def breaches(world: World) -> list[str]:
    """What people in the hall would complain of at the end of the day."""
    ledger, entries = world.ledger, world.entries()
    found = [*ledger.doubles, *ledger.faults, *_numbers(ledger), *_lost(ledger, entries)]
    if world.quarantined():
        found.append(f"{world.quarantined()} quarantined")
    if world.leased():
        found.append(f"{world.leased()} leased in an empty hall")
    if len({_projections(terminal.store) for terminal in world.terminals}) > 1:
        found.append("projections differ")
    return [*found, *disagreements(world), *_conserved(world), *_durations(world), *_left_behind(world)]


def _numbers(ledger: Ledger) -> Iterator[str]:
    for number, times in ledger.printed.items():
        if times > 1:
            yield f"number {number} was printed {times} times"


def _lost(ledger: Ledger, entries: list[Entry]) -> Iterator[str]:
    placed = Counter((entry.event.kind, entry.event.body) for entry in entries)
    missing = ledger.confirmed - ledger.forgotten - placed
    for (kind, body), times in missing.items():
        yield f"lost {times} {kind} {body[:150]}"


def _conserved(world: World) -> Iterator[str]:
    state = world.folded().state
    figures = state.figures
    ended = sum(figures.get(f"tickets.{s}", 0) for s in ("finished", "cancelled", "left", "expired"))
    if figures.get("tickets.issued", 0) != len(state.tickets) + ended:
        yield f"{figures.get('tickets.issued')} issued, {len(state.tickets)} live, {ended} ended"


def _left_behind(world: World) -> Iterator[str]:
    """Nobody is seen at a program that has ended: the next one at its file has said so."""
    runs = {terminal.hall.incarnation for terminal in world.terminals}
    devices = {terminal.file.joined.device for terminal in world.terminals}
    for person in world.folded().state.attendance.values():
        if (
            person.device in devices
            and person.is_seen_at(person.incarnation)
            and person.incarnation not in runs
        ):
            yield f"{person.number} is still seen at a program that has ended"


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
