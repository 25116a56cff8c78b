"""What no longer fits moves nobody, and its time stays on the books."""

from dataclasses import replace

from hallq.domain import intents as i
from hallq.domain.contested import fits
from hallq.domain.events import (
    CounterOpened,
    CustomerArrived,
    Event,
    Recorded,
    TicketAnnounced,
    TransactionEnded,
    TransactionStarted,
    VisitFinished,
)
from hallq.domain.fold import apply, fold
from hallq.domain.state import HallState
from hallq.domain.transactions import Transaction
from hallq.store import Store, log
from tests.builders import HandClock, a_hall
from tests.rig.invariants import broken_invariants


def _history(store: Store) -> list[Recorded]:
    with store.reading() as connection:
        return list(log.read_after(connection, 0))


def test_what_was_decided_here_always_fits(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    for _ in range(3):
        hall.issues()
    hall.serves(1)
    hall.does(i.HoldVisit(counter=1, reason="phone_call"))
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.serves(1)
    hall.finishes(1)
    hall.does(i.PauseCounter(counter=1, reason="meal"))
    state = HallState()
    for recorded in _history(store):
        assert fits(recorded.event, state, recorded.device), recorded.event
        state = apply(state, recorded)


def _after(state: HallState, *events: Event) -> HallState:
    """The state after contested events, a minute apart."""
    moment = state.moment
    assert moment is not None
    for step, event in enumerate(events, start=1):
        recorded = Recorded(
            position=state.position + 1,
            at_ms=moment.at_ms + step * 60_000,
            wall_ms=0,
            boot_id="boot-9",
            boot_ms=step * 60_000,
            terminal="t9",
            incarnation="other",
            seq=step,
            actor="9",
            event=event,
            device="d9",
            contested=True,
        )
        state = apply(state, recorded)
    return state


def _elsewhere(store: Store, clock: HandClock) -> tuple[HallState, list[Event]]:
    """A ticket in service at counter 1, and the same service as counter 2 had it."""
    hall = a_hall(store, clock)
    hall.opens(1, 2)
    hall.issues()
    hall.serves(1)
    before = hall.state
    hall.finishes(1)
    history = [r.event for r in _history(store)]
    kinds = (TicketAnnounced, CustomerArrived, TransactionStarted, TransactionEnded, VisitFinished)
    names = {"counter": 2, "transaction_id": "again"}
    again: list[Event] = [
        e.model_copy(update={n: v for n, v in names.items() if n in type(e).model_fields})
        for e in history
        if isinstance(e, kinds)
    ]
    return before, again


def test_a_second_service_changes_no_ticket_and_is_booked(store: Store, clock: HandClock) -> None:
    before, again = _elsewhere(store, clock)
    after = _after(before, *again)
    (ticket,) = after.tickets.values()
    (known,) = before.tickets.values()
    assert ticket == replace(known, contested=True)
    assert after.counters == before.counters
    (booked,) = [t for t in after.departed if isinstance(t, Transaction)]
    assert (booked.counter, booked.duration_ms) == (2, 60_000)
    assert after.figures["contested"] == len(again)
    assert broken_invariants(after) == []


def test_a_second_service_of_a_visit_that_is_over_leaves_nothing_behind(
    store: Store, clock: HandClock
) -> None:
    _, again = _elsewhere(store, clock)
    over = store.load_state()
    after = _after(over, *again)
    assert after.transactions == {}
    assert [t.duration_ms for t in after.departed if hasattr(t, "duration_ms")] == [60_000]


def test_a_clerk_can_end_a_contested_service(store: Store, clock: HandClock) -> None:
    before, again = _elsewhere(store, clock)
    started = next(e for e in again if isinstance(e, TransactionStarted))
    running = _after(before, started)
    left = running.left_open_at(2)
    assert left is not None
    assert left.transaction_id == "again"
    assert before.left_open_at(1) is None


def test_the_same_log_gives_the_same_state(store: Store, clock: HandClock) -> None:
    before, again = _elsewhere(store, clock)
    history = _history(store)
    assert fold(HallState(), history).settled() == store.load_state()
    assert _after(before, *again) == _after(before, *again)


def test_a_counter_opened_again_by_its_own_clerk_is_no_contest(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock)
    hall.opens(1)
    assert fits(CounterOpened(counter=1, clerk="clerk-1"), hall.state, "")
    assert not fits(CounterOpened(counter=1, clerk="clerk-2"), hall.state, "")
    assert not fits(CounterOpened(counter=1, clerk="clerk-1"), hall.state, "another terminal")
    hall.issues()
    hall.calls(1)
    assert not fits(CounterOpened(counter=1, clerk="clerk-1"), hall.state, "")
