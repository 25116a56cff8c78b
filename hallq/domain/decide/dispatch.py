"""The table from intent to deciding function, and the checks that they share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatch

from hallq.domain.config import HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.events import Event
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane
from hallq.domain.reasons import Choice
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Roster
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState

Decision = Sequence[Event] | Refusal


@dataclass(frozen=True, slots=True)
class Moment:
    """What deciding may know besides state and intent: rules, time, fresh identities.

    `digit`: the terminal's own, which keeps its numbers apart from those of other terminals.
    `given_numbers`: the highest number of each series that is known to have been given out today,
    should the state be an older one that came back from a backup. `leap`: of a series not named there so
    many more may have been given out, of which nobody knows. `roster`: the staff list.
    """

    config: HallConfig
    now_ms: int
    wall_ms: int
    new_id: Callable[[], str]
    digit: int = 1
    given_numbers: Mapping[str, int] = field(default_factory=dict)
    leap: int = 0
    roster: Roster = field(default_factory=Roster)


@singledispatch
def decide(intent: Intent, state: HallState, moment: Moment) -> Decision:
    """The events that `intent` brings about in `state`, or why it may not."""
    raise TypeError(f"no rule decides {type(intent).__name__}")


def not_open(state: HallState) -> Refusal | None:
    """The refusal while no business day is open."""
    return None if state.is_open else Refusal(Reason.DAY_NOT_OPEN)


def unknown_service(moment: Moment, service: str) -> Refusal | None:
    """The refusal of a service that the catalogue does not have."""
    if service in moment.config.service_by_code:
        return None
    return Refusal(Reason.UNKNOWN_SERVICE, {"service": service})


def unknown_reason(choices: Iterable[Choice], code: str) -> Refusal | None:
    """The refusal of a reason that the hall does not list."""
    if any(choice.code == code for choice in choices):
        return None
    return Refusal(Reason.UNKNOWN_REASON, {"reason": code})


def unknown_counter(moment: Moment, number: int) -> Refusal | None:
    """The refusal of a counter that the settings do not have."""
    if number in moment.config.counter_by_number:
        return None
    return Refusal(Reason.UNKNOWN_COUNTER, {"counter": number})


_WRONG_STATE = {
    CounterState.CLOSED: Reason.COUNTER_CLOSED,
    CounterState.PAUSED: Reason.COUNTER_PAUSED,
    CounterState.CALLING: Reason.COUNTER_BUSY,
    CounterState.SERVING: Reason.COUNTER_BUSY,
    CounterState.OPEN: Reason.COUNTER_IDLE,
}


def not_in(state: HallState, moment: Moment, number: int, *allowed: CounterState) -> Refusal | None:
    """The refusal unless the counter exists, the day is open and its state is one of `allowed`.

    A staffed counter that was taken out of the settings exists until its clerk leaves.
    """
    counter: Counter = state.counter(number)
    if not counter.is_staffed and (refusal := unknown_counter(moment, number)):
        return refusal
    if counter.state in allowed:
        return not_open(state)
    ticket = state.ticket_at(number)
    facts: dict[str, int | str] = {"counter": number, "ticket": ticket.label if ticket else ""}
    return Refusal(_WRONG_STATE[counter.state], facts)


def at_counter(state: HallState, number: int, wanted: TicketState) -> Ticket | Refusal:
    """The ticket that the counter has in state `wanted`."""
    ticket = state.ticket_at(number)
    if ticket is None or ticket.state is not wanted:
        reason = Reason.NOT_CALLING if wanted is TicketState.CALLED else Reason.NOT_SERVING
        return Refusal(reason, {"counter": number})
    return ticket


def live_ticket(state: HallState, ticket_id: str) -> Ticket | Refusal:
    """The ticket, if the day is open and it is still alive."""
    if refusal := not_open(state):
        return refusal
    return state.tickets.get(ticket_id) or Refusal(Reason.UNKNOWN_TICKET)


def ahead_in_lane(state: HallState, lane: Lane, due_ms: int) -> int:
    """How many wait in `lane` in front of a ticket that joins it with this due time."""
    return sum(1 for t in state.in_line(lane) if t.due_ms <= due_ms)


def place_in_lane(
    state: HallState, moment: Moment, ticket: Ticket, place: str, after: int
) -> tuple[int, int]:
    """(queue_ms, due_ms) of a ticket that joins its lane again.

    front: before everybody; after: behind the first `after` of the lane; end: behind
    all; original: where the issue time puts it, with the promise it had.
    """
    if place == "original":
        return ticket.queue_ms, ticket.due_ms
    target_ms = moment.config.target_ms(ticket.lane)
    line = sorted(state.in_line(ticket.lane), key=lambda t: t.due_key)
    if place == "front" and line:
        due_ms = line[0].due_ms - 1
    elif place == "after" and after < len(line):
        due_ms = line[after - 1].due_ms + 1 if after else line[0].due_ms - 1
    else:
        due_ms = moment.now_ms + target_ms
    return due_ms - target_ms, due_ms
