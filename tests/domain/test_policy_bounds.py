"""The bounds that `docs/policy.md` promises, in hostile halls; one test for each limit of them."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hallq.domain import intents as i
from hallq.domain.lanes import Lane, Tier
from hallq.domain.policy import next_call
from hallq.domain.policy.situation import situation_of
from tests.builders import MINUTE_MS, a_config
from tests.domain.hostile import HostileDay, PaperHall, Shape

shapes = st.builds(
    Shape,
    counters=st.integers(1, 6),
    limited=st.booleans(),
    dedicated=st.booleans(),
    priority_minutes=st.integers(1, 10),
    standard_minutes=st.integers(1, 30),
    vip_percent=st.sampled_from((0, 10, 30, 60, 90, 99)),
    arrivals=st.integers(2, 25),
    service_minutes=st.integers(1, 15),
    unrest_percent=st.sampled_from((0, 0, 20, 60)),
    seed=st.integers(0, 2**32),
    places=st.sampled_from((0, 0, 1, 3)),
)


@given(shapes)
def test_every_call_keeps_the_bounds(shape: Shape) -> None:
    HostileDay(shape).run(steps=60)


def test_the_hostile_halls_do_try_the_bounds() -> None:
    """Without passes, rescues and turns the property above would say nothing."""
    seen: Counter[str] = Counter()
    first = 0
    for seed in range(12):
        hard = Shape(3, seed % 2 == 0, False, 5, 15, (30, 90)[seed % 2], 12, 6, 20, seed)
        seen += HostileDay(hard).run(steps=80).seen
        booked = HostileDay(replace(hard, places=2)).run(steps=80)
        first += sum(len(tickets) for tickets in booked.went_first.values())
    assert first > 20
    assert min(seen[rule] for rule in ("pass", "priority-rescued", "standard-rescued", "standard-turn")) > 5


def _paper_hall(services_of_3: list[str]) -> PaperHall:
    """Counter 1 for the priority lane, counter 2 for everything, counter 3 for some services."""
    rules = [
        {"number": 1, "zone": "vip", "dedicated_to": "priority"},
        {"number": 2, "zone": "standard"},
        {"number": 3, "zone": "standard", "services": services_of_3},
    ]
    return PaperHall(a_config("guarded", counters=rules))


def _issue(hall: PaperHall, service: str, tier: Tier = Tier.NONE) -> str:
    hall.now_ms += 1
    (issued,) = hall.does(i.IssueTicket(service=service, tier=tier))
    return str(issued.ticket_id)


def _lane_called(hall: PaperHall, counter: int) -> Lane:
    granted = hall.does(i.CallNext(counter=counter))[0]
    lane = hall.state.tickets[granted.ticket_id].lane
    hall.does(i.ConfirmArrival(counter=counter))
    hall.does(i.FinishVisit(counter=counter))
    return lane


def test_the_place_counts_only_calls_of_counters_that_could_take_the_ticket() -> None:
    hall = _paper_hall(["payment"])
    complaint = _issue(hall, "complaint")
    for _ in range(30):
        _issue(hall, "payment")
        assert _lane_called(hall, 3) is Lane.STANDARD  # others are called, it has no bearing on the bound
    call = next_call(hall.state, hall.config, 2, hall.now_ms)
    assert call is not None
    assert call.ticket.ticket_id == complaint


def test_a_dedicated_counter_owes_the_other_lane_nothing_while_its_own_waits() -> None:
    hall = _paper_hall(["payment"])
    _issue(hall, "payment")
    hall.now_ms += 60 * MINUTE_MS
    for _ in range(40):
        _issue(hall, "payment", Tier.GOLD)
        assert _lane_called(hall, 1) is Lane.PRIORITY
    assert _lane_called(hall, 1) is Lane.STANDARD  # idle: now it helps


def test_standard_calls_elsewhere_do_not_put_off_a_counters_own_turn() -> None:
    hall = _paper_hall(["complaint"])
    _issue(hall, "complaint")
    hall.now_ms += 60 * MINUTE_MS
    lanes = []
    for _ in range(20):
        _issue(hall, "complaint", Tier.GOLD)
        lanes.append(_lane_called(hall, 3))
        hall.does(i.IssueTicket(service="payment"))
        ticket = max(hall.state.waiting(), key=lambda t: t.issued_ms)
        hall.does(i.CallTicket(counter=2, ticket_id=ticket.ticket_id))  # ends the hall's run
        hall.does(i.ConfirmArrival(counter=2))
        hall.does(i.FinishVisit(counter=2))
    assert lanes == [Lane.PRIORITY] * 19 + [Lane.STANDARD]


def test_the_pace_counts_every_open_counter_also_those_that_take_no_priority() -> None:
    """A limit of the promise: where few counters may take a VIP, the time in hand looks longer."""
    hall = _paper_hall(["payment"])
    assert situation_of(hall.state, hall.config, 2).counters == 3
