"""Appointments as the forecast sees them: who takes a call out of the lines, and when."""

from dataclasses import dataclass

from hallq.domain.appointments import Appointment, time_of
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.slots import wall_ms
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Visit:
    """A call at an agreed time, so many ms from now. `ticket`: of who is here already."""

    in_ms: int
    ticket: Ticket | None = None


def coming(state: HallState, config: HallConfig, now_ms: int) -> list[Visit]:
    """Today's appointments that are not called yet, the earliest first; without those past the grace time."""
    here = [Visit((t.agreed_ms or 0) - now_ms, t) for t in state.waiting() if t.is_by_appointment]
    awaited = (Visit(at_ms - now_ms) for _, at_ms in expected(state, config, now_ms))
    return sorted([*here, *awaited], key=lambda visit: (visit.in_ms, visit.ticket is None))


def expected(state: HallState, config: HallConfig, now_ms: int) -> list[tuple[Appointment, int]]:
    """Today's appointments whose customers may still come in time, each with its time on the hall's clock."""
    if not state.is_open or state.day is None:
        return []
    grace_ms = round(config.appointments.grace_minutes * MINUTE_MS)
    offset_ms = state.day.clock_offset_ms
    today = [a for a in state.appointments.values() if a.is_open and a.business_date == state.business_date]
    timed = [(a, wall_ms(a.slot, config.zone_info) - offset_ms) for a in today]
    return sorted(((a, at) for a, at in timed if now_ms <= at + grace_ms), key=lambda each: each[1])


def agreed_time(state: HallState, ticket: Ticket) -> str:
    """The time of day that was agreed with who came in time for it; empty for everybody else."""
    if ticket.agreed_ms is None:
        return ""
    kept = (a.slot for a in state.appointments.values() if a.ticket_id == ticket.ticket_id)
    return time_of(next(kept, ""))
