"""The ticket: the number in a customer's hand, and where its visit stands."""

import re
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase

from hallq.domain.lanes import Lane, Tier


class TicketState(StrEnum):
    """Where a ticket is. `docs/glossary.md` has each in both languages."""

    WAITING = "waiting"
    GRANTED = "granted"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    MISSED = "missed"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    LEFT = "left"
    EXPIRED = "expired"


_S = TicketState

TRANSITIONS: dict[TicketState, frozenset[TicketState]] = {
    _S.WAITING: frozenset({_S.GRANTED, _S.CANCELLED, _S.LEFT, _S.EXPIRED}),
    _S.GRANTED: frozenset({_S.CALLED, _S.WAITING, _S.EXPIRED}),
    _S.CALLED: frozenset({_S.CALLED, _S.SERVING, _S.MISSED, _S.WAITING, _S.LEFT, _S.CANCELLED, _S.EXPIRED}),
    _S.SERVING: frozenset({_S.HELD, _S.FINISHED, _S.WAITING, _S.EXPIRED}),
    _S.HELD: frozenset({_S.WAITING, _S.LEFT, _S.CANCELLED, _S.EXPIRED}),
    _S.MISSED: frozenset({_S.WAITING, _S.LEFT, _S.CANCELLED, _S.EXPIRED}),
    _S.FINISHED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.LEFT: frozenset(),
    _S.EXPIRED: frozenset(),
}
"""Which state may follow which; the fold is tested against it."""

FINAL = frozenset(state for state, following in TRANSITIONS.items() if not following)
APPOINTMENT = "appointment"
"""Stands for the lane in the figures of those who came by appointment."""

AT_COUNTER = frozenset({_S.CALLED, _S.SERVING})
"""A granted ticket is kept for its counter, which may still be busy with another."""

_LABEL = re.compile(r"([A-Z]+\d{1,4}-|[A-Z]*)0*(\d{1,9})")


def ticket_label(series: str, number: int) -> str:
    """The number as printed and called: letter and at least three digits."""
    return f"{series}{number:03d}"


def series_and_number(typed: str) -> tuple[str, int] | None:
    """What a label says, also as people type it: `a47`, `A2-047`, `47` of any series; None for no label."""
    found = _LABEL.fullmatch(typed.strip().upper())
    return (found[1], int(found[2])) if found else None


def digit_of(series: str) -> int:
    """Which terminal of a hall prints this series; the first one's are plain letters."""
    digits = series.removesuffix("-").lstrip(ascii_uppercase)
    return int(digits) if series.endswith("-") and digits.isdecimal() else 1


@dataclass(frozen=True)
class Ticket:
    """One visit. Times are milliseconds on the hall's clock; None means not yet.

    `waiting_since_ms`: when the present or last wait began: with the number, with the opening of
    a later day, or with the way back into the queue. `ahead`: tickets of the lane in front when
    this one joined it. `issued_by`: the opaque id of who gave it out, where people sign in. `agreed_ms`: the
    time of an appointment that was kept. `told_`: the range of waits that the customer was told, while it
    is the one to be kept.
    """

    ticket_id: str
    business_date: str
    series: str
    number: int
    lane: Lane
    tier: Tier
    service: str
    state: TicketState
    issued_ms: int
    due_ms: int
    queue_ms: int
    waiting_since_ms: int
    ahead: int = 0
    customer: str | None = None
    priority_reason: str | None = None
    counter: int | None = None
    clerk: str | None = None
    first_counter: int | None = None
    first_clerk: str | None = None
    served_counter: int | None = None
    counters_visited: int = 0
    bound_counter: int | None = None
    bound_zone: str | None = None
    return_to: int | None = None
    return_service: str | None = None
    called_ms: int | None = None
    called_position: int | None = None
    calls: int = 0
    recalls: int = 0
    wait_ms: int | None = None
    arrived_ms: int | None = None
    walk_ms: int = 0
    held_ms: int | None = None
    hold_until_ms: int | None = None
    hold_reason: str | None = None
    missed_ms: int | None = None
    missed_times: int = 0
    ended_ms: int | None = None
    end_reason: str | None = None
    contested: bool = False
    why: str | None = None
    issued_by: str | None = None
    agreed_ms: int | None = None
    told_low_minutes: int | None = None
    told_high_minutes: int | None = None

    @property
    def label(self) -> str:
        """The number as printed and called: letter and at least three digits."""
        return ticket_label(self.series, self.number)

    @property
    def queue_key(self) -> tuple[int, str]:
        """A total order of places: fairness time, then the ticket itself."""
        return (self.queue_ms, self.ticket_id)

    @property
    def due_key(self) -> tuple[int, int, int, str]:
        """Earliest promise first; the tier decides a tie, then the place."""
        return (self.due_ms, self.tier.rank, self.queue_ms, self.ticket_id)

    @property
    def is_first_wait(self) -> bool:
        """Whether the promise still runs: the customer has not been called yet."""
        return self.wait_ms is None

    @property
    def is_by_appointment(self) -> bool:
        """Whether it stands in no line but is called at the agreed time; over with the first call."""
        return self.agreed_ms is not None and self.wait_ms is None

    @property
    def promise(self) -> str:
        """Whose promise is counted: the lane's, or that of appointments."""
        return self.lane if self.agreed_ms is None else APPOINTMENT

    @property
    def is_first_call(self) -> bool:
        """While called: whether no earlier call was answered or missed; a withdrawn one doesn't count."""
        return self.arrived_ms is None and self.missed_times == 0
