"""Taking turns at a hall within one worker: those who wait share one transaction, and one commit.

A commit waits for the disk; eight counters that ask at once would wait eight times. Nobody who
waits holds a thread: a few threads lead, each one hall at a time.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

MOST_TOGETHER = 16
LEADERS = 12
"""As many as there are connections to the database."""


class Job:
    """One who waits: what is to be done, what it will ask, and the promise of what comes of it."""

    __slots__ = ("promise", "questions", "work")

    def __init__(self, work: Callable[[Any], Any], questions: Sequence[Any]) -> None:
        """Nothing is done yet."""
        self.work = work
        self.questions = questions
        self.promise: Future[Any] = Future()


class Turns:
    """The lines of all halls."""

    def __init__(
        self, together: Callable[[str, Sequence[Job]], None], leaders: Executor | None = None
    ) -> None:
        """`together` does jobs of a hall in one transaction and keeps the promise of each.

        `leaders`: who leads; some threads by default.
        """
        self._together = together
        self._guard = threading.Lock()
        self._lines: dict[str, deque[Job]] = {}
        self._leaders = leaders or ThreadPoolExecutor(LEADERS, thread_name_prefix="hub-turn")

    def take(self, hall: str, work: Callable[[Any], Any], questions: Sequence[Any] = ()) -> "Future[Any]":
        """`work` in its turn; the promise of its result, or of what it raises."""
        job = Job(work, questions)
        with self._guard:
            line = self._lines.get(hall)
            if line is not None:
                line.append(job)
                return job.promise
            self._lines[hall] = deque((job,))
        self._leaders.submit(self._lead, hall)
        return job.promise

    def _lead(self, hall: str) -> None:
        """Do what waits now; the next turn of this hall comes after those of others that wait."""
        with self._guard:
            line = self._lines[hall]
            waiting = [line.popleft() for _ in range(min(MOST_TOGETHER, len(line)))]
        jobs = [job for job in waiting if job.promise.set_running_or_notify_cancel()]
        try:
            if jobs:
                self._together(hall, jobs)
        finally:
            with self._guard:
                if not line:
                    del self._lines[hall]
            if line:
                self._leaders.submit(self._lead, hall)

    def close(self) -> None:
        """Wait for those who are at it; nobody comes after them."""
        self._leaders.shutdown()
