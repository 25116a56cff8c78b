"""How often the wait that customers were told with their numbers came true."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain import figure_names as names
from hallq.domain.figures import Share, mean_ms, times
from hallq.domain.lanes import Lane


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A lane's first calls after a wait that was told. `share`: those within it.

    `early_ms`, `late_ms`: how far the others were from it on average; None without any.
    """

    lane: Lane
    share: Share
    early: int
    early_ms: int | None
    late: int
    late_ms: int | None


def told_days(figures: Mapping[str, int]) -> tuple[ToldDay, ...]:
    """The lanes that called somebody to whom a wait was told."""
    return tuple(day for day in (_told(figures, lane) for lane in Lane) if day.share.whole)


def _told(figures: Mapping[str, int], lane: Lane) -> ToldDay:
    early, late = names.told(lane, "early"), names.told(lane, "late")
    held, earlier, later = (
        figures.get(names.told(lane, "held"), 0),
        times(figures, early),
        times(figures, late),
    )
    share = Share(held, held + earlier + later)
    return ToldDay(lane, share, earlier, mean_ms(figures, early), later, mean_ms(figures, late))
