"""The list of open complaints: what is due first, what is overdue."""

from dataclasses import dataclass

from hallq.domain.complaints import Complaint
from hallq.domain.state import HallState

_NEVER_MS = 2**62


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One open complaint. `left_ms`: until the next deadline, negative past it; None without one."""

    complaint: Complaint
    left_ms: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed."""
        return self.left_ms is not None and self.left_ms < 0


def complaint_list(state: HallState, now_ms: int) -> tuple[ComplaintRow, ...]:
    """Every open complaint, the next due first."""
    ordered = sorted(
        state.complaints.values(),
        key=lambda c: (_NEVER_MS if c.due_ms is None else c.due_ms, c.taken_ms, c.label),
    )
    return tuple(ComplaintRow(c, None if c.due_ms is None else c.due_ms - now_ms) for c in ordered)
