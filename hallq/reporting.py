"""Who came and went at this terminal: when its screen was touched, what of it the hall is told.

It is written down in its order by a thread of its own.

A program at which somebody signed in holds a mark beside the hall's file while it runs. Whoever is seen at a
run whose mark nobody holds any more was left behind by a program that was killed.
"""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hallq.domain.attendance import LEAVING, PresenceChange, Whereabouts
from hallq.domain.intents import Intent, ReportLost, ReportPresence
from hallq.domain.staff import Staff
from hallq.election import Election, left_by_others
from hallq.hall import Actor, Hall
from hallq.logs import journal

RUN = "run-"
"""What the mark of one run of a program is called, before its incarnation."""

SINCE_TOUCHED = LEAVING | {PresenceChange.TOUCHED}
"""What began when the screen was last touched."""
HEARD_AFTER_MS = 5_000
"""By then what this terminal told is known to the hall."""


class Reporter:
    """Carries reports to the hall. One that the file refuses is told to the journal and let go."""

    def __init__(self, hall: Hall) -> None:
        """The thread begins with the first report."""
        self._hall = hall
        self._mark = Election(hall.path, RUN + hall.incarnation)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="hallq-presence")

    def say(self, person: Staff, change: PresenceChange, terminal: str, idle_ms: int = 0) -> None:
        """Report what somebody did. `idle_ms`: nobody touched the screen for so long before."""
        intent = ReportPresence(
            staff_id=person.staff_id, number=person.number, change=change, idle_ms=max(0, idle_ms)
        )
        self._submit(lambda: self._say(intent, Actor(person.number, terminal, person.staff_id)))

    def look_for_lost(self, terminal: str) -> None:
        """Report whoever was left behind at this file by a program that was killed."""
        self._submit(lambda: self._look(Actor("hallq", terminal)))

    def _say(self, intent: Intent, actor: Actor) -> None:
        with contextlib.suppress(OSError):  # without a mark it takes longer to be found out
            self._mark.try_take()
        self._hall.perform(intent, actor)

    def _look(self, actor: Actor) -> None:
        for incarnation in left_by_others(self._hall.path, RUN):
            mark = Election(self._hall.path, RUN + incarnation)
            if not mark.try_take():
                continue  # that program lives
            try:
                self._report_lost(incarnation, actor)
                mark.remove()
            finally:
                mark.leave()

    def _report_lost(self, incarnation: str, actor: Actor) -> None:
        self._hall.refresh()  # what that program wrote last
        for person in self._hall.state.attendance.values():
            if person.is_seen_at(incarnation):
                self._hall.perform(ReportLost(staff_id=person.staff_id, incarnation=incarnation), actor)

    def _submit(self, deed: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # it was closed: a clock that still ticks tells nothing more
            self._pool.submit(self._done, deed)

    @staticmethod
    def _done(deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            journal().warning("presence-lost", error=type(error).__name__)

    def close(self) -> None:
        """Wait until all is said."""
        self._pool.shutdown(wait=True)
        with contextlib.suppress(OSError):
            self._mark.remove()


class Watch:
    """When this screen was last touched, and what the hall was told of whoever sits in front of it."""

    def __init__(self, hall: Hall) -> None:
        """Nobody sits here yet."""
        self._hall = hall
        self._reporter = Reporter(hall)
        self.look_for_lost, self.close = self._reporter.look_for_lost, self._reporter.close
        self._touched_ms = self._told_ms = hall.now_ms()
        self._is_untouched = False

    def touch(self) -> None:
        """A key, or the mouse."""
        self._touched_ms = self._hall.now_ms()

    def report(self, person: Staff, change: PresenceChange, terminal: str) -> None:
        """Have it written down."""
        self._is_untouched = change is PresenceChange.UNTOUCHED
        self._told_ms = self._hall.now_ms()
        idle_ms = self._told_ms - self._touched_ms if change in SINCE_TOUCHED else 0
        self._reporter.say(person, change, terminal, idle_ms)

    def is_unused(self, after_ms: float) -> bool:
        """Whether nobody has touched the screen for so long; 0 stands for never."""
        return 0 < after_ms <= self._hall.now_ms() - self._touched_ms

    def takes_for_gone(self, staff_id: str) -> bool:
        """Whether the hall believes that the person here is away: this screen, or another one, said so."""
        known = self._hall.state.attendance.get(staff_id)
        is_gone = known is not None and known.whereabouts in (Whereabouts.OUT, Whereabouts.AWAY)
        is_heard = self._hall.now_ms() - self._told_ms >= HEARD_AFTER_MS
        return self._is_untouched or (is_gone and is_heard)

    def sign(self) -> PresenceChange | None:
        """What is to be told now of a screen that stands open, if anything."""
        rule, now_ms = self._hall.config.staff, self._hall.now_ms()
        if self._is_untouched:
            return None
        if now_ms - self._touched_ms >= rule.absence_ms:
            return PresenceChange.UNTOUCHED
        is_due = self._touched_ms > self._told_ms and now_ms - self._told_ms >= rule.sign_ms
        return PresenceChange.TOUCHED if is_due else None
