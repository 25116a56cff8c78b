"""The fold: one function per event, each total, from state to state and pure as a whole.

Facts are never refused here. What an event may do to a ticket or a counter is
decided before it is written; the fold only says what is true after it.
"""

from collections.abc import Iterable

from hallq.domain.events import Recorded
from hallq.domain.fold import (
    appointments,
    contested,
    counters,
    day,
    feedback,
    leaving,
    serving,
    shift,
    staff,
    tickets,
    vip,
)
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.fold.draft import Draft
from hallq.domain.state import HallState, LastMoment

__all__ = ["FOLD", "apply", "fold"]

FOLD = 4
"""Grows whenever the fold makes something else of events that were written before."""

ROOMS = (appointments, counters, day, feedback, leaving, serving, shift, staff, tickets, vip)
"""The modules whose functions are registered with the dispatch."""


def apply(state: HallState, recorded: Recorded) -> HallState:
    """The state after one more event."""
    return fold(state, (recorded,))


def fold(state: HallState, log: Iterable[Recorded]) -> HallState:
    """The state after all events of `log`, the same one if there are none.

    An unknown kind of event only moves the position.
    """
    draft = Draft(state)
    last = None
    for last in log:
        if last.contested:
            contested.book(draft, last)
        else:
            apply_event(last.event, draft, last)
    return state if last is None else _frozen(draft, last)


def _frozen(draft: Draft, last: Recorded) -> HallState:
    return HallState(
        position=last.position,
        moment=LastMoment.of(last),
        day=draft.day,
        tickets=draft.tickets,
        transactions=draft.transactions,
        counters=draft.counters,
        series=draft.series,
        figures=draft.figures,
        recent_calls=draft.recent_calls,
        rescues=draft.rescues,
        attendance=draft.attendance,
        notes=draft.notes,
        low_ratings=draft.low_ratings,
        complaints=draft.complaints,
        appointments=draft.appointments,
        departed=tuple(draft.departed),
    )
