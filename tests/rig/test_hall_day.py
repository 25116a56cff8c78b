"""The made-up day: everything that people do happens in it, and the same seed gives the same day."""

from collections import Counter

from hallq.domain import intents as i
from hallq.hall import Refused
from hallq.store import Store
from hallq.store.verify import verify_store
from tests.builders import MORNING_MS, HandClock, TryHall, a_config
from tests.rig.hall_day import HallDay, Terminal

TICK_MS = 10_000
ITS_DAY = {
    "ticket.issued",
    "ticket.recalled",
    "ticket.missed",
    "ticket.returned",
    "ticket.cancelled",
    "visit.held",
    "visit.transferred",
    "visit.finished",
}


def lived(hall: TryHall, day: HallDay, *, killed_every: int = 0) -> list[str]:
    """Live the day through with all its terminals; what happened, in order."""
    terminals = [Terminal(day, number) for number in range(day.terminals)]
    told: list[str] = []
    ticks = 0
    while not all(t.is_done for t in terminals) or hall.state.tickets:
        ticks += 1
        assert ticks < 5_000, "the day does not end"
        hall.clock.pass_ms(TICK_MS)
        if killed_every and ticks % killed_every == 0:
            terminals = [Terminal(day, n, let_in=t.let_in) for n, t in enumerate(terminals)]
        hall.does(i.KeepHouse())
        for terminal in terminals:
            for intent in terminal.acts(hall.state, hall.hall.now_ms()):
                result = hall.hall.perform(intent, hall.actor)
                events = () if isinstance(result, Refused) else result.events
                told += [event.kind for event in events]
    return told


def a_day(seed: int, minutes: int = 60) -> HallDay:
    """A day of six terminals."""
    return HallDay(a_config(), seed, start_ms=MORNING_MS, minutes=minutes)


def test_everything_that_people_do_happens(hall: TryHall, store: Store) -> None:
    day = a_day(seed=5)
    with store.synced_at_the_end():
        counted = Counter(lived(hall, day))
    assert set(counted) >= ITS_DAY, ITS_DAY - set(counted)
    assert counted["ticket.issued"] == len(day.comings) > 50
    assert verify_store(store).agrees


def test_terminals_that_are_killed_go_on_with_the_same_day(hall: TryHall, store: Store) -> None:
    day = a_day(seed=6, minutes=20)
    with store.synced_at_the_end():
        told = Counter(lived(hall, day, killed_every=7))
    assert told["ticket.issued"] == len(day.comings)
    assert verify_store(store).agrees


def test_the_same_seed_gives_the_same_day(hall: TryHall) -> None:
    assert a_day(seed=7).comings == a_day(seed=7).comings
    assert a_day(seed=7).comings != a_day(seed=8).comings
    ticket = hall.ticket(hall.issues())
    assert a_day(seed=7).course_of(ticket) == a_day(seed=7).course_of(ticket)


def test_every_counter_belongs_to_one_terminal() -> None:
    day = a_day(seed=1, minutes=1)
    numbers = [n for terminal in range(day.terminals) for n in day.counters_of(terminal)]
    assert sorted(numbers) == sorted(day.config.counter_by_number)


def test_the_clock_of_the_day_is_the_hall_s() -> None:
    day = a_day(seed=2, minutes=30)
    first, last = day.comings[0].at_ms, day.comings[-1].at_ms
    assert HandClock().wall_ms <= first <= last < MORNING_MS + 30 * 60_000
