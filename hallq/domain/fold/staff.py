"""The staff list is no part of the queue: its events are kept and change nothing."""

from hallq.domain.events import Recorded, StaffChanged
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.fold.draft import Draft


@apply_event.register
def _changed(event: StaffChanged, draft: Draft, recorded: Recorded) -> None:
    """Kept for those who look after the hall."""
