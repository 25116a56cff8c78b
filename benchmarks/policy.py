"""The calling policies compared over recorded days: `python -m benchmarks.policy DAY.csv...`

A cell is one day with one number of counters. Shown are the cells that decide something:
`strict` keeps the priority lane's promise and costs the standard lane something by it.
`way`: how much of the standard service level that `strict` loses against `arrival` is won
back; 0 is `strict`, 1 is `arrival`. `max`: the longest wait of a standard customer against
`strict`. With `--tuned` the days that the rule's numbers were chosen on are shown apart.
"""

import argparse
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.measure import config, say
from benchmarks.policy_day import Day, How, load_day, of_lane, thinned, waits
from hallq.domain.config import HallConfig, PolicyName
from hallq.domain.lanes import Lane
from hallq.simulation.replay import hall_with_counters

KEPT_PERCENT = 95
COST_POINTS = 2
P, S = Lane.PRIORITY, Lane.STANDARD


@cache
def packaged() -> HallConfig:
    """The packaged settings."""
    return config()


@cache
def hall(counters: int, policy: PolicyName) -> HallConfig:
    """The packaged settings with so many counters, all for everything."""
    plain = hall_with_counters(packaged(), counters, 0)
    return plain.model_copy(update={"calling": plain.calling.model_copy(update={"policy": policy})})


@dataclass
class Cell:
    """One day with one number of counters: the waits of each lane under each policy."""

    day: Day
    counters: int
    how: How
    waits_ms: dict[tuple[PolicyName, Lane], list[int]]

    def run(self, *policies: PolicyName) -> None:
        """Call the day through, once for each policy that was not yet."""
        for policy in policies:
            if (policy, S) not in self.waits_ms:
                found = waits(self.day, hall(self.counters, policy), self.how)
                for lane in Lane:
                    self.waits_ms[policy, lane] = of_lane(self.day, found, lane)

    def level(self, policy: PolicyName, lane: Lane) -> float:
        """The service level of a lane in percent."""
        return level(self.waits_ms[policy, lane], lane)

    def longest(self, policy: PolicyName) -> int:
        """The longest wait in the standard lane."""
        return max(self.waits_ms[policy, S])

    @property
    def decides(self) -> bool:
        """Whether `strict` keeps the priority lane's promise at a cost to the standard lane."""
        self.run(PolicyName.STRICT)
        if self.level(PolicyName.STRICT, P) < KEPT_PERCENT:
            return False
        self.run(PolicyName.ARRIVAL)
        return self.level(PolicyName.ARRIVAL, S) - self.level(PolicyName.STRICT, S) >= COST_POINTS


def level(waits_ms: Sequence[int], lane: Lane) -> float:
    """The share called within the lane's target, in percent."""
    target_ms = packaged().target_ms(lane)
    return 100 * sum(wait <= target_ms for wait in waits_ms) / len(waits_ms)


def rank(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def minutes(wait_ms: float) -> str:
    """A wait as it is printed."""
    return f"{wait_ms / 60_000:.1f}"


def pooled(title: str, cells: Sequence[Cell]) -> None:
    """Print the four policies over all tickets of `cells`."""
    say(f"\n**{title}** ({len(cells)} cells)\n")
    say("| policy | priority SL % | p90 min | max | standard SL % | p50 | p90 | max | way | max / strict |")
    say("|---|---|---|---|---|---|---|---|---|---|")
    every = {(n, lane): [w for c in cells for w in c.waits_ms[n, lane]] for n in PolicyName for lane in Lane}
    levels = {name: level(every[name, S], S) for name in PolicyName}
    cost = levels[PolicyName.ARRIVAL] - levels[PolicyName.STRICT]
    for name in PolicyName:
        priority, standard = every[name, P], every[name, S]
        way = (levels[name] - levels[PolicyName.STRICT]) / cost
        ratio = max(standard) / max(every[PolicyName.STRICT, S])
        say(
            f"| {name} | {level(priority, P):.1f} "
            f"| {minutes(rank(priority, 0.9))} | {minutes(max(priority))} "
            f"| {levels[name]:.1f} | {minutes(rank(standard, 0.5))} | {minutes(rank(standard, 0.9))} "
            f"| {minutes(max(standard))} | {way:.2f} | {ratio:.2f} |"
        )


SPREAD_HEAD = """
| cells | n | way: median | p10 | worst | >= 0.5 | priority SL: median | p10 | worst | >= -1.5 \
| max: median | p90 | worst | <= 1.25 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def spread(title: str, cells: Sequence[Cell]) -> None:
    """Print how `guarded` stands against `strict` cell by cell."""
    strict, arrival, guarded = PolicyName.STRICT, PolicyName.ARRIVAL, PolicyName.GUARDED
    costs = [(c, c.level(arrival, S) - c.level(strict, S)) for c in cells]
    ways = [(c.level(guarded, S) - c.level(strict, S)) / cost for c, cost in costs if cost >= 1]
    lost = [c.level(guarded, P) - c.level(strict, P) for c in cells]
    ratios = [c.longest(guarded) / c.longest(strict) for c in cells]
    say(
        f"| {title} | {len(cells)} | {rank(ways, 0.5):.2f} | {rank(ways, 0.1):.2f} | {min(ways):.2f} "
        f"| {_percent([w >= 0.5 for w in ways])} | {rank(lost, 0.5):+.1f} | {rank(lost, 0.1):+.1f} "
        f"| {min(lost):+.1f} | {_percent([v >= -1.5 for v in lost])} | {rank(ratios, 0.5):.2f} "
        f"| {rank(ratios, 0.9):.2f} | {max(ratios):.2f} | {_percent([r <= 1.25 for r in ratios])} |"
    )


def _percent(flags: Sequence[bool]) -> str:
    return f"{100 * sum(flags) / len(flags):.0f} %"


def each(cells: Sequence[Cell]) -> None:
    """Print one line for every cell: priority SL, standard SL, longest standard wait."""
    say("\n| day | counters | " + " | ".join(PolicyName) + " |\n|---|---|---|---|---|---|")
    for cell in cells:
        texts = [
            f"{cell.level(n, P):.1f} / {cell.level(n, S):.1f} / {minutes(cell.longest(n))}"
            for n in PolicyName
        ]
        say(f"| {cell.day.name} | {cell.counters} | " + " | ".join(texts) + " |")


def deciding(days: Sequence[Day], counters: range, how: How) -> list[Cell]:
    """The cells that decide something; a day is done once everybody is called in time."""
    found = []
    for day in days:
        for number in counters:
            cell = Cell(day, number, how, {})
            if cell.decides:
                found.append(cell)
            if cell.level(PolicyName.STRICT, S) > 99.9:
                break
    return found


HARD_HEAD = """
| longest under strict, min | cells | priority SL: strict / guarded \
| standard SL: arrival / strict / guarded | way | longest under guarded |
|---|---|---|---|---|---|"""


def by_hardness(cells: Sequence[Cell]) -> None:
    """Print levels by how long the longest standard wait is under `strict`."""
    say(HARD_HEAD)
    arrival, strict, guarded = PolicyName.ARRIVAL, PolicyName.STRICT, PolicyName.GUARDED
    for low, high in itertools.pairwise((0, 20, 30, 45, 60, 90, 600)):
        some = [c for c in cells if low <= c.longest(strict) / 60_000 < high]
        if not some:
            continue
        of = {(n, k): level([w for c in some for w in c.waits_ms[n, k]], k) for n in PolicyName for k in Lane}
        way = (of[guarded, S] - of[strict, S]) / (of[arrival, S] - of[strict, S])
        say(
            f"| {low} to {high} | {len(some)} | {of[strict, P]:.1f} / {of[guarded, P]:.1f} "
            f"| {of[arrival, S]:.1f} / {of[strict, S]:.1f} / {of[guarded, S]:.1f} | {way:.2f} "
            f"| {minutes(max(c.longest(guarded) for c in some))} |"
        )


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("days", type=Path, nargs="+", metavar="DAY.csv")
    parser.add_argument("--counters", default="8-33", metavar="A-B", help="numbers of counters to try")
    parser.add_argument("--leave", action="store_true", help="customers walk out when patience ends")
    parser.add_argument("--coupled", action="store_true", help="the k-th call takes the same time always")
    parser.add_argument("--thin", type=int, default=1, metavar="K", help="make K small days of each")
    parser.add_argument("--same-cells", action="store_true", help="cells chosen without these two")
    parser.add_argument("--tuned", nargs="*", default=(), metavar="DAY", help="shown apart from the rest")
    parser.add_argument("--each", action="store_true", help="a line for every cell")
    return parser.parse_args()


def main() -> None:
    """Choose the cells, run all policies on them, print the tables."""
    given = _given()
    low, _, high = given.counters.partition("-")
    days = [part for path in sorted(given.days) for part in thinned(load_day(path, packaged()), given.thin)]
    how = How(given.leave, given.coupled)
    numbers = range(int(low), int(high or low) + 1)
    cells = deciding(days, numbers, How() if given.same_cells else how)
    if given.same_cells:
        cells = [Cell(cell.day, cell.counters, how, {}) for cell in cells]
    for cell in cells:
        cell.run(*PolicyName)
    _tables(cells, given.tuned, given.each)


def _tables(cells: Sequence[Cell], tuned: Sequence[str], lines: bool) -> None:
    ordinary = [c for c in cells if c.longest(PolicyName.STRICT) <= 60 * 60_000]
    parts = {"all": list(cells), "longest under strict at most 60 min": ordinary}
    if tuned:
        parts["tuned days"] = [c for c in cells if c.day.name.startswith(tuple(tuned))]
        parts["other days"] = [c for c in cells if c not in parts["tuned days"]]
    for title, some in parts.items():
        if some:
            pooled(title, some)
    say(SPREAD_HEAD)
    for title, some in parts.items():
        if some:
            spread(title, some)
    by_hardness(cells)
    if lines:
        each(cells)


if __name__ == "__main__":
    main()
