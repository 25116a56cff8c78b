"""The table from event to fold function, and the small moves that they share."""

from collections.abc import Mapping
from functools import singledispatch

from hallq.domain import figure_names as names
from hallq.domain.counters import Counter, CounterState
from hallq.domain.events import Event, Recorded
from hallq.domain.figures import quarter_of, spent
from hallq.domain.fold.draft import Draft
from hallq.domain.frozen import replace
from hallq.domain.tickets import FINAL, Ticket, TicketState


@singledispatch
def apply_event(event: Event, draft: Draft, recorded: Recorded) -> None:
    """Bring `event` into the draft; kinds without a function change nothing."""


def put_ticket(draft: Draft, ticket: Ticket) -> None:
    """The ticket in its new form; a final one departs with its transactions, but for one that still runs."""
    if ticket.state not in FINAL:
        draft.tickets[ticket.ticket_id] = ticket
        return
    draft.tickets.pop(ticket.ticket_id, None)
    mine = (t for t in draft.transactions.values() if t.ticket_id == ticket.ticket_id)
    gone = [t for t in mine if t.ended_ms is not None]
    for transaction in gone:
        del draft.transactions[transaction.transaction_id]
    draft.departed += [ticket, *gone]


def put_counter(draft: Draft, counter: Counter) -> None:
    """The counter in its new form; what it did until then is booked."""
    before = draft.counters.get(counter.number)
    if before is not None and counter.since_ms != before.since_ms:
        count(draft, spent(before, counter.since_ms, draft.day))
    draft.counters[counter.number] = counter


def free(draft: Draft, number: int | None, ticket_id: str, at_ms: int, *, served: int = 0) -> None:
    """The counter open again, if it is the one that has this ticket."""
    counter = draft.counters.get(number) if number is not None else None
    if counter is None or counter.ticket_id != ticket_id:
        return
    after = replace(
        counter, state=CounterState.OPEN, since_ms=at_ms, ticket_id=None, served=counter.served + served
    )
    put_counter(draft, after)


def hand_back(draft: Draft, number: int) -> None:
    """What a counter was granted and has not announced waits again at its old place."""
    granted = [t for t in draft.tickets.values() if t.state is TicketState.GRANTED and t.counter == number]
    for ticket in granted:
        put_ticket(draft, replace(ticket, state=TicketState.WAITING))


def count(draft: Draft, steps: Mapping[str, int]) -> None:
    """The figures of the day, each raised by its step."""
    figures = draft.figures
    for name, step in steps.items():
        figures[name] = figures.get(name, 0) + step


def quarter_name(draft: Draft, at_ms: int, what: str) -> str:
    """The figure of `what` in the quarter of an hour that the wall shows at `at_ms`."""
    offset = draft.day.clock_offset_ms if draft.day else 0
    return names.in_quarter(quarter_of(at_ms + offset), what)


def broken(draft: Draft, ticket: Ticket) -> dict[str, int]:
    """The step that counts a broken promise in the quarter in which it ran out."""
    return {quarter_name(draft, ticket.due_ms, names.broken_then(ticket.promise)): 1}


def end(draft: Draft, ticket: Ticket, final: TicketState, at_ms: int, reason: str | None) -> None:
    """A ticket that ends without being finished, counted for or against its promise."""
    steps = {names.ended(final): 1}
    if ticket.is_first_wait:
        late = at_ms > ticket.due_ms
        steps[names.of_lane(ticket.promise, "left_late" if late else "left_early")] = 1
        steps |= broken(draft, ticket) if late else {}
    count(draft, steps)
    free(draft, ticket.counter, ticket.ticket_id, at_ms)
    draft.recent_calls = tuple(
        replace(c, void=True) if c.ticket_id == ticket.ticket_id else c for c in draft.recent_calls
    )
    put_ticket(draft, replace(ticket, state=final, ended_ms=at_ms, end_reason=reason))
