"""Who came and went at this terminal, written down in its order by a thread of its own."""

from concurrent.futures import ThreadPoolExecutor

from hallq.domain.attendance import PresenceChange
from hallq.domain.intents import ReportPresence
from hallq.domain.staff import Staff
from hallq.hall import Actor, Hall
from hallq.logs import journal


class Reporter:
    """Carries reports to the hall. One that the file refuses is told to the journal and let go."""

    def __init__(self, hall: Hall) -> None:
        """The thread begins with the first report."""
        self._hall = hall
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="hallq-presence")

    def say(self, person: Staff, change: PresenceChange, terminal: str, idle_ms: int = 0) -> None:
        """Report what somebody did. `idle_ms`: nobody touched the screen for so long before."""
        intent = ReportPresence(
            staff_id=person.staff_id, number=person.number, change=change, idle_ms=max(0, idle_ms)
        )
        self._pool.submit(self._perform, intent, Actor(person.number, terminal, person.staff_id))

    def _perform(self, intent: ReportPresence, actor: Actor) -> None:
        try:
            self._hall.perform(intent, actor)
        except Exception as error:
            journal().warning("presence-lost", change=intent.change, error=type(error).__name__)

    def close(self) -> None:
        """Wait until all is said."""
        self._pool.shutdown(wait=True)
