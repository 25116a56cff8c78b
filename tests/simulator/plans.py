"""What a run is made of: one seed, one plan."""

from dataclasses import dataclass
from random import Random

DISASTERS = ("clocks", "restarts", "clone", "restore", "hub-restore", "hub-wiped", "release")
_LIKELY = 0.3


@dataclass(frozen=True)
class Plan:
    """`badness`: the share of requests that go wrong. `disasters`: each strikes at a share `rate` of steps.

    `most_live`: no more tickets are issued than wait, are served or away at once. `crowd`: so many customers
    are there from the beginning, 0: the day has yet to be opened.
    """

    seed: int
    terminals: int = 3
    steps: int = 45
    badness: float = 0.12
    disasters: tuple[str, ...] = ()
    rate: float = 0.03
    most_live: int = 12
    crowd: int = 0

    @classmethod
    def of(cls, seed: int) -> "Plan":
        """The plan that a seed stands for: short and long runs, each disaster in about a third of them."""
        chance = Random(f"plan {seed}")
        return cls(
            seed,
            terminals=chance.choice((2, 3, 3, 4)),
            steps=chance.choice((8, 14, 22)),
            badness=chance.choice((0.0, 0.15, 0.25)),
            disasters=tuple(name for name in DISASTERS if chance.random() < _LIKELY),
            rate=chance.choice((0.04, 0.1)),
            crowd=chance.choice((0, 4, 8)),
        )
