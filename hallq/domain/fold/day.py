"""Fold of the day's own events."""

from hallq.domain import figure_names as names
from hallq.domain.days import BusinessDay
from hallq.domain.events import ClockAdopted, DayClosed, DayOpened, Recorded
from hallq.domain.fold.appointments import absent, let_go_before
from hallq.domain.fold.dispatch import apply_event, count
from hallq.domain.fold.draft import Draft
from hallq.domain.fold.shift import end_attendance
from hallq.domain.frozen import replace
from hallq.domain.lanes import Lane
from hallq.domain.tickets import APPOINTMENT, Ticket, TicketState

_AT_CLOSE = (
    *(names.of_lane(promise, "late_at_close") for promise in (*Lane, APPOINTMENT)),
    names.APPOINTMENTS_ABSENT,
)
"""Counts that a closing makes and a reopening takes back."""


@apply_event.register
def _day_opened(event: DayOpened, draft: Draft, recorded: Recorded) -> None:
    again = draft.day
    if again is not None and again.is_open:
        return  # opened by a terminal that could not know: nothing begins twice
    if again is not None and again.date == event.business_date:
        # Those who were late when the day closed wait on; who did not come may come yet.
        count(draft, {name: -draft.figures[name] for name in _AT_CLOSE if draft.figures.get(name)})
        draft.day = replace(
            again, closed_ms=None, clock_offset_ms=event.clock_offset_ms, times_opened=again.times_opened + 1
        )
        return
    carried = _carried(draft, event, recorded.at_ms)
    draft.tickets = {ticket.ticket_id: ticket for ticket in carried}
    draft.day = BusinessDay(event.business_date, recorded.at_ms, recorded.position, event.clock_offset_ms)
    draft.series.setdefault(event.business_date, {})
    draft.figures = _carried_steps(carried)
    let_go_before(draft, event.business_date, recorded.at_ms)
    draft.recent_calls = ()
    draft.rescues = ()
    draft.counters = {
        number: replace(counter, served=0, lanes=None) for number, counter in draft.counters.items()
    }


def _carried(draft: Draft, event: DayOpened, opened_ms: int) -> list[Ticket]:
    """The live tickets as the new day takes them over, in their old order.

    The closed hours are nobody's wait: promises, waits, holds and the way back of the
    missed all begin with the opening.
    """
    carried = []
    line = sorted(draft.tickets.values(), key=lambda ticket: ticket.due_key)
    for place, ticket in enumerate(line):
        target_ms = event.targets_ms.get(ticket.lane, 0)
        since_ms = opened_ms + place  # one millisecond apart keeps the order
        carried.append(
            replace(
                ticket,
                state=TicketState.WAITING if ticket.state is TicketState.GRANTED else ticket.state,
                queue_ms=since_ms,
                due_ms=since_ms + target_ms,
                waiting_since_ms=opened_ms,
                ahead=sum(1 for t in line[:place] if t.lane is ticket.lane),
                held_ms=ticket.held_ms and opened_ms,
                missed_ms=ticket.missed_ms and opened_ms,
                agreed_ms=None,
                told_low_minutes=None,
                told_high_minutes=None,
            )
        )
    return carried


def _carried_steps(carried: list[Ticket]) -> dict[str, int]:
    """Carried tickets count for their lane like those issued today."""
    steps = {names.CARRIED: len(carried)} if carried else {}
    for ticket in carried:
        name = names.of_lane(ticket.lane, "issued")
        steps[name] = steps.get(name, 0) + 1
    return steps


@apply_event.register
def _day_closed(event: DayClosed, draft: Draft, recorded: Recorded) -> None:
    if draft.day is None:
        return
    for ticket in draft.tickets.values():
        waits = ticket.state is TicketState.WAITING and ticket.is_first_wait
        if waits and ticket.due_ms < recorded.at_ms:
            count(draft, {names.of_lane(ticket.promise, "late_at_close"): 1})
    if missing := absent(draft):
        count(draft, {names.APPOINTMENTS_ABSENT: missing})
    draft.day = replace(draft.day, closed_ms=recorded.at_ms)
    end_attendance(draft)


@apply_event.register
def _clock_adopted(event: ClockAdopted, draft: Draft, recorded: Recorded) -> None:
    if draft.day is not None:
        draft.day = replace(draft.day, clock_offset_ms=event.clock_offset_ms)
