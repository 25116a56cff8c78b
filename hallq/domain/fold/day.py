"""Fold of the day's own events."""

from hallq.domain.days import BusinessDay
from hallq.domain.events import ClockAdopted, DayClosed, DayOpened, Recorded
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.frozen import replace
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


@apply_event.register
def _day_opened(event: DayOpened, state: HallState, recorded: Recorded) -> HallState:
    again = state.day
    if again is not None and again.date == event.business_date:
        day = replace(
            again, closed_ms=None, clock_offset_ms=event.clock_offset_ms, times_opened=again.times_opened + 1
        )
        return replace(state, day=day)
    carried = _carried(state, event, recorded.at_ms)
    return replace(
        state,
        tickets={ticket.ticket_id: ticket for ticket in carried},
        day=BusinessDay(event.business_date, recorded.at_ms, recorded.position, event.clock_offset_ms),
        series={**state.series, event.business_date: state.series.get(event.business_date, {})},
        figures=_carried_steps(carried),
        recent_calls=(),
        rescues=(),
        counters={number: replace(counter, served=0) for number, counter in state.counters.items()},
    )


def _carried(state: HallState, event: DayOpened, opened_ms: int) -> list[Ticket]:
    """The live tickets as the new day takes them over, in their old order.

    The closed hours are nobody's wait: promises, waits, holds and the way back of the
    missed all begin with the opening.
    """
    carried = []
    line = sorted(state.tickets.values(), key=lambda ticket: ticket.due_key)
    for place, ticket in enumerate(line):
        target_ms = event.targets_ms.get(ticket.lane, 0)
        since_ms = opened_ms + place  # one millisecond apart keeps the order
        carried.append(
            replace(
                ticket,
                queue_ms=since_ms,
                due_ms=since_ms + target_ms,
                waiting_since_ms=opened_ms,
                ahead=sum(1 for t in line[:place] if t.lane is ticket.lane),
                held_ms=ticket.held_ms and opened_ms,
                missed_ms=ticket.missed_ms and opened_ms,
            )
        )
    return carried


def _carried_steps(carried: list[Ticket]) -> dict[str, int]:
    """Carried tickets count for their lane like those issued today."""
    steps = {"tickets.carried": len(carried)} if carried else {}
    for ticket in carried:
        name = f"lane.{ticket.lane}.issued"
        steps[name] = steps.get(name, 0) + 1
    return steps


@apply_event.register
def _day_closed(event: DayClosed, state: HallState, recorded: Recorded) -> HallState:
    return replace(state, day=replace(state.day, closed_ms=recorded.at_ms)) if state.day else state


@apply_event.register
def _clock_adopted(event: ClockAdopted, state: HallState, recorded: Recorded) -> HallState:
    return (
        replace(state, day=replace(state.day, clock_offset_ms=event.clock_offset_ms)) if state.day else state
    )
