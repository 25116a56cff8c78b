"""What a comparison of log and projections has found."""

from dataclasses import dataclass, field

MOST_NAMED = 100
"""So many differences are named; the rest is counted."""


@dataclass
class Verdict:
    """What was compared, by table, and each difference in words."""

    compared: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    more: int = 0

    @property
    def agrees(self) -> bool:
        """Whether log and projections say the same."""
        return not self.differences

    def differs(self, sentence: str) -> None:
        """Note one difference."""
        if len(self.differences) < MOST_NAMED:
            self.differences.append(sentence)
        else:
            self.more += 1

    def counts(self, what: str, number: int = 1) -> None:
        """Note that so many were compared."""
        self.compared[what] = self.compared.get(what, 0) + number
