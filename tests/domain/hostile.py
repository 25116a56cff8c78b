"""A hall on paper that goes through the worst: floods, wrong paces, people who come and go.

Everything passes through `decide` and `fold`; `Ledger` keeps its own books on who was passed
over, joined in front or waited through how many calls, and holds every call to the bounds.
"""

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.decide import Moment, decide
from hallq.domain.events import Recorded, TicketGranted
from hallq.domain.fold import fold
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane, Tier
from hallq.domain.policy import CallRule
from hallq.domain.policy.appointed import split_now
from hallq.domain.policy.guarded import RESCUE_CALLS, SAFETY, SPARE_CALLS
from hallq.domain.policy.order import stands_before
from hallq.domain.policy.situation import situation_of
from hallq.domain.refusals import Refusal
from hallq.domain.slots import wall_ms
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from tests.builders import DATE, MINUTE_MS, MORNING_MS, a_config


@dataclass(frozen=True)
class Shape:
    """What a random hall is like."""

    counters: int
    limited: bool  # counters offer one of two services only
    dedicated: bool  # the first counter is dedicated to the priority lane, the second to the standard lane
    priority_minutes: int
    standard_minutes: int
    vip_percent: int
    arrivals: int  # at most so many between two calls
    service_minutes: int
    unrest_percent: int  # how often somebody is missed, held, sent on, raised ...
    seed: int
    places: int = 0  # appointments in each lane, every ten minutes

    def config(self) -> HallConfig:
        """The settings of such a hall."""
        lanes = {
            "priority": {"target_minutes": self.priority_minutes, "goal_percent": 95, "series": "V"},
            "standard": {"target_minutes": self.standard_minutes, "goal_percent": 90},
        }
        counters = [self._counter(number) for number in range(1, self.counters + 1)]
        calling = {"missed_place": ("front", "after", "end")[self.seed % 3]}
        times = [f"{minute // 60:02d}:{minute % 60:02d}:00" for minute in range(9 * 60, 24 * 60, 10)]
        slots = [{"at": at, "priority": self.places, "standard": self.places} for at in times]
        return a_config(
            "guarded", lanes=lanes, counters=counters, calling=calling, appointments={"slots": slots}
        )

    def _counter(self, number: int) -> dict[str, Any]:
        rule: dict[str, Any] = {"number": number, "zone": "standard"}
        if self.limited:
            rule["services"] = [("payment", "complaint")[number % 2]]
        if self.dedicated and number <= 2:
            rule["dedicated_to"] = ("priority", "standard")[number - 1]
        return rule


class PaperHall:
    """A hall without a file."""

    def __init__(self, config: HallConfig) -> None:
        self.config = config
        self.state = HallState()
        self.now_ms = MORNING_MS
        self._ids = (f"{n:06d}" for n in itertools.count())
        self.does(i.OpenDay(business_date=DATE))
        for number in config.counter_by_number:
            self.does(i.OpenCounter(counter=number, clerk=f"clerk-{number}"))

    def does(self, intent: Intent) -> list[Any]:
        """The events of the intent, none when it is refused."""
        moment = Moment(self.config, self.now_ms, self.now_ms, lambda: next(self._ids))
        decision = decide(intent, self.state, moment)
        if isinstance(decision, Refusal):
            return []
        log = [
            Recorded(
                self.state.position + n,
                self.now_ms,
                self.now_ms,
                "b",
                self.now_ms,
                "t",
                "x",
                n,
                "1001",
                event,
            )
            for n, event in enumerate(decision, start=1)
        ]
        self.state = fold(self.state, log).settled()
        return list(decision)


@dataclass
class Account:
    """What one ticket went through since it joined its lane."""

    key: tuple[Lane, int, int]
    passed: int = 0
    joined_in_front: int = 0
    calls_of_lane: int = 0
    late_calls: Counter[int] = field(default_factory=Counter)

    @property
    def allowed(self) -> int:
        """One pass for every six ahead, or part of six."""
        return (self.key[2] + 5) // 6

    @property
    def most_calls(self) -> int:
        """How many calls of its lane may go to others."""
        return self.key[2] + self.joined_in_front + self.allowed


class Ledger:
    """The books on all tickets, and the bounds that every call must keep."""

    def __init__(self, places: int = 0) -> None:
        self._places = places
        self.went_first: defaultdict[tuple[int, Lane], set[str]] = defaultdict(set)
        self.accounts: dict[str, Account] = {}
        self.seen: Counter[str] = Counter()
        self._hall_run = 0
        self._runs: Counter[int] = Counter()
        self._waiting: dict[str, tuple[Lane, int, int]] = {}

    def look(self, state: HallState) -> None:
        """Take down who joined or came back, and in front of whom."""
        in_line = (t for t in state.waiting() if not t.is_by_appointment)
        waiting = {t.ticket_id: (t.lane, t.due_ms, t.ahead) for t in in_line}
        for ticket_id, key in waiting.items():
            if self._waiting.get(ticket_id) != key:
                self._joined(state, state.tickets[ticket_id], key)
        self._waiting = waiting

    def _joined(self, state: HallState, ticket: Ticket, key: tuple[Lane, int, int]) -> None:
        for other_id, account in self.accounts.items():
            other = state.tickets.get(other_id)
            if other and other is not ticket and other.lane is ticket.lane and stands_before(ticket, other):
                account.joined_in_front += 1
        known = self.accounts.get(ticket.ticket_id)
        if known is None or known.key != key:
            self.accounts[ticket.ticket_id] = Account(key)

    def called(self, hall: PaperHall, before: HallState, counter: int, granted: TicketGranted) -> None:
        """Hold one call of the policy to the bounds."""
        ticket = before.tickets[granted.ticket_id]
        eligible, _ = split_now(before, hall.config, counter, before.waiting(), hall.now_ms)
        assert ticket in eligible
        self.seen[granted.rule] += 1
        if ticket.is_by_appointment:
            self._by_appointment(eligible, ticket, granted, hall)
            return
        assert not any(t.is_by_appointment and (t.agreed_ms or 0) <= hall.now_ms for t in eligible)
        eligible = [t for t in eligible if not t.is_by_appointment]
        self._setback(eligible, ticket, hall.now_ms)
        self._priority_keeps_its_time(hall, before, eligible, granted, counter)
        self._place(eligible, ticket, counter, hall.now_ms)
        self._turn(eligible, ticket, counter, hall.now_ms)

    def _by_appointment(
        self, eligible: list[Ticket], called: Ticket, granted: TicketGranted, hall: PaperHall
    ) -> None:
        """Others wait one call longer for each place that is due, and for nothing else."""
        assert called.agreed_ms is not None
        if any(not t.is_by_appointment for t in eligible):
            assert called.agreed_ms <= hall.now_ms
            assert granted.rule == CallRule.BY_APPOINTMENT
            self.went_first[called.agreed_ms, called.lane].add(called.ticket_id)
            assert len(self.went_first[called.agreed_ms, called.lane]) <= self._places

    def _setback(self, eligible: list[Ticket], called: Ticket, now_ms: int) -> None:
        for ticket in eligible:
            if ticket.lane is called.lane and stands_before(ticket, called):
                account = self.accounts[ticket.ticket_id]
                account.passed += 1
                self.seen["pass"] += 1
                assert ticket.due_ms < now_ms <= called.due_ms
                assert account.passed <= account.allowed

    def _priority_keeps_its_time(
        self,
        hall: PaperHall,
        before: HallState,
        eligible: list[Ticket],
        granted: TicketGranted,
        counter: int,
    ) -> None:
        called = before.tickets[granted.ticket_id]
        due = sorted(t.due_ms - hall.now_ms for t in eligible if t.lane is Lane.PRIORITY)
        if called.lane is Lane.PRIORITY or not due:
            return
        assert granted.rule in (CallRule.STANDARD_RESCUED, CallRule.STANDARD_TURN)
        if granted.rule == CallRule.STANDARD_RESCUED:
            gap_ms = situation_of(before, hall.config, counter).gap_ms
            assert 0 <= called.due_ms - hall.now_ms <= RESCUE_CALLS * gap_ms
            for place, left_ms in enumerate(due, start=1):
                assert left_ms >= SAFETY * gap_ms * (place + SPARE_CALLS)

    def _place(self, eligible: list[Ticket], called: Ticket, counter: int, now_ms: int) -> None:
        for ticket in eligible:
            account = self.accounts[ticket.ticket_id]
            if ticket is not called and ticket.due_ms < now_ms:
                account.late_calls[counter] += 1
                assert account.late_calls[counter] <= 20 * account.most_calls + 19
            if ticket is not called and ticket.lane is called.lane:
                account.calls_of_lane += 1
                assert account.calls_of_lane <= account.most_calls

    def _turn(self, eligible: list[Ticket], called: Ticket, counter: int, now_ms: int) -> None:
        late = any(t.lane is Lane.STANDARD and t.due_ms < now_ms for t in eligible)
        if called.lane is Lane.STANDARD:
            self._hall_run = self._runs[counter] = 0
        elif late:
            self._hall_run += 1
            self._runs[counter] += 1
            assert self._hall_run <= 19
            assert self._runs[counter] <= 19
        else:
            self._runs[counter] = 0


class HostileDay:
    """A random course of events in a hall of the given shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.hall = PaperHall(shape.config())
        self.ledger = Ledger(shape.places)
        self._chance = Random(shape.seed)

    def run(self, steps: int) -> Ledger:
        """So many rounds of arrivals, unrest, calls and ends."""
        for _ in range(steps):
            self._arrivals()
            self._appointments()
            if self._chance.randrange(100) < self.shape.unrest_percent:
                self._unrest()
            self._calls()
            self._ends()
        return self.ledger

    def _arrivals(self) -> None:
        # Now and then a flood, now and then nobody.
        for _ in range(self._chance.choice((0, 0, 1, 1, 2, self.shape.arrivals))):
            self.hall.now_ms += self._chance.randrange(3)
            vip = self._chance.randrange(100) < self.shape.vip_percent
            tier = self._chance.choice((Tier.GOLD, Tier.DIAMOND)) if vip else Tier.NONE
            service = self._chance.choice(("payment", "complaint"))
            self._does(i.IssueTicket(service=service, tier=tier))

    def _appointments(self) -> None:
        """Somebody books one of the next slots; those whose time is near come, or come late, or don't."""
        if not self.shape.places:
            return
        zone, now_ms = self.hall.config.zone_info, self.hall.now_ms
        tier, ahead = self._chance.choice((Tier.GOLD, Tier.NONE)), self._chance.randrange(3)
        soon = [s for s in self.hall.config.appointments.on(DATE) if wall_ms(s, zone) > now_ms]
        for slot in soon[ahead : ahead + 1]:
            self._does(i.BookAppointment(slot=slot, service="payment", tier=tier))
        for appointment in list(self.hall.state.appointments.values()):
            near = abs(wall_ms(appointment.slot, zone) - now_ms) <= 12 * MINUTE_MS
            if appointment.is_open and near and self._chance.randrange(3):
                self._does(i.CheckIn(appointment_id=appointment.appointment_id))

    def _does(self, intent: Intent) -> None:
        self.hall.does(intent)
        self.ledger.look(self.hall.state)

    def _unrest(self) -> None:
        counter = self._chance.randint(1, self.shape.counters)
        tickets = list(self.hall.state.tickets) or ["nobody"]
        ticket_id = self._chance.choice(tickets)
        elsewhere = self._chance.randint(1, self.shape.counters)
        self._does(
            self._chance.choice(
                [
                    i.ReportMissed(counter=counter),
                    i.ReturnMissed(ticket_id=ticket_id),
                    i.WithdrawCall(counter=counter),
                    i.HoldVisit(counter=counter, reason="filling_form"),
                    i.EndHold(ticket_id=ticket_id),
                    i.TransferVisit(counter=counter, service="payment"),
                    i.TransferVisit(counter=counter, to_counter=elsewhere),
                    i.GivePriority(ticket_id=ticket_id, reason="elderly"),
                    i.ReportLeft(ticket_id=ticket_id),
                    i.PauseCounter(counter=counter, reason="meal"),
                    i.ResumeCounter(counter=counter),
                ]
            )
        )

    def _calls(self) -> None:
        for number, counter in self.hall.state.counters.items():
            if counter.state is not CounterState.OPEN or self._chance.randrange(4) == 0:
                continue
            before = self.hall.state
            events = self.hall.does(i.CallNext(counter=number))
            for event in events:
                if isinstance(event, TicketGranted):
                    self.ledger.called(self.hall, before, number, event)
            self.ledger.look(self.hall.state)
            if self._chance.randrange(10):
                self._does(i.ConfirmArrival(counter=number))

    def _ends(self) -> None:
        # A lie about the pace: spans of any length, from nothing to ten times the usual one.
        usual_ms = self.shape.service_minutes * MINUTE_MS // self.shape.counters
        self.hall.now_ms += round(usual_ms * self._chance.choice((0, 0.1, 0.5, 1, 1, 2, 10)))
        for ticket in self.hall.state.in_state(TicketState.SERVING):
            if ticket.counter is not None and self._chance.randrange(3):
                self._does(i.FinishVisit(counter=ticket.counter))
