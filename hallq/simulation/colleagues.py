"""A hall that lives: customers come, simulated colleagues serve, a person may take any counter.

One worker thread calls `step` again and again; `take` may be called from
another one. All goes through `Hall.perform`, so a person's terminal is a terminal like any.
"""

import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.events import TicketIssued
from hallq.domain.tickets import AT_COUNTER, TicketState
from hallq.domain.wall import on_wall, since_1970_ms
from hallq.hall import Actor, Hall
from hallq.simulation.agenda import Agenda
from hallq.simulation.clerks import Clerks, Plan, done, new_clerks
from hallq.simulation.clock import DemoClock
from hallq.simulation.customers import Customers
from hallq.store import open_store

TERMINAL = "demo"
GUIDE = Actor("guide", TERMINAL)
HISTORY_MS = 20 * 60_000
SEED = 7
_LOOK_EVERY_MS = 5_000
_MOST_WAITING = 45
"""Customers who see so many waiting turn round at the door."""
_MOST_ACTIONS = 20
_LONGEST_WAIT_SECONDS = 0.25
_LEAST_STAFFED = 3
_LOAD = 0.58
"""Who only looks on, at a closed counter of their own, sees rushes come and go and the promises kept."""


def open_living_hall(
    folder: Path,
    config: HallConfig,
    *,
    speed: float,
    today: date,
    seed: int = SEED,
    monotonic: Callable[[], float] = time.monotonic,
) -> "LivingHall":
    """A hall on a new file in `folder`, twenty minutes into its day. Raises StoreError."""
    opens = datetime.combine(today, config.hall.opens, tzinfo=config.zone_info)
    clock = DemoClock(since_1970_ms(opens), speed, monotonic=monotonic)
    hall = Hall(open_store(folder / "hall.db", create=True), config, clock=clock)
    living = LivingHall(hall, clock, seed=seed)
    living.begin()
    return living


class LivingHall:
    """A hall with made-up customers, and a simulated clerk at every counter nobody took."""

    def __init__(self, hall: Hall, clock: DemoClock, *, seed: int = SEED) -> None:
        """`hall` must read its time from `clock`. Nothing happens before `begin`."""
        self.hall = hall
        self._clock = clock
        self._lock = threading.RLock()
        self._agenda = Agenda()
        self._customers = Customers(hall.config, seed, _LOAD)
        self._plans: dict[str, Plan] = {}
        self._taken: set[int] = set()
        self._clerk_names = new_clerks(hall.config.counter_by_number)
        self._clerks = Clerks(hall, clock, self._agenda, self._plan_of, TERMINAL)
        self._clerks.on_missed = self._perhaps_return
        self._clerks.before_next = self._stays_at_work

    # --- driving -------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the day, live through its first twenty minutes at once, then let time run."""
        with self._lock:
            self._open_day()
            end_ms = self._clock.now_ms() + HISTORY_MS
            never = threading.Event()
            while (due_ms := self._agenda.next_ms()) is not None and due_ms <= end_ms:
                self._clock.wait_until(due_ms, never)
                self._agenda.do_next()
            self._clock.wait_until(end_ms, never)
            self._clock.go_live()

    def step(self) -> float:
        """Do what is due; how many real seconds to wait before the next step."""
        with self._lock:
            for _ in range(_MOST_ACTIONS):
                due_ms = self._agenda.next_ms()
                if due_ms is None:
                    return _LONGEST_WAIT_SECONDS
                ahead_ms = due_ms - self._clock.now_ms()
                if ahead_ms > 0:
                    return min(_LONGEST_WAIT_SECONDS, ahead_ms / 1000 / self._clock.speed)
                self._agenda.do_next()
            return 0.0

    def close(self) -> None:
        """Let go of the file, after the step that runs."""
        with self._lock:
            self.hall.close()

    # --- people --------------------------------------------------------------------------

    def take(self, number: int) -> bool:
        """A person takes this counter: the simulated clerk ends at once and signs out.

        False when the hall has no such counter.
        """
        if number not in self._clerk_names:
            return False
        with self._lock:
            self._taken.add(number)
            if number in self._clerks.numbers:
                self._clerks.leave(number)
                self._leave_counter(number)
        return True

    def _leave_counter(self, number: int) -> None:
        state = self.hall.state.counter(number).state
        actor = Actor(self._clerk_names[number], TERMINAL)
        if state is CounterState.CALLING:
            done(self.hall, i.WithdrawCall(counter=number), actor)
        elif state is CounterState.SERVING:
            done(self.hall, i.FinishVisit(counter=number), actor)
        done(self.hall, i.CloseCounter(counter=number), actor)

    # --- the day -------------------------------------------------------------------------

    def _shown(self) -> datetime:
        return on_wall(self._clock.now_ms(), self.hall.config.zone_info)

    def _open_day(self) -> None:
        done(self.hall, i.OpenDay(business_date=self._shown().date().isoformat()), GUIDE)
        for number, clerk in self._clerk_names.items():
            if number not in self._taken:
                self._clerks.take(number, clerk)
        now_ms = self._clock.now_ms()
        self._agenda.at(now_ms + _LOOK_EVERY_MS, self._look_around)
        self._agenda.at(now_ms + self._customers.gap_ms(now_ms), self._arrive)

    def _look_around(self) -> None:
        """Notice what people did at other terminals, and what the clock brings about."""
        done(self.hall, i.KeepHouse(), GUIDE)
        self._clerks.call_waiting()
        if self._may_go_home():
            self._next_day()
        else:
            self._agenda.at(self._clock.now_ms() + _LOOK_EVERY_MS, self._look_around)

    def _may_go_home(self) -> bool:
        inside = self.hall.state.in_state(
            *AT_COUNTER, TicketState.WAITING, TicketState.GRANTED, TicketState.HELD
        )
        return self._shown().time() >= self.hall.config.hall.closes and not inside

    def _next_day(self) -> None:
        """The night is skipped: nobody wants to watch an empty hall."""
        done(self.hall, i.CloseDay(), GUIDE)
        for number in self._clerks.numbers:
            self._clerks.leave(number)
        self._agenda.clear()
        self._plans.clear()
        tomorrow = self._shown().date() + timedelta(days=1)
        config = self.hall.config
        opens = datetime.combine(tomorrow, config.hall.opens, tzinfo=config.zone_info)
        self._clock.skip_to(since_1970_ms(opens))
        self._open_day()

    # --- customers -----------------------------------------------------------------------

    def _arrive(self) -> None:
        now_ms = self._clock.now_ms()
        if self._shown().time() >= self.hall.config.hall.closes:
            return
        self._agenda.at(now_ms + self._customers.gap_ms(now_ms), self._arrive)
        if len(self.hall.state.waiting()) >= _MOST_WAITING:
            return
        wish = self._customers.wish()
        for event in done(self.hall, i.IssueTicket(service=wish.service, tier=wish.tier), GUIDE) or ():
            if isinstance(event, TicketIssued):
                self._plans[event.ticket_id] = self._customers.plan(event.service, now_ms)
        self._clerks.call_waiting()

    def _plan_of(self, ticket_id: str) -> Plan:
        """The plan; a customer who got the number from a person is given one now."""
        if ticket_id not in self._plans:
            service = self.hall.state.tickets[ticket_id].service
            self._plans[ticket_id] = self._customers.plan(service, self._clock.now_ms())
        return self._plans[ticket_id]

    def _perhaps_return(self, ticket_id: str) -> None:
        after_ms = self._customers.comes_back_after_ms()
        if after_ms is not None:
            self._agenda.at(self._clock.now_ms() + after_ms, lambda: self._return(ticket_id))

    def _return(self, ticket_id: str) -> None:
        plan = self._plans[ticket_id]
        self._plans[ticket_id] = Plan(plan.service_ms, None, plan.walk_ms)
        done(self.hall, i.ReturnMissed(ticket_id=ticket_id), GUIDE)
        self._clerks.call_waiting()

    # --- breaks --------------------------------------------------------------------------

    def _stays_at_work(self, number: int) -> bool:
        """Now and then a clerk takes a break, unless too few would be left."""
        counters = self.hall.state.counters.values()
        working = [c for c in counters if c.is_staffed and c.state is not CounterState.PAUSED]
        break_ms = self._customers.break_ms()
        if break_ms is None or len(working) <= _LEAST_STAFFED:
            return True
        reason = self._customers.pick([choice.code for choice in self.hall.config.reasons.pause])
        actor = Actor(self._clerk_names[number], TERMINAL)
        if done(self.hall, i.PauseCounter(counter=number, reason=reason), actor) is None:
            return True
        self._agenda.at(self._clock.now_ms() + break_ms, lambda: self._end_break(number, actor))
        return False

    def _end_break(self, number: int, actor: Actor) -> None:
        if number in self._clerks.numbers:
            done(self.hall, i.ResumeCounter(counter=number), actor)
            self._clerks.call_next(number)
