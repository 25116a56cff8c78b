"""Clocks that are wrong at any moment, and days that begin by them: drawn, not chosen."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.clock import hall_now_ms
from hallq.domain import intents as i
from hallq.domain.business_date import date_to_open
from hallq.domain.config import HallConfig
from hallq.domain.decide import Moment, decide
from hallq.domain.events import Recorded, TicketIssued
from hallq.domain.fold import fold
from hallq.domain.intents import Intent
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from tests.builders import DATE, DAY_MS, HOUR_MS, MINUTE_MS, MORNING_MS, HandClock, a_config
from tests.rig.invariants import broken_invariants

YEAR_2106_MS = 4_294_967_296_000
JUMPS_MS = (-DAY_MS, -HOUR_MS, -5 * MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, DAY_MS)
WRONG_AT_MS = (0, YEAR_2106_MS)

a_jump = (
    st.none()
    | st.tuples(st.just("by"), st.sampled_from(JUMPS_MS))
    | st.tuples(st.just("to"), st.sampled_from(WRONG_AT_MS))
)
Jump = tuple[str, int] | None

_STEPS: tuple[Intent, ...] = (
    i.OpenCounter(counter=2, clerk="clerk-2"),
    i.IssueTicket(service="payment"),
    i.IssueTicket(service="points", tier=Tier.GOLD),
    i.IssueTicket(service="payment"),
    i.CallNext(counter=2),
    i.ConfirmArrival(counter=2),
    i.StartTransaction(counter=2, service="points"),
    i.FinishVisit(counter=2),
    i.CallNext(counter=2),
    i.ConfirmArrival(counter=2),
    i.HoldVisit(counter=2, reason="phone_call", minutes=5),
    i.CallNext(counter=2),
    i.ConfirmArrival(counter=2),
    i.FinishVisit(counter=2),
    i.KeepHouse(),
    i.CallNext(counter=2),
    i.ConfirmArrival(counter=2),
    i.FinishVisit(counter=2),
)
"""The last wait, two minutes a step, is over when the hold has ended by itself."""


class MindHall:
    """Deciding and folding as the hall does, without a file."""

    def __init__(self, config: HallConfig) -> None:
        """Nobody has opened a day yet."""
        self.config = config
        self.clock = HandClock()
        self.state = HallState()
        self.log: list[Recorded] = []
        self._ids = itertools.count(1)

    def now_ms(self) -> int:
        """The hall's clock."""
        return hall_now_ms(self.state.moment, self.clock.read())

    def asks(self, intent: Intent) -> Refusal | None:
        """Carry it out, or the reason why not."""
        at_ms, reading = self.now_ms(), self.clock.read()
        moment = Moment(self.config, at_ms, reading.wall_ms, lambda: f"id-{next(self._ids):06d}")
        decision = decide(intent, self.state, moment)
        if isinstance(decision, Refusal):
            return decision
        after = len(self.log) + 1
        news = [
            Recorded(
                position,
                at_ms,
                reading.wall_ms,
                reading.boot_id,
                reading.boot_ms,
                "t1",
                "run",
                position,
                "1",
                e,
            )
            for position, e in enumerate(decision, start=after)
        ]
        self.log += news
        self.state = fold(self.state, news).settled()
        return None


def a_morning(jumps: list[Jump]) -> list[Recorded]:
    """The same visits two minutes a step, while the wall clock is set before each."""
    hall = MindHall(a_config())
    hall.asks(i.OpenDay(business_date=DATE))
    for intent, jump in zip(_STEPS, jumps, strict=True):
        hall.clock.pass_minutes(2)
        if jump is not None:
            kind, jump_ms = jump
            hall.clock.set_wall(jump_ms if kind == "to" else hall.clock.wall_ms + jump_ms)
        refusal = hall.asks(intent)
        assert refusal is None, f"{intent!r}: {refusal}"
    return hall.log


RIGHT = a_morning([None] * len(_STEPS))


@given(st.lists(a_jump, min_size=len(_STEPS), max_size=len(_STEPS)))
def test_a_clock_that_is_set_again_and_again_changes_nothing(jumps: list[Jump]) -> None:
    """Not the order, not a length by a millisecond; and nothing is refused."""
    told = a_morning(jumps)
    assert [replace(r, wall_ms=0) for r in told] == [replace(r, wall_ms=0) for r in RIGHT]


@pytest.mark.parametrize("off_ms", [*JUMPS_MS, -MORNING_MS, YEAR_2106_MS - MORNING_MS])
def test_a_computer_that_restarts_with_a_wrong_clock_refuses_nothing(off_ms: int) -> None:
    """What time went by while it was off nobody knows then; order and times never run back."""
    hall = MindHall(a_config())
    hall.asks(i.OpenDay(business_date=DATE))
    for step, intent in enumerate(_STEPS):
        hall.clock.pass_minutes(2)
        if step % 4 == 3:
            hall.clock.restart()
            hall.clock.set_wall(MORNING_MS + off_ms)
        assert hall.asks(intent) is None
    times = [r.at_ms for r in hall.log]
    assert times == sorted(times)
    assert broken_invariants(hall.state) == []


ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")
CUT_OVERS = ("00:00:00", "04:00:00", "06:30:00")

a_wrong_date = st.sampled_from(
    (0, 0, 0, *JUMPS_MS, -3 * DAY_MS, 40 * DAY_MS, -MORNING_MS, YEAR_2106_MS - MORNING_MS)
)
a_night = st.tuples(
    a_wrong_date,
    st.booleans(),  # the computer restarts
    st.booleans(),  # the day is closed
    st.integers(1, 40 * 60),  # minutes until the next one
    st.integers(1, 3),  # tickets
)


@pytest.mark.parametrize("cut_over", CUT_OVERS)
@pytest.mark.parametrize("zone", ZONES)
def test_no_number_is_given_twice_on_a_date(zone: str, cut_over: str) -> None:
    """Whatever date the clock names, and whether or not somebody remembered to close the day."""
    config = a_config(hall={"time_zone": zone, "cut_over": cut_over})

    @given(st.lists(a_night, min_size=2, max_size=6))
    def nights(drawn: list[tuple[int, bool, bool, int, int]]) -> None:
        hall, true_ms = MindHall(config), MORNING_MS
        for wrong_by_ms, restarts, closes, minutes, tickets in drawn:
            true_ms += minutes * MINUTE_MS
            hall.clock.pass_minutes(minutes)
            if restarts:
                hall.clock.restart()
            hall.clock.set_wall(true_ms + wrong_by_ms)
            if not hall.state.is_open:
                date = date_to_open(hall.state, hall.clock.wall_ms, config)
                assert hall.asks(i.OpenDay(business_date=date)) is None
            for _ in range(tickets):
                assert hall.asks(i.IssueTicket(service="payment")) is None
            if closes:
                assert hall.asks(i.CloseDay()) is None
        issued = [r.event for r in hall.log if isinstance(r.event, TicketIssued)]
        dates = dates_of(hall.log)
        numbers = [(dates[t.ticket_id], t.series, t.number) for t in issued]
        assert len(set(numbers)) == len(numbers)

    nights()


def dates_of(log: list[Recorded]) -> dict[str, str]:
    """The business date of each ticket, as the fold gives it."""
    state, dates = HallState(), {}
    for recorded in log:
        state = fold(state, [recorded]).settled()
        if isinstance(recorded.event, TicketIssued):
            dates[recorded.event.ticket_id] = state.tickets[recorded.event.ticket_id].business_date
    return dates
