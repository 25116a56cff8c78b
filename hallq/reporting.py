"""Who came and went at this terminal, written down in its order by a thread of its own.

A program at which somebody signed in holds a mark beside the hall's file while it runs. Whoever is seen at a
run whose mark nobody holds any more was left behind by a program that was killed.
"""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hallq.domain.attendance import PresenceChange
from hallq.domain.intents import Intent, ReportLost, ReportPresence
from hallq.domain.staff import Staff
from hallq.election import Election, left_by_others
from hallq.hall import Actor, Hall
from hallq.logs import journal

RUN = "run-"
"""What the mark of one run of a program is called, before its incarnation."""


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
