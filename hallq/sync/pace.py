"""When to try again, and when to say so: chance and time come in as arguments."""

from collections.abc import Callable

from hallq.hall.link import Link

FIRST_SECONDS = 0.25
LONGEST_SECONDS = 30.0
POLL_SECONDS = 5.0
"""Bells save waiting; without them nothing is later than this."""

LOST_AFTER = 3
LOST_AFTER_SECONDS = 10.0
FOUND_AFTER = 3
FOUND_AFTER_SECONDS = 5.0

GOOD = (Link.CONNECTED, Link.BEHIND)


class Gap:
    """The pause between two steps: short after quiet, longer in a hall where something always happens.

    A call rings twice within moments and shall be seen at once; a busy hall may not ask a hundred
    times a second.
    """

    SHORT_SECONDS = 0.01
    LONG_SECONDS = 0.08
    MOST_CREDIT = 60.0
    CREDIT_A_SECOND = 8.0

    def __init__(self) -> None:
        """The first steps are quick."""
        self._credit = self.MOST_CREDIT
        self._last_seconds = 0.0

    def after_step(self, at_seconds: float) -> float:
        """How long to wait now; `at_seconds` on a clock that only runs forward."""
        earned = (at_seconds - self._last_seconds) * self.CREDIT_A_SECOND
        self._credit = min(self.MOST_CREDIT, self._credit + earned)
        self._last_seconds = at_seconds
        if self._credit < 1:
            return self.LONG_SECONDS
        self._credit -= 1
        return self.SHORT_SECONDS


class BackOff:
    """Twice as long after each failure, by chance a little less: many terminals do not come at once."""

    def __init__(self, chance: Callable[[], float]) -> None:
        """`chance`: a number from 0 to 1, anew at each call."""
        self._chance = chance
        self._failures = 0

    def succeeded(self) -> None:
        """Begin at the beginning."""
        self._failures = 0

    def next_seconds(self) -> float:
        """How long to wait after one more failure."""
        longest = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return longest * (0.5 + self._chance() / 2)


class Calm:
    """What people are told of a link that comes and goes: nothing before it stays for a while."""

    def __init__(self) -> None:
        """Nothing is told yet: the first word is taken as it is."""
        self._told: Link | None = None
        self._count = 0
        self._since_seconds = 0.0

    def tell(self, link: Link, at_seconds: float) -> Link:
        """The word for people; `at_seconds` on a clock that only runs forward."""
        if self._told is None or self._is_no_flicker(self._told, link):
            return self._take(link)
        if self._count == 0:
            self._since_seconds = at_seconds
        self._count += 1
        lost = link is Link.CUT_OFF
        most, longest = (LOST_AFTER, LOST_AFTER_SECONDS) if lost else (FOUND_AFTER, FOUND_AFTER_SECONDS)
        if self._count >= most or at_seconds - self._since_seconds >= longest:
            return self._take(link)
        return self._told

    @staticmethod
    def _is_no_flicker(told: Link, link: Link) -> bool:
        """Whether the new word is no change between connected and cut off."""
        return not ((told in GOOD and link is Link.CUT_OFF) or (told is Link.CUT_OFF and link in GOOD))

    def _take(self, link: Link) -> Link:
        self._told, self._count = link, 0
        return link

    @property
    def is_wavering(self) -> bool:
        """Whether what was found last is not what is told."""
        return self._count > 0
