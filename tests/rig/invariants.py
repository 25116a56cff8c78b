"""What is true of every state of a hall, whatever happened in it."""

from hallq.domain.counters import CounterState
from hallq.domain.state import HallState
from hallq.domain.tickets import AT_COUNTER


def broken_invariants(state: HallState) -> list[str]:
    """What must never be: an empty list, or a sentence for each breach."""
    breaches = []
    owners: dict[str, int] = {}
    for counter in state.counters.values():
        busy = counter.state in (CounterState.CALLING, CounterState.SERVING)
        held = counter.ticket_id
        if busy != (held is not None):
            breaches.append(f"counter {counter.number} is {counter.state} with ticket {held}")
        if held in owners:
            breaches.append(f"ticket {held} at counters {owners[held]} and {counter.number}")
        if held is not None:
            owners[held] = counter.number
    for ticket in state.tickets.values():
        owner = owners.get(ticket.ticket_id)
        if (ticket.state in AT_COUNTER) != (owner is not None):
            breaches.append(f"ticket {ticket.label} is {ticket.state} but at counter {owner}")
    numbers = [(t.business_date, t.series, t.number) for t in state.tickets.values()]
    if len(set(numbers)) != len(numbers):
        breaches.append("a number is in two hands")
    return breaches
