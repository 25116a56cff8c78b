"""The table from event to fold function, and the small moves that they share."""

from collections.abc import Mapping
from functools import singledispatch

from hallq.domain.counters import Counter, CounterState
from hallq.domain.events import Event, Recorded
from hallq.domain.figures import quarter_of
from hallq.domain.frozen import replace
from hallq.domain.state import HallState
from hallq.domain.tickets import FINAL, Ticket, TicketState


@singledispatch
def apply_event(event: Event, state: HallState, recorded: Recorded) -> HallState:
    """The state after `event`; kinds without a function change nothing."""
    return state


def with_ticket(state: HallState, ticket: Ticket) -> HallState:
    """The ticket in its new form; a final one departs with its transactions."""
    if ticket.state not in FINAL:
        return replace(state, tickets={**state.tickets, ticket.ticket_id: ticket})
    gone = [t for t in state.transactions.values() if t.ticket_id == ticket.ticket_id]
    staying = {i: t for i, t in state.transactions.items() if t.ticket_id != ticket.ticket_id}
    tickets = {i: t for i, t in state.tickets.items() if i != ticket.ticket_id}
    return replace(state, tickets=tickets, transactions=staying, departed=(*state.departed, ticket, *gone))


def with_counter(state: HallState, counter: Counter) -> HallState:
    """The counter in its new form."""
    return replace(state, counters={**state.counters, counter.number: counter})


def freed(state: HallState, number: int | None, ticket_id: str, at_ms: int, *, served: int = 0) -> HallState:
    """The counter open again, if it is the one that has this ticket."""
    counter = state.counters.get(number) if number is not None else None
    if counter is None or counter.ticket_id != ticket_id:
        return state
    after = replace(
        counter, state=CounterState.OPEN, since_ms=at_ms, ticket_id=None, served=counter.served + served
    )
    return with_counter(state, after)


def count(state: HallState, steps: Mapping[str, int]) -> HallState:
    """The figures of the day, each raised by its step."""
    figures = dict(state.figures)
    for name, step in steps.items():
        figures[name] = figures.get(name, 0) + step
    return replace(state, figures=figures)


def quarter_name(state: HallState, at_ms: int, what: str) -> str:
    """The figure of `what` in the quarter of an hour that the wall shows at `at_ms`."""
    offset = state.day.clock_offset_ms if state.day else 0
    return f"quarter.{quarter_of(at_ms + offset)}.{what}"


def broken(state: HallState, ticket: Ticket) -> dict[str, int]:
    """The step that counts a broken promise in the quarter in which it ran out."""
    return {quarter_name(state, ticket.due_ms, f"{ticket.lane}.broken"): 1}


def ended(state: HallState, ticket: Ticket, final: TicketState, at_ms: int, reason: str | None) -> HallState:
    """A ticket that ends without being finished, counted for or against its promise."""
    steps = {f"tickets.{final}": 1}
    if ticket.is_first_wait:
        late = at_ms > ticket.due_ms
        steps[f"lane.{ticket.lane}.{'left_late' if late else 'left_early'}"] = 1
        steps |= broken(state, ticket) if late else {}
    after = freed(count(state, steps), ticket.counter, ticket.ticket_id, at_ms)
    calls = tuple(replace(c, void=True) if c.ticket_id == ticket.ticket_id else c for c in state.recent_calls)
    after = replace(after, recent_calls=calls)
    return with_ticket(after, replace(ticket, state=final, ended_ms=at_ms, end_reason=reason))
