"""Which tickets a counter gets in advance, for the case that it loses the hub."""

from collections.abc import Collection

from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.policy.eligible import split_waiting
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket

LEASE_TICKETS = 3
"""Idle counters in a cut against tickets that wait for a silent counter: three was best in a model."""

_CALLS = (CounterState.OPEN, CounterState.CALLING, CounterState.SERVING)


def wanted(
    state: HallState,
    config: HallConfig,
    counter: int,
    *,
    current: Collection[str],
    kept: Collection[str],
    size: int = LEASE_TICKETS,
) -> tuple[str, ...]:
    """The tickets that `counter` should hold now, at most `size`, by due time.

    Taken from behind the first places of the queue, as many as counters take customers, so that
    calling hardly meets them. `current`: what it holds already, kept while it is far enough behind,
    because every change must be acknowledged. `kept`: what is kept for others.
    """
    if counter not in config.counter_by_number or state.counter(counter).state not in _CALLS:
        return ()
    in_front = sum(1 for c in state.counters.values() if c.state in _CALLS)
    # Whoever is free first calls who comes by appointment: nobody keeps those for one counter.
    free = [t for t in state.waiting() if t.ticket_id not in kept and not t.is_by_appointment]
    eligible, _ = split_waiting(state, config, counter, free)
    behind = sorted(eligible, key=lambda t: t.due_key)[in_front:]
    chosen = _holding_first(behind, current)[:size]
    return tuple(t.ticket_id for t in sorted(chosen, key=lambda t: t.due_key))


def _holding_first(behind: list[Ticket], current: Collection[str]) -> list[Ticket]:
    return sorted(behind, key=lambda t: t.ticket_id not in current)
