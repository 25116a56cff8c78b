"""What a rule is given besides the tickets, and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hallq.domain.lanes import Lane
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.tickets import Ticket

Facts = dict[str, int | str]
"""What a sentence about a call is filled with; `reasons.py` lists the names."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The hall as the rules see it.

    `counters`: how many take customers now. `mean_service_ms`: the observed pace.
    `priority_run`: priority calls since the last standard one, of the hall or of the calling
    counter, whichever are more. `rescued_ms`: per lane, when tickets were called ahead of
    late ones today, oldest first. `clock_offset_ms`: from the hall's clock to the time on the wall.
    """

    counters: int
    mean_service_ms: int
    priority_run: int = 0
    rescued_ms: Mapping[Lane, Sequence[int]] = field(default_factory=dict)
    clock_offset_ms: int = 0

    @property
    def gap_ms(self) -> int:
        """The expected time from one call of the hall to the next."""
        return self.mean_service_ms // max(1, self.counters)

    def after(self, lane: Lane, set_back: int, now_ms: int) -> "Situation":
        """The situation once a ticket of `lane` was called ahead of `set_back` late ones."""
        run = self.priority_run + 1 if lane is Lane.PRIORITY else 0
        if not set_back:
            return replace(self, priority_run=run)
        times = {**self.rescued_ms, lane: [*self.rescued_ms.get(lane, ()), now_ms]}
        return replace(self, priority_run=run, rescued_ms=times)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule's answer. `why_not`: the reason for any other eligible ticket that may ask.

    `set_back`: how many late tickets of its own lane this one went before.
    """

    ticket: Ticket
    rule: CallRule
    why_not: Callable[[Ticket], PassReason]
    facts: Facts = field(default_factory=dict)
    set_back: int = 0
