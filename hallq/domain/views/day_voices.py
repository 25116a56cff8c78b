"""What customers said in a day: ratings in all and by clerk, complaints and their deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass

from hallq.domain import figure_names as names
from hallq.domain.figures import Share


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
    begin, end = names.ratings_of(""), names.rated("", "count")
    rated_names = (n[len(begin) : -len(end)] for n in figures if n.startswith(begin) and n.endswith(end))
    clerks = sorted(clerk for clerk in rated_names if clerk)  # who has no name is counted with all alone
    everybody = rated(figures)
    return DayVoices(
        (everybody, *(rated(figures, clerk) for clerk in clerks)) if everybody.count else (),
        figures.get(names.COMPLAINTS_TAKEN, 0),
        Share(figures.get(names.COMPLAINTS_ANSWERED_WITHIN, 0), figures.get(names.COMPLAINTS_ANSWERED, 0)),
        Share(
            figures.get(names.COMPLAINTS_SETTLED_WITHIN, 0),
            figures.get(names.COMPLAINTS_SETTLED, 0) + overdue,
        ),
        figures.get(names.COMPLAINTS_OPENED_AGAIN, 0),
    )


def rated(figures: Mapping[str, int], clerk: str = "") -> Rated:
    """The ratings of one clerk's visits, or of all."""
    whose = names.ratings_of(clerk) if clerk else names.RATINGS
    return Rated(
        clerk,
        figures.get(names.rated(whose, "count"), 0),
        figures.get(names.rated(whose, "sum"), 0),
        figures.get(names.rated(whose, "low"), 0),
    )
