"""What customers said in a day: ratings in all and by clerk, complaints and their deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain.figures import Share, rated_by


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of one clerk's visits, or of all where `clerk` is empty."""

    clerk: str
    count: int
    sum: int
    low: int

    @property
    def mean(self) -> float | None:
        """The mean score; None without ratings."""
        return self.sum / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class DayVoices:
    """`rated`: all together first, then each clerk. The shares: of those answered or settled, in time."""

    rated: tuple[Rated, ...]
    complaints: int
    answered: Share
    settled: Share
    opened_again: int


def day_voices(figures: Mapping[str, int], overdue: int = 0) -> DayVoices:
    """What the figures of a day say of it. `overdue`: open ones that can no longer be settled in time."""
    begin, end = rated_by(""), ".count"
    clerks = sorted(
        name[len(begin) : -len(end)] for name in figures if name.startswith(begin) and name.endswith(end)
    )
    everybody = rated(figures)
    return DayVoices(
        (everybody, *(rated(figures, clerk) for clerk in clerks)) if everybody.count else (),
        figures.get("complaints.taken", 0),
        Share(figures.get("complaints.answered_within", 0), figures.get("complaints.answered", 0)),
        Share(figures.get("complaints.settled_within", 0), figures.get("complaints.settled", 0) + overdue),
        figures.get("complaints.opened_again", 0),
    )


def rated(figures: Mapping[str, int], clerk: str = "") -> Rated:
    """The ratings of one clerk's visits, or of all."""
    name = rated_by(clerk) if clerk else "rating"
    count, total, low = (figures.get(f"{name}.{what}", 0) for what in ("count", "sum", "low"))
    return Rated(clerk, count, total, low)
