"""What a rule is given besides the tickets, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hallq.domain.lanes import Lane
from hallq.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Situation:
    """The hall as the rules see it.

    `counters`: how many take customers now. `mean_service_ms`: the observed pace.
    `priority_run`: priority calls since the last standard one. `rescued_ms`: per lane,
    when tickets were called ahead of late ones today, oldest first.
    """

    counters: int
    mean_service_ms: int
    priority_run: int = 0
    rescued_ms: Mapping[Lane, Sequence[int]] = field(default_factory=dict)

    @property
    def gap_ms(self) -> int:
        """The expected time from one call of the hall to the next."""
        return self.mean_service_ms // max(1, self.counters)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule's answer. `passed` gives single tickets another reason than `others_passed`.

    `set_back`: how many late tickets of its own lane this one went before.
    """

    ticket: Ticket
    rule: str
    others_passed: str
    facts: dict[str, int | str] = field(default_factory=dict)
    passed: Mapping[str, str] = field(default_factory=dict)
    set_back: int = 0

    def passed_reason(self, ticket: Ticket) -> str:
        """Why `ticket` was not the one."""
        return self.passed.get(ticket.ticket_id, self.others_passed)
