"""Appointments beside the policies: at the agreed time before everybody, earlier only before nobody.

Both are outside of the lanes: no rule sees them, and they neither make nor end a lane's run of calls.
So all that they take from the others is one call for each place that was booked and kept.
"""

from collections.abc import Iterable, Sequence

from hallq.domain.config import HallConfig
from hallq.domain.policy.chosen import Chosen, Situation
from hallq.domain.policy.eligible import Split, split_waiting
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


def split_now(
    state: HallState, config: HallConfig, number: int, waiting: Iterable[Ticket], now_ms: int
) -> Split:
    """Which of `waiting` counter `number` may take now; who is early only if it has nobody else."""
    waiting = list(waiting)
    early = [t for t in waiting if is_early(t, now_ms)]
    mine, others = split_waiting(state, config, number, [t for t in waiting if t not in early])
    if mine:
        return mine, [*others, *((t, PassReason.NOT_YET) for t in early)]
    return split_waiting(state, config, number, waiting)


def is_early(ticket: Ticket, now_ms: int) -> bool:
    """Whether it waits by appointment for a time that has not come."""
    return ticket.is_by_appointment and (ticket.agreed_ms or 0) > now_ms


def by_appointment(eligible: Sequence[Ticket], situation: Situation, now_ms: int) -> Chosen | None:
    """Who has the earliest appointment of those whose time has come; None when there is none."""
    due = [t for t in eligible if t.is_by_appointment and not is_early(t, now_ms)]
    if not due:
        return None
    called = min(due, key=lambda t: (t.agreed_ms or 0, t.due_key))
    facts = {"agreed_at_ms": agreed_at_ms(called, situation)}
    return Chosen(called, CallRule.BY_APPOINTMENT, lambda _: PassReason.APPOINTMENT, {**facts})


def agreed_at_ms(ticket: Ticket, situation: Situation) -> int:
    """The agreed time as the wall shows it, ms since 1970."""
    return (ticket.agreed_ms or 0) + situation.clock_offset_ms
