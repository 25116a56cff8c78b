"""After the healing: everybody who waits is called and served by somebody, within so many rounds."""

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.intents import Intent
from hallq.domain.tickets import TicketState
from hallq.hall import Done
from tests.simulator.healing import is_one
from tests.simulator.terminals import SimTerminal
from tests.simulator.world import World

ROUND_MS = 30_000
VISIT_STEPS = 5
"""A clerk takes everybody, opens the counter, calls, receives and serves one customer in so many acts."""


def serve_all(world: World) -> list[str]:
    """Serve the hall empty; who is left behind, nobody when all went home and all terminals agree."""
    first = world.terminals[0]
    unserved = set(world.config.counter_by_number).difference(*(t.counters for t in world.terminals))
    rounds = 8 + len(first.hall.state.tickets)
    for _ in range(rounds):
        world.time.passes(ROUND_MS)
        for terminal in world.terminals:
            terminal.syncs()
            for number in (*terminal.counters, *(sorted(unserved) if terminal is first else ())):
                _serves(terminal, number)
        _brings_back(first)
        if not first.hall.state.tickets and is_one(world):
            return []
    left = [f"{t.label} {t.state} at {t.counter}" for t in first.hall.state.tickets.values()]
    return [f"after {rounds} rounds of service {left} are left, all are one: {is_one(world)}"]


def _serves(terminal: SimTerminal, number: int) -> None:
    for _ in range(VISIT_STEPS):
        intent = _next(terminal, number)
        if intent is None:
            return
        done = terminal.does(intent)
        if isinstance(intent, i.FinishVisit) or not isinstance(done, Done):
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
        case _ if not state.waiting() and not state.granted_to(number):
            return None
        case CounterState.CLOSED:
            return i.OpenCounter(counter=number, clerk=f"clerk-{number}")
        case CounterState.OPEN:
            return i.CallNext(counter=number)


def _brings_back(terminal: SimTerminal) -> None:
    """Who was on hold has done what there was to do, who was missed comes back."""
    for ticket in terminal.hall.state.in_state(TicketState.HELD, TicketState.MISSED):
        back = i.EndHold if ticket.state is TicketState.HELD else i.ReturnMissed
        terminal.does(back(ticket_id=ticket.ticket_id))
