"""What the tables of a day are made of: shares, and how they stand against their goals."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallq.domain.figures import Share
from hallq.domain.views.today import Standing
from hallq.i18n import N_, _

STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.NONE: ("○", N_("no figure yet")),
    Standing.REACHED: ("●", N_("goal reached")),
    Standing.CLOSE: ("▲", N_("close to the goal")),
    Standing.BELOW: ("✖", N_("below the goal")),
}
"""How a share stands against its goal, as a glyph and a word."""

GOALS: dict[Standing, str] = {
    Standing.NONE: N_("{goal} %"),
    Standing.REACHED: N_("reached {goal} %"),
    Standing.CLOSE: N_("close to {goal} %"),
    Standing.BELOW: N_("below {goal} %"),
}
"""The goal, and how it stands."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows under a title. `head` may be empty; `texts`: the columns that stand at the left."""

    title: str
    rows: Sequence[Row]
    head: Row = ()
    texts: tuple[int, ...] = (0,)


def percent(share: Share) -> str:
    """A share in whole per cent, a dash while there is nothing to count."""
    return "–" if share.fraction is None else f"{int(share.fraction * 100)} %"


def share_and_goal(share: Share, goal_percent: float, standing: Standing) -> str:
    """A share with the sign of how it stands against its goal."""
    glyph, _word = STANDINGS[standing]
    told = _("{share} (goal {goal} %)").format(share=percent(share), goal=f"{goal_percent:.0f}")
    return f"{glyph} {told}"
