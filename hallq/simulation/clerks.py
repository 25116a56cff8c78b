"""Simulated clerks: they call, wait for those who do not come, serve, and call again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.events import Event, TicketAnnounced
from hallq.domain.intents import Intent
from hallq.domain.policy import next_call
from hallq.hall import Actor, Hall, Refused
from hallq.simulation.agenda import Agenda
from hallq.simulation.clock import PacedClock

MISSED_COST_MS = 30_000
"""How long a counter waits for a customer who is not there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a customer will do. `gone_ms`: when they walk out unless called before."""

    service_ms: int
    gone_ms: int | None = None
    walk_ms: int = 0


class Clerks:
    """The simulated clerks of a hall, each at one counter."""

    def __init__(
        self,
        hall: Hall,
        clock: PacedClock,
        agenda: Agenda,
        plan_of: Callable[[str], Plan],
        terminal: str,
    ) -> None:
        """`plan_of`: what the customer with this ticket will do."""
        self.hall = hall
        self._clock = clock
        self._agenda = agenda
        self._plan_of = plan_of
        self._terminal = terminal
        self._numbers: set[int] = set()
        self.on_missed: Callable[[str], None] = lambda ticket_id: None
        self.before_next: Callable[[int], bool] = lambda number: True

    @property
    def numbers(self) -> frozenset[int]:
        """The counters with a simulated clerk."""
        return frozenset(self._numbers)

    def take(self, number: int, clerk: str) -> bool:
        """A clerk signs in at a counter; False when somebody else is there."""
        if self._does(i.OpenCounter(counter=number, clerk=clerk), number) is None:
            return False
        self._numbers.add(number)
        return True

    def leave(self, number: int) -> None:
        """Nobody simulated acts at this counter from now on."""
        self._numbers.discard(number)

    def call_waiting(self) -> None:
        """Idle clerks call whom they may, those first who are there for that lane."""
        for number in self._idle():
            self.call_next(number)

    def _idle(self) -> list[int]:
        """Counters dedicated to nobody stand between those for the lane that waits and the others."""
        state = self.hall.state
        lanes = {ticket.lane for ticket in state.waiting()}
        rules = self.hall.config.counter_by_number

        def willingness(number: int) -> tuple[int, int]:
            dedicated_to = rules[number].dedicated_to
            return (1 if dedicated_to is None else 0 if dedicated_to in lanes else 2, number)

        free = (n for n in self._numbers if state.counter(n).state is CounterState.OPEN)
        return sorted(free, key=willingness) if lanes else []

    def call_next(self, number: int) -> None:
        """Call the next customer, if there is one for this counter."""
        if number not in self._numbers or not self.before_next(number):
            return
        hall = self.hall
        if next_call(hall.state, hall.config, number, hall.now_ms()) is None:
            return  # no reason to stand in line for a no
        events = self._does(i.CallNext(counter=number), number)
        for event in events or ():
            if isinstance(event, TicketAnnounced):
                self._await_customer(number, event.ticket_id)

    def _await_customer(self, number: int, ticket_id: str) -> None:
        now_ms = self._clock.now_ms()
        plan = self._plan_of(ticket_id)
        if plan.gone_ms is not None and now_ms > plan.gone_ms:
            self._agenda.at(now_ms + MISSED_COST_MS, lambda: self._report_missed(number, ticket_id))
        elif plan.walk_ms:
            self._agenda.at(now_ms + plan.walk_ms, lambda: self.serve(number, ticket_id))
        else:
            self.serve(number, ticket_id)

    def _report_missed(self, number: int, ticket_id: str) -> None:
        if self._still_has(number, ticket_id):
            self._does(i.ReportMissed(counter=number), number)
            self.on_missed(ticket_id)
            self.call_next(number)

    def serve(self, number: int, ticket_id: str) -> None:
        """The called customer is at the counter; the visit ends after its time."""
        if self._still_has(number, ticket_id):
            self._does(i.ConfirmArrival(counter=number), number)
            self.finish_after(number, ticket_id, self._plan_of(ticket_id).service_ms)

    def finish_after(self, number: int, ticket_id: str, span_ms: int) -> None:
        """Note the end of a visit that goes on for `span_ms` more."""
        self._agenda.at(self._clock.now_ms() + span_ms, lambda: self._finish(number, ticket_id))

    def _finish(self, number: int, ticket_id: str) -> None:
        if self._still_has(number, ticket_id):
            self._does(i.FinishVisit(counter=number), number)
            self.call_next(number)

    def _still_has(self, number: int, ticket_id: str) -> bool:
        """Somebody at another terminal may have acted here, or have taken the counter."""
        return number in self._numbers and self.hall.state.counter(number).ticket_id == ticket_id

    def _does(self, intent: Intent, number: int) -> tuple[Event, ...] | None:
        clerk = self.hall.state.counter(number).clerk or f"clerk-{number}"
        return done(self.hall, intent, Actor(clerk, self._terminal))


def done(hall: Hall, intent: Intent, actor: Actor) -> tuple[Event, ...] | None:
    """The events that the intent brought about, None when it was refused."""
    result = hall.perform(intent, actor)
    return None if isinstance(result, Refused) else result.events


def new_clerks(numbers: Iterable[int]) -> dict[int, str]:
    """A staff number for each counter."""
    return {number: str(1000 + number) for number in numbers}
