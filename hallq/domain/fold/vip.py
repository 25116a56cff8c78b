"""The VIP directory is no part of the queue: its events are kept and change nothing."""

from hallq.domain.events import DirectoryNoted, Recorded
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.fold.draft import Draft


@apply_event.register
def _noted(event: DirectoryNoted, draft: Draft, recorded: Recorded) -> None:
    """Kept for those who look after the hall."""
