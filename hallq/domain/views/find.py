"""Where is this number? What was typed, and every ticket that it can mean."""

import re
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.state import HallState
from hallq.domain.tickets import TRANSITIONS, Ticket, TicketState, ticket_label
from hallq.domain.views.guide import IssuedView, issued_view
from hallq.domain.views.why import WhyView, why_of_ticket

_TYPED = re.compile(r"([A-Z]*)0*(\d{1,9})")


class Whereabouts(StrEnum):
    """What is known of a number."""

    HERE = "here"
    GONE = "gone"
    NEVER_ISSUED = "never-issued"


@dataclass(frozen=True, slots=True)
class FoundView:
    """One number. `waited_ms` and `left_ms` (to the promise) only while it was never called."""

    label: str
    whereabouts: Whereabouts
    ticket: IssuedView | None = None
    waited_ms: int | None = None
    left_ms: int | None = None
    why: WhyView | None = None


def find(state: HallState, config: HallConfig, now_ms: int, typed: str) -> tuple[FoundView, ...]:
    """Every number that `typed` can mean: `a47` one, `47` one of each series. None for no number."""
    parsed = _TYPED.fullmatch(typed.strip().upper())
    if parsed is None:
        return ()
    series, number = parsed.group(1), int(parsed.group(2))
    here = [t for t in state.tickets.values() if t.number == number and series in ("", t.series)]
    found = [_here(state, config, now_ms, t) for t in sorted(here, key=lambda t: (t.label, t.issued_ms))]
    issued = state.series.get(state.business_date, {})
    gone = [s for s, last in sorted(issued.items()) if series in ("", s) and 0 < number <= last]
    known = {view.label for view in found}
    found += [
        FoundView(label, Whereabouts.GONE)
        for label in (ticket_label(s, number) for s in gone)
        if label not in known
    ]
    return tuple(found) or (FoundView(ticket_label(series, number), Whereabouts.NEVER_ISSUED),)


def _here(state: HallState, config: HallConfig, now_ms: int, ticket: Ticket) -> FoundView:
    waits_first = ticket.state is TicketState.WAITING and ticket.is_first_wait
    return FoundView(
        ticket.label,
        Whereabouts.HERE,
        issued_view(state, config, ticket),
        waited_ms=now_ms - ticket.waiting_since_ms if waits_first else None,
        left_ms=ticket.due_ms - now_ms if waits_first else None,
        why=why_of_ticket(ticket),
    )


@dataclass(frozen=True, slots=True)
class MissedView:
    """A missed customer who may still come back, for so many whole minutes."""

    ticket_id: str
    label: str
    service: str
    minutes_left: int


def missed(state: HallState, config: HallConfig, now_ms: int) -> tuple[MissedView, ...]:
    """Those who may come back, the one with the least time first."""
    window_ms = config.missed_window_ms
    views = [
        MissedView(t.ticket_id, t.label, t.service, ((t.missed_ms or 0) + window_ms - now_ms) // MINUTE_MS)
        for t in state.in_state(TicketState.MISSED)
    ]
    return tuple(sorted((v for v in views if v.minutes_left >= 0), key=lambda v: (v.minutes_left, v.label)))


def cancellable(state: HallState) -> tuple[Ticket, ...]:
    """The tickets that may be withdrawn, the newest first."""
    may = [t for t in state.tickets.values() if TicketState.CANCELLED in TRANSITIONS[t.state]]
    return tuple(sorted(may, key=lambda t: (-t.issued_ms, t.label)))
