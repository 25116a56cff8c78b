"""The order inside a lane, and who may ask why somebody else was called."""

from collections.abc import Iterable

from hallq.domain.lanes import Lane
from hallq.domain.tickets import Ticket


def in_lane(tickets: Iterable[Ticket], lane: Lane) -> list[Ticket]:
    """Those of one lane."""
    return [t for t in tickets if t.lane is lane]


def stands_before(ticket: Ticket, other: Ticket) -> bool:
    """Whether `ticket` comes before `other` in the order of due times."""
    if ticket.due_ms != other.due_ms:  # nearly always; spares building two keys
        return ticket.due_ms < other.due_ms
    return ticket.due_key < other.due_key


def first(line: Iterable[Ticket]) -> Ticket:
    """The one with the earliest promise. `line` is not empty."""
    tickets = list(line)
    earliest_ms = min(t.due_ms for t in tickets)
    return min((t for t in tickets if t.due_ms == earliest_ms), key=lambda t: t.due_key)


def may_ask_why(ticket: Ticket, called: Ticket) -> bool:
    """Whether `ticket` was passed over: an older number, ahead in the lane, or the lane above."""
    if ticket.issued_ms < called.issued_ms:
        return True
    if ticket.lane is called.lane:
        return stands_before(ticket, called)
    return ticket.lane is Lane.PRIORITY
