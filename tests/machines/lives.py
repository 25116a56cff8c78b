"""What every log must show: only known moves, times that never run back and add up."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hallq.domain import counters, tickets
from hallq.domain.config import HallConfig
from hallq.domain.events import Recorded
from hallq.domain.fold import apply
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.transactions import Transaction

_STRAIGHT = {"ticket.issued", "ticket.granted", "ticket.announced", "ticket.recalled", "ticket.arrived"}


def forbidden_moves(log: Sequence[Recorded]) -> list[str]:
    """Each event applied alone may move a ticket or counter only along the tables."""
    wrong = []
    state = HallState()
    for recorded in log:
        after = apply(state.settled(), recorded)
        gone = {t.ticket_id: t for t in after.departed if isinstance(t, Ticket)}
        for ticket_id, ticket in state.tickets.items():
            now = after.tickets.get(ticket_id) or gone.get(ticket_id)
            if now is None:
                wrong.append(f"{ticket.label} is lost at {recorded.position}")
            elif now.state is not ticket.state and now.state not in tickets.TRANSITIONS[ticket.state]:
                wrong.append(f"{ticket.label}: {ticket.state} to {now.state} at {recorded.position}")
        for number, counter in after.counters.items():
            was = state.counter(number).state
            if counter.state is not was and counter.state not in counters.TRANSITIONS[was]:
                wrong.append(f"counter {number}: {was} to {counter.state} at {recorded.position}")
        state = after
    return wrong


def overbooked(state: HallState, config: HallConfig) -> list[str]:
    """No slot has more appointments, and no more tickets that go first, than it has places."""
    booked = Counter((a.slot, a.lane) for a in state.appointments.values())
    first = Counter((t.agreed_ms, t.lane) for t in state.tickets.values() if t.agreed_ms is not None)
    wrong = [
        f"{slot}: {count} booked in {lane}"
        for (slot, lane), count in booked.items()
        if count > places(slot, lane, config)
    ]
    most = max((slot.places(lane) for slot in config.appointments.slots for lane in Lane), default=0)
    return wrong + [f"{count} go first at {at}" for (at, _), count in first.items() if count > most]


def places(slot: str, lane: Lane, config: HallConfig) -> int:
    """How many of a lane may be booked in the slot."""
    there = config.appointments.on(slot[:10]).get(slot)
    return there.places(lane) if there else 0


def broken_times(
    log: Sequence[Recorded], visits: Sequence[Ticket], transactions: Sequence[Transaction]
) -> list[str]:
    """Time runs forward, nothing lasts less than nothing, and a straight visit adds up."""
    wrong = [
        f"time runs back at {later.position}"
        for earlier, later in pairwise(log)
        if later.at_ms < earlier.at_ms
    ]
    for ticket in visits:
        own = sorted(
            (t for t in transactions if t.ticket_id == ticket.ticket_id),
            key=lambda t: (t.started_ms, t.transaction_id),
        )
        spans = [ticket.wait_ms, ticket.walk_ms, *(t.duration_ms for t in own)]
        if any(span is not None and span < 0 for span in spans):
            wrong.append(f"{ticket.label} has a negative span: {spans}")
        for first, second in pairwise(own):
            if first.ended_ms is None or first.ended_ms > second.started_ms:
                wrong.append(f"{ticket.label} has two transactions at once")
        if ticket.state is TicketState.FINISHED and _is_straight(ticket.ticket_id, log):
            begun_ms = ticket.issued_ms if ticket.agreed_ms is None else ticket.waiting_since_ms
            total = (ticket.ended_ms or 0) - begun_ms
            if total != sum(span or 0 for span in spans):
                wrong.append(f"{ticket.label} took {total}, its parts are {spans}")
    return wrong


def _is_straight(ticket_id: str, log: Sequence[Recorded]) -> bool:
    kinds = [r.event.kind for r in log if _of(r.event) == ticket_id]
    others = {k for k in kinds if not k.startswith("transaction.")} - _STRAIGHT - {"visit.finished"}
    return not others and kinds.count("ticket.announced") == 1


def _of(event: Any) -> str | None:
    return getattr(event, "ticket_id", None)
