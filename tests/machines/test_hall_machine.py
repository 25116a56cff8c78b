"""Random days: any intent at any moment, from two terminals, under any clock."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hallq.domain import intents as i
from hallq.domain.config import PolicyName
from hallq.domain.fold import fold
from hallq.domain.intents import Intent
from hallq.domain.slots import wall_ms
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction
from hallq.hall import Actor, Hall, Refused
from hallq.store import log, open_store
from hallq.store.loading import rows_as
from hallq.store.verify import verify_store
from tests import strategies as some
from tests.builders import DATE, DAY_MS, HOUR_MS, MEMORY_DISK, MINUTE_MS, HandClock, a_config, new_store
from tests.machines.lives import broken_times, forbidden_moves, overbooked
from tests.machines.recount import miscounted
from tests.rig.invariants import broken_invariants

JUMPS_MS = (-HOUR_MS, -DAY_MS, HOUR_MS, DAY_MS)
FIXED_WALLS_MS = (0, 4_294_967_296_000)  # 1970, and 2106 when 32 bits of seconds end


class HallMachine(RuleBasedStateMachine):
    """Two terminals on one file."""

    @initialize(policy=st.sampled_from(list(PolicyName)), place=st.sampled_from(["front", "after", "end"]))
    def opens(self, policy: PolicyName, place: str) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY_DISK)
        self.path = Path(self.folder.name) / "hall.db"
        self.clock = HandClock()
        places = [{"at": f"{at}:00", "priority": 2, "standard": 1} for at in ("10:00", "10:30", "14:00")]
        calling = {"missed_place": place, "missed_after": 1}
        self.config = a_config(policy, calling=calling, appointments={"slots": places})
        new_store(self.path).close()
        self.halls = [self._terminal(), self._terminal()]
        self._perform(0, i.OpenDay(business_date=DATE))
        for number in some.COUNTERS:
            self._perform(0, i.OpenCounter(counter=number, clerk=f"10{number}"))

    def _terminal(self) -> Hall:
        return Hall(open_store(self.path), self.config, clock=self.clock)

    def _perform(self, terminal: int, intent: Intent) -> None:
        hall = self.halls[terminal]
        hall.refresh()
        before = hall.state
        result = hall.perform(intent, Actor("1001", f"t{terminal}"))
        self.newest = hall
        if isinstance(result, Refused):
            assert hall.state == before

    @rule(terminal=st.integers(0, 1), intent=some.issues | some.diversions)
    def comes_in(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @rule(terminal=st.integers(0, 1), counter=some.counters, minutes=st.integers(0, 12))
    def is_served(self, terminal: int, counter: int, minutes: int) -> None:
        self._perform(terminal, i.CallNext(counter=counter))
        self.clock.pass_minutes(minutes / 4)
        self._perform(1 - terminal, i.ConfirmArrival(counter=counter))
        self.clock.pass_minutes(minutes)

    @rule(terminal=st.integers(0, 1), intent=some.at_counters)
    def acts_at_a_counter(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @rule(terminal=st.integers(0, 1), intent=st.one_of(some.finishes, some.holds, some.transfers))
    def ends_a_visit(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @precondition(lambda self: self.newest.state.tickets)
    @rule(terminal=st.integers(0, 1), pick=st.integers(0, 99), which=st.integers(0, 5))
    def concerns_one_ticket(self, terminal: int, pick: int, which: int) -> None:
        live = sorted(self.newest.state.tickets)
        self._perform(terminal, some.about_ticket(live[pick % len(live)])[which])

    @rule(terminal=st.integers(0, 1), intent=some.bookings)
    def agrees_on_a_time(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @precondition(lambda self: self.newest.state.appointments)
    @rule(
        terminal=st.integers(0, 1),
        pick=st.integers(0, 99),
        which=st.sampled_from([0, 0, 1, 2]),
        slot=some.slots,
    )
    def concerns_one_appointment(self, terminal: int, pick: int, which: int, slot: str) -> None:
        live = sorted(self.newest.state.appointments)
        self._perform(terminal, some.about_appointment(live[pick % len(live)], slot)[which])

    @precondition(lambda self: self.newest.state.is_open and self.newest.state.appointments)
    @rule(early=st.integers(-12, 12))
    def somebody_comes_about_the_agreed_time(self, early: int) -> None:
        state = self.newest.state
        expected = sorted((a.slot, i) for i, a in state.appointments.items() if a.is_open)
        if expected and state.day is not None:
            slot, appointment_id = expected[0]
            at_ms = wall_ms(slot, self.config.zone_info) - state.day.clock_offset_ms
            self.clock.pass_ms(max(0, at_ms - self.newest.now_ms() - early * MINUTE_MS))
            self._perform(0, i.CheckIn(appointment_id=appointment_id))

    @rule(terminal=st.integers(0, 1), intent=some.of_the_day)
    def turns_the_day(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @rule(terminal=st.integers(0, 1), intent=some.of_the_shift)
    def works_a_shift(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @precondition(lambda self: self.newest.state.notes)
    @rule(terminal=st.integers(0, 1), pick=st.integers(0, 99), which=st.integers(0, 1))
    def concerns_one_note(self, terminal: int, pick: int, which: int) -> None:
        live = sorted(self.newest.state.notes)
        self._perform(terminal, some.about_note(live[pick % len(live)])[which])

    @rule(terminal=st.integers(0, 1), counter=some.counters, score=st.integers(1, 5))
    def rates_a_visit(self, terminal: int, counter: int, score: int) -> None:
        left = self.newest.state.counter(counter).left_ticket or "nobody's"
        self._perform(terminal, i.RateVisit(at_counter=counter, ticket_id=left, score=score))

    @rule(terminal=st.integers(0, 1))
    def sees_to_low_ratings(self, terminal: int) -> None:
        for ticket_id in (*self.newest.state.low_ratings, "nobody's"):
            self._perform(terminal, i.SeeRating(ticket_id=ticket_id))

    @rule(terminal=st.integers(0, 1), intent=some.complaints)
    def complains(self, terminal: int, intent: Intent) -> None:
        self._perform(terminal, intent)

    @precondition(lambda self: self.newest.state.complaints)
    @rule(terminal=st.integers(0, 1), pick=st.integers(0, 99), which=st.integers(0, 3))
    def concerns_one_complaint(self, terminal: int, pick: int, which: int) -> None:
        live = sorted(self.newest.state.complaints)
        self._perform(terminal, some.about_complaint(live[pick % len(live)])[which])

    @rule(minutes=st.integers(0, 45))
    def lets_time_pass(self, minutes: int) -> None:
        self.clock.pass_minutes(minutes)
        self._perform(0, i.KeepHouse())

    @rule(jump_ms=st.sampled_from(JUMPS_MS))
    def moves_the_wall_clock(self, jump_ms: int) -> None:
        self.clock.set_wall(self.clock.wall_ms + jump_ms)

    @rule(wall_ms=st.sampled_from(FIXED_WALLS_MS))
    def loses_the_wall_clock(self, wall_ms: int) -> None:
        self.clock.set_wall(wall_ms)

    @rule(off_ms=st.sampled_from([30_000, DAY_MS, -HOUR_MS, 9 * DAY_MS]))
    def restarts_the_computer(self, off_ms: int) -> None:
        self.clock.restart(off_ms)
        self._start_programs_again()

    @rule()
    def restarts_the_programs(self) -> None:
        self._start_programs_again()

    def _start_programs_again(self) -> None:
        for hall in self.halls:
            hall.close()
        self.halls = [self._terminal(), self._terminal()]
        self.newest = self.halls[0]

    @invariant()
    def both_terminals_and_the_rows_agree(self) -> None:
        for hall in self.halls:
            hall.refresh()
        first, second = (hall.state for hall in self.halls)
        assert first == second
        assert broken_invariants(first) == []
        assert overbooked(first, self.config) == []

    def teardown(self) -> None:
        store = open_store(self.path)
        with store.reading() as connection:
            events = list(log.read_after(connection, 0))
            visits = rows_as(connection, Ticket)
            transactions = rows_as(connection, Transaction)
            assert miscounted(connection) == []
        assert verify_store(store).differences == []
        state = self.halls[0].state
        assert fold(HallState(), events).settled() == state == store.load_state()
        assert forbidden_moves(events) == []
        assert broken_times(events, visits, transactions) == []
        numbers = [(t.business_date, t.series, t.number) for t in visits]
        assert len(set(numbers)) == len(numbers)
        assert {t.ticket_id for t in visits if t.ended_ms is None} == set(state.tickets)
        for hall in self.halls:
            hall.close()
        store.close()
        self.folder.cleanup()


TestHallMachine = HallMachine.TestCase
TestHallMachine.settings = settings(stateful_step_count=40)
