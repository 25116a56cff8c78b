"""A plausible day of a hall from one seed, for any number of terminals that may be killed.

Nothing is remembered but the number of customers that a terminal let in: what a customer will
do follows from the seed and the number in the hand, and what is due now follows from the
hall's state. So a terminal that starts again, or another one, goes on with the same day.
"""

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane
from hallq.domain.policy import next_call
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.simulation.customers import Customers, Wish

MINUTE_MS = 60_000
RECALL_AFTER_MS = 20_000
MISSED_AFTER_MS = 45_000

_HOLDS, _SENT_ON, _ONE_MORE = 0.08, 0.06, 0.2
"""Of all turns at a counter: ended by a hold, by a transfer, by one more service."""
_MOST_TURNS = 4
_NO_SHOW, _GIVES_UP, _BY_HAND = 0.08, 0.03, 0.03
"""Of all customers."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One service at a counter and what follows it; None: the visit is finished."""

    span_ms: int
    then: Intent | None


@dataclass(frozen=True, slots=True)
class Course:
    """What a customer will do. None: does not."""

    walk_ms: int
    misses_first_call: bool
    returns_after_ms: int | None
    gives_up_after_ms: int | None
    priority_reason: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A customer at the door, at one of the terminals."""

    at_ms: int
    terminal: int
    wish: Wish


class HallDay:
    """The customers of a day and what each will do."""

    def __init__(
        self,
        config: HallConfig,
        seed: int,
        *,
        start_ms: int,
        minutes: int = 60,
        terminals: int = 6,
        speed: float = 1,
    ) -> None:
        """Customers come for `minutes` of life from `start_ms` on; terminals are numbered from 0.

        `speed`: how much faster than in life everything happens on the hall's clock.
        """
        self.config = config
        self._speed = speed
        self.seed = seed
        self.terminals = terminals
        self.start_ms = start_ms
        self.comings = tuple(self._comings(start_ms + minutes * MINUTE_MS))
        self._course = lru_cache(maxsize=None)(self._drawn_course)

    def span_ms(self, life_ms: float) -> int:
        """How long on the hall's clock what takes so long in life."""
        return round(life_ms / self._speed)

    def _comings(self, end_ms: int) -> Iterator[Coming]:
        customers, chance = Customers(self.config, self.seed), random.Random(f"{self.seed} doors")
        at_ms = self.start_ms
        while (at_ms := at_ms + customers.gap_ms(at_ms)) < end_ms:
            shown_ms = self.start_ms + self.span_ms(at_ms - self.start_ms)
            yield Coming(shown_ms, chance.randrange(self.terminals), customers.wish())

    def counters_of(self, terminal: int) -> tuple[int, ...]:
        """The counters that a terminal serves; one terminal each."""
        numbers = sorted(self.config.counter_by_number)
        return tuple(number for k, number in enumerate(numbers) if k % self.terminals == terminal)

    def is_asked_at(self, ticket: Ticket) -> int:
        """The terminal whose door a customer with a wish goes to."""
        return zlib.crc32(f"{self.seed} {ticket.label}".encode()) % self.terminals

    def course_of(self, ticket: Ticket) -> Course:
        """What this customer will do: the same in every process."""
        return self._course(ticket.label, ticket.service)

    def _drawn_course(self, label: str, service: str) -> Course:
        chance = random.Random(f"{self.seed} {label}")
        reasons = self.config.reasons
        return Course(
            walk_ms=self.span_ms(chance.randint(5_000, 25_000)),
            misses_first_call=chance.random() < _NO_SHOW,
            returns_after_ms=self.span_ms(chance.randint(1, 8) * MINUTE_MS)
            if chance.random() < 0.6
            else None,
            gives_up_after_ms=self.span_ms(chance.randint(2, 12) * MINUTE_MS)
            if chance.random() < _GIVES_UP
            else None,
            priority_reason=chance.choice(reasons.priority).code if chance.random() < _BY_HAND else None,
            turns=tuple(self._turns(chance, service)),
        )

    def _turns(self, chance: random.Random, service: str) -> Iterator[Turn]:
        typical_ms = self.config.typical_ms.get(service, 5 * MINUTE_MS)
        for _ in range(_MOST_TURNS - 1):
            then = self._what_follows(chance)
            yield Turn(self.span_ms(typical_ms * min(3.0, chance.lognormvariate(0, 0.45))), then)
            if then is None:
                return
        yield Turn(self.span_ms(typical_ms), None)

    def _what_follows(self, chance: random.Random) -> Intent | None:
        """`counter` is filled in by the one where it happens."""
        drawn = chance.random()
        if drawn < _HOLDS:
            minutes = chance.randint(1, 4) / self._speed if chance.random() < 0.5 else None
            reason = chance.choice(self.config.reasons.hold).code
            return i.HoldVisit(counter=1, reason=reason, minutes=minutes)
        if drawn < _HOLDS + _SENT_ON:
            service = chance.choice(self.config.services).code
            return i.TransferVisit(counter=1, service=service, return_to_sender=chance.random() < 0.3)
        if drawn < _HOLDS + _SENT_ON + _ONE_MORE:
            return i.StartTransaction(counter=1, service=chance.choice(self.config.services).code)
        return None


class Terminal:
    """What the people at one terminal do next. `let_in`: so many of its customers have a number."""

    def __init__(self, day: HallDay, number: int, *, let_in: int = 0) -> None:
        """`let_in`: of a terminal that starts again."""
        self._day = day
        self._number = number
        self._comings = [coming for coming in day.comings if coming.terminal == number]
        self.let_in = let_in

    @property
    def is_done(self) -> bool:
        """Whether all its customers have a number."""
        return self.let_in == len(self._comings)

    def acts(self, state: HallState, now_ms: int) -> list[Intent]:
        """What is due now, at most one thing for each counter and each ticket; some may be refused.

        Customers at the door count as let in when they are named here.
        """
        if not state.is_open:
            return []
        doors = list(self._at_the_door(now_ms))
        wishes = [act for ticket in state.tickets.values() if (act := self._wish(ticket, now_ms))]
        counters = self._day.counters_of(self._number)
        at_counters = [act for n in counters if (act := self._at_counter(state, state.counter(n), now_ms))]
        return [*doors, *wishes, *at_counters]

    def _at_the_door(self, now_ms: int) -> Iterator[Intent]:
        while not self.is_done and self._comings[self.let_in].at_ms <= now_ms:
            wish = self._comings[self.let_in].wish
            self.let_in += 1
            yield i.IssueTicket(service=wish.service, tier=wish.tier)

    def _wish(self, ticket: Ticket, now_ms: int) -> Intent | None:
        """What a customer without a counter asks for."""
        course = self._day.course_of(ticket)
        if self._day.is_asked_at(ticket) != self._number:
            return None
        if ticket.state is TicketState.MISSED and course.returns_after_ms is not None:
            back = now_ms >= (ticket.missed_ms or 0) + course.returns_after_ms
            return i.ReturnMissed(ticket_id=ticket.ticket_id) if back else None
        if ticket.state is TicketState.HELD and ticket.hold_until_ms is None:
            back = now_ms >= (ticket.held_ms or 0) + self._day.span_ms(2 * MINUTE_MS)
            return i.EndHold(ticket_id=ticket.ticket_id) if back else None
        if ticket.state is TicketState.WAITING and ticket.is_first_wait:
            return self._of_first_wait(ticket, course, now_ms)
        return None

    def _of_first_wait(self, ticket: Ticket, course: Course, now_ms: int) -> Intent | None:
        if course.gives_up_after_ms is not None and now_ms >= ticket.issued_ms + course.gives_up_after_ms:
            reason = self._day.config.reasons.cancel[0].code
            return i.CancelTicket(ticket_id=ticket.ticket_id, reason=reason)
        if course.priority_reason is not None and ticket.lane is not Lane.PRIORITY:
            return i.GivePriority(ticket_id=ticket.ticket_id, reason=course.priority_reason)
        return None

    def _at_counter(self, state: HallState, counter: Counter, now_ms: int) -> Intent | None:
        if counter.state is CounterState.CLOSED:
            return i.OpenCounter(counter=counter.number, clerk=str(1000 + counter.number))
        if counter.state is CounterState.OPEN:
            granted = state.granted_to(counter.number)  # by an answer that was lost: announced first
            somebody = granted or next_call(state, self._day.config, counter.number, now_ms)
            return i.CallNext(counter=counter.number) if somebody else None
        ticket = state.ticket_at(counter.number)
        if ticket is None or ticket.state is TicketState.GRANTED:
            return None
        if ticket.state is TicketState.CALLED:
            return self._of_a_call(ticket, counter.number, now_ms)
        return self._of_service(state, ticket, counter.number, now_ms)

    def _of_a_call(self, ticket: Ticket, number: int, now_ms: int) -> Intent | None:
        course, since_ms = self._day.course_of(ticket), now_ms - (ticket.called_ms or 0)
        if not (course.misses_first_call and ticket.missed_times == 0):
            return i.ConfirmArrival(counter=number) if since_ms >= course.walk_ms else None
        if since_ms >= self._day.span_ms(MISSED_AFTER_MS):
            return i.ReportMissed(counter=number)
        recalled = ticket.recalls > 0 or since_ms < self._day.span_ms(RECALL_AFTER_MS)
        return None if recalled else i.Recall(counter=number)

    def _of_service(self, state: HallState, ticket: Ticket, number: int, now_ms: int) -> Intent | None:
        running = state.running_transaction(ticket.ticket_id)
        turns = self._day.course_of(ticket).turns
        turn = turns[min(len(state.transactions_of(ticket.ticket_id)), len(turns)) - 1]
        if running is not None and now_ms < running.started_ms + turn.span_ms:
            return None
        rule = self._day.config.counter_by_number[number]
        then = turn.then
        if isinstance(then, i.StartTransaction) and not rule.offers(then.service):
            then = None
        if then is None or running is None:
            return i.FinishVisit(counter=number)
        return then.model_copy(update={"counter": number})
