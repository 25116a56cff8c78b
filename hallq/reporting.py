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
from hallq.election import Election
from hallq.hall import Actor, Hall
from hallq.logs import journal


class Reporter:
    """Carries reports to the hall. One that the file refuses is told to the journal and let go."""

    def __init__(self, hall: Hall) -> None:
        """The thread begins with the first report."""
        self._hall = hall
        self._mark = _mark_of(hall, hall.incarnation)
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
        joined, own = self._hall.joined, self._hall.incarnation
        device = joined.device if joined else ""
        for person in self._hall.state.attendance.values():
            if person.incarnation == own or person.device != device:
                continue
            mark = _mark_of(self._hall, person.incarnation)
            if person.is_seen_at(person.incarnation) and mark.was_taken and mark.try_take():
                lost = ReportLost(staff_id=person.staff_id, incarnation=person.incarnation)
                self._hall.perform(lost, actor)
                mark.remove()

    def _submit(self, deed: Callable[[], None]) -> None:
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


def _mark_of(hall: Hall, incarnation: str) -> Election:
    """The mark of one run of a program."""
    return Election(hall.path, f"run-{incarnation}")
