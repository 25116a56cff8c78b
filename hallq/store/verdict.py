"""What a comparison of log and projections has found."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from hallq.domain.appointments import Appointment
from hallq.domain.complaints import Complaint
from hallq.domain.handover import HandoverNote
from hallq.domain.ratings import LowRating
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction
from hallq.i18n import N_, Sentence

MOST_NAMED = 100
"""So many differences are named; the rest is counted."""

NO_ROW = N_("{name}: no row is stored")
NO_EVENT = N_("{name}: stored, but no event made it")
PART = N_("{name}: {part}: the events say {told}, stored is {stored}")
WHOLE = N_("{name}: the events say {told}, stored is {stored}")


NAMES = {
    Ticket: N_("ticket {label} of {date}"),
    Transaction: N_("transaction {id}"),
    HandoverNote: N_("handover entry {id}"),
    Appointment: N_("appointment {id} of {date}"),
    LowRating: N_("low rating of {label} on {date}"),
    Complaint: N_("complaint {label}"),
}
COUNTED = {
    Ticket: "tickets",
    Transaction: "transactions",
    HandoverNote: "notes",
    Appointment: "appointments",
    LowRating: "low ratings",
    Complaint: "complaints",
}
"""How one of each kind is called, and what its kind is counted as."""


@dataclass
class Verdict:
    """What was compared, by table, and each difference in words."""

    compared: dict[str, int] = field(default_factory=dict)
    differences: list[Sentence] = field(default_factory=list)
    more: int = 0

    @property
    def agrees(self) -> bool:
        """Whether log and projections say the same."""
        return not self.differences

    def differs(self, message: str | Sentence, **facts: object) -> None:
        """Note one difference: a sentence, or a message marked with `N_` and its facts."""
        if len(self.differences) < MOST_NAMED:
            told = message if isinstance(message, Sentence) else Sentence(message, **facts)
            self.differences.append(told)
        else:
            self.more += 1

    def counts(self, what: str, number: int = 1) -> None:
        """Note that so many were compared."""
        self.compared[what] = self.compared.get(what, 0) + number


def unlike(told: Any, stored: Any) -> Iterator[tuple[str, object, object]]:
    """The fields in which two entities differ: name, by the events, as stored."""
    for part in fields(told):
        ours, theirs = getattr(told, part.name), getattr(stored, part.name)
        if ours != theirs:
            yield part.name, value_shown(ours), value_shown(theirs)


def value_shown(value: Any) -> object:
    """A value for a sentence; a missing one in words."""
    return Sentence(N_("no value")) if value is None else value
