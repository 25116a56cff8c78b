"""The first screen as a frozen value: which hall, is it open, who waits, who is where."""

from dataclasses import dataclass

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.state import HallState
from hallq.domain.words import Words


@dataclass(frozen=True, slots=True)
class EntryView:
    """`date` is empty while no business day is open."""

    hall: Words
    date: str
    waiting: tuple[tuple[Lane, int], ...]
    counters_open: int


def entry_view(state: HallState, config: HallConfig) -> EntryView:
    """The hall as somebody who comes to work finds it."""
    return EntryView(
        hall=config.hall.name,
        date=state.business_date if state.is_open else "",
        waiting=tuple((lane, len(state.in_line(lane))) for lane in Lane),
        counters_open=sum(1 for counter in state.counters.values() if counter.is_staffed),
    )


def counter_of(state: HallState, clerk: str) -> int | None:
    """The counter that this clerk has taken already."""
    taken = (c.number for c in state.counters.values() if c.is_staffed and c.clerk == clerk)
    return next(taken, None)
