"""The fold: one function per event, each total and pure, from state to state.

Facts are never refused here. What an event may do to a ticket or a counter is
decided before it is written; the fold only says what is true after it.
"""

from collections.abc import Iterable
from functools import reduce

from hallq.domain.events import Recorded
from hallq.domain.fold import counters, day, leaving, serving, tickets
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.frozen import replace
from hallq.domain.state import HallState, LastMoment

__all__ = ["apply", "fold"]

ROOMS = (counters, day, leaving, serving, tickets)
"""The modules whose functions are registered with the dispatch."""


def apply(state: HallState, recorded: Recorded) -> HallState:
    """The state after one more event; an unknown kind only moves the position."""
    moment = LastMoment(
        recorded.at_ms,
        recorded.wall_ms,
        recorded.boot_id,
        recorded.boot_ms,
        recorded.incarnation,
        recorded.seq,
    )
    after = apply_event(recorded.event, state, recorded)
    return replace(after, position=recorded.position, moment=moment)


def fold(state: HallState, log: Iterable[Recorded]) -> HallState:
    """The state after all events of `log`."""
    return reduce(apply, log, state)
