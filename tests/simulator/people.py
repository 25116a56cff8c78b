"""What guides and clerks do, by chance and by what their screens show them."""

from random import Random
from typing import TYPE_CHECKING

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.intents import Intent
from hallq.domain.lanes import Tier
from hallq.domain.tickets import TicketState
from tests.builders import DATE
from tests.simulator.desks import besides
from tests.simulator.terminals import SimTerminal

if TYPE_CHECKING:
    from tests.simulator.world import World

SERVICES = ("payment", "bill_query", "plan_change", "sim_replacement", "consultation", "complaint")
_BESIDES = 0.15
"""So much of what is done is not about the queue."""

_TIERS = (Tier.NONE, Tier.NONE, Tier.NONE, Tier.GOLD)


def doors_open(world: "World") -> None:
    """A crowd stands there in the morning: the day and all counters are opened, and all get a number."""
    for n in range(world.plan.crowd):
        terminal = world.terminals[n % len(world.terminals)]
        if n == 0:
            terminal.does(i.OpenDay(business_date=DATE))
        if n < len(world.terminals):
            for number in terminal.counters:
                terminal.does(i.OpenCounter(counter=number, clerk=f"clerk-{number}"))
        terminal.does(i.IssueTicket(service=world.chance.choice(SERVICES), tier=world.chance.choice(_TIERS)))


def act(terminal: SimTerminal, chance: Random) -> None:
    """Somebody at this terminal does the next thing."""
    intent = next_intent(terminal, chance)
    if intent is not None:
        terminal.does(intent)


def next_intent(terminal: SimTerminal, chance: Random) -> Intent | None:
    """What somebody here would do now."""
    state = terminal.hall.state
    if not state.is_open:
        return i.OpenDay(business_date=DATE)
    if chance.random() < _BESIDES:
        return besides(terminal, chance)
    if chance.random() < 0.4:
        return _guide(terminal, chance)
    return _clerk(terminal, chance, chance.choice(terminal.counters))


def _guide(terminal: SimTerminal, chance: Random) -> Intent | None:
    state = terminal.hall.state
    what = chance.random()
    if what < 0.7:
        if len(state.tickets) > terminal.world.plan.most_live:
            return None
        return i.IssueTicket(service=chance.choice(SERVICES), tier=chance.choice(_TIERS))
    waiting = sorted(t.ticket_id for t in state.waiting())
    if what < 0.77 and waiting:
        return i.CancelTicket(ticket_id=chance.choice(waiting), reason="duplicate")
    if what < 0.8 and waiting:
        return i.ReportLeft(ticket_id=chance.choice(waiting))
    if what < 0.85 and waiting:
        return i.GivePriority(ticket_id=chance.choice(waiting), reason="elderly")
    away = [t.ticket_id for t in state.in_state(TicketState.MISSED)]
    if what < 0.93 and away:
        return i.ReturnMissed(ticket_id=chance.choice(away))
    held = [t.ticket_id for t in state.in_state(TicketState.HELD)]
    return i.EndHold(ticket_id=chance.choice(held)) if held else None


def _clerk(terminal: SimTerminal, chance: Random, number: int) -> Intent | None:
    state = terminal.hall.state
    counter = state.counter(number)
    what = chance.random()
    if counter.state is CounterState.CLOSED:
        return i.OpenCounter(counter=number, clerk=f"clerk-{number}")
    if counter.state is CounterState.PAUSED:
        return i.ResumeCounter(counter=number)
    if counter.state is CounterState.CALLING:
        return _calling(number, what)
    if counter.state is CounterState.SERVING:
        return _serving(number, what, chance)
    waiting = sorted(t.ticket_id for t in state.waiting())
    if what < 0.1 and waiting:
        return i.CallTicket(counter=number, ticket_id=chance.choice(waiting))
    if what > 0.97:
        return i.CloseCounter(counter=number)
    if what > 0.93:
        return i.PauseCounter(counter=number, reason="rest")
    return i.CallNext(counter=number)


def _calling(number: int, what: float) -> Intent:
    if what < 0.7:
        return i.ConfirmArrival(counter=number)
    if what < 0.8:
        return i.Recall(counter=number)
    return i.ReportMissed(counter=number) if what < 0.93 else i.WithdrawCall(counter=number)


def _serving(number: int, what: float, chance: Random) -> Intent:
    if what < 0.6:
        return i.FinishVisit(counter=number)
    if what < 0.72:
        return i.HoldVisit(counter=number, reason="filling_form", minutes=3)
    if what < 0.8:
        return i.StartTransaction(counter=number, service=chance.choice(SERVICES))
    to_counter = chance.choice([n for n in (2, 3, 4, 5, None, None) if n != number])
    return i.TransferVisit(
        counter=number,
        service=chance.choice((*SERVICES, None)),
        to_counter=to_counter,
        return_to_sender=what > 0.95,
    )
