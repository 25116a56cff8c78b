"""After the healing: everybody who waits is called and served by somebody, within so many rounds."""

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.intents import Intent
from hallq.domain.policy.eligible import split_waiting
from hallq.domain.tickets import TicketState
from hallq.hall import Done
from tests.simulator.healing import is_one
from tests.simulator.terminals import SimTerminal
from tests.simulator.world import World

ROUND_MS = 30_000
VISITS = 4
"""A clerk serves so many one after the other: fewer than wait, so that all counters have somebody."""

VISIT_STEPS = 5
"""A clerk takes everybody, opens the counter, calls, receives and serves one customer in so many acts."""


def serve_all(world: World) -> list[str]:
    """Serve the hall empty; who is left behind, nobody when all went home and all terminals agree.

    What was leased is let go with the first pull of a terminal that has nothing to send.
    """
    first = world.terminals[0]
    unserved = set(world.config.counter_by_number).difference(*(t.counters for t in world.terminals))
    for terminal in world.terminals:
        terminal.finds_left_behind()
    rounds = 8 + len(first.hall.state.tickets)
    for _ in range(rounds):
        world.time.passes(ROUND_MS)
        _brings_back(first)
        for terminal in world.terminals:
            for number in (*terminal.counters, *(sorted(unserved) if terminal is first else ())):
                _serves(terminal, number)
        for terminal in world.terminals:
            terminal.syncs()
        if not first.hall.state.tickets and is_one(world) and not world.leased():
            return []
    left = [f"{t.label} {t.state} at {t.counter}" for t in first.hall.state.tickets.values()]
    leased = world.leased()
    return [f"after {rounds} rounds {left} are left, {leased} leased, all are one: {is_one(world)}"]


def _serves(terminal: SimTerminal, number: int) -> None:
    for _ in range(VISITS * VISIT_STEPS):
        intent = _next(terminal, number)
        if intent is None or not isinstance(terminal.does(intent), Done):
            return


def _next(terminal: SimTerminal, number: int) -> Intent | None:
    state = terminal.hall.state
    if state.counter(number).lanes is not None and state.is_open:
        return i.ChangeLanes(counter=number, lanes=None)  # the settings have somebody for everybody
    match state.counter(number).state:
        case CounterState.CALLING:
            return i.ConfirmArrival(counter=number)
        case CounterState.SERVING:
            return i.FinishVisit(counter=number)
        case CounterState.PAUSED:
            return i.ResumeCounter(counter=number)
        case _ if not _has_customers(terminal, number):
            return None
        case CounterState.CLOSED:
            return i.OpenCounter(counter=number, clerk=f"clerk-{number}")
        case CounterState.OPEN:
            return i.CallNext(counter=number)


def _has_customers(terminal: SimTerminal, number: int) -> bool:
    """Whether somebody waits whom this counter may take, as its screen shows."""
    state = terminal.hall.state
    mine, _ = split_waiting(state, terminal.world.config, number, state.waiting())
    return bool(mine or state.granted_to(number))


def _brings_back(terminal: SimTerminal) -> None:
    """Who was on hold has done what there was to do, who was missed comes back."""
    for ticket in terminal.hall.state.in_state(TicketState.HELD, TicketState.MISSED):
        back = i.EndHold if ticket.state is TicketState.HELD else i.ReturnMissed
        terminal.does(back(ticket_id=ticket.ticket_id))
