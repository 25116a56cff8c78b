"""Taking turns at a hall within one worker: those who wait share one transaction, and one commit.

A commit waits for the disk; eight counters that ask at once would wait eight times.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any

MOST_TOGETHER = 16

_KEPT_HALLS = 4_096


class Job:
    """One who waits: what is to be done, and what came of it."""

    __slots__ = ("_answered", "fault", "leads", "result", "work")

    def __init__(self, work: Callable[[Any], Any]) -> None:
        """Nothing is done yet."""
        self.work = work
        self.result: Any = None
        self.fault: BaseException | None = None
        self.leads = False
        self._answered = threading.Event()

    def wake(self) -> None:
        """It was done, or it is this one's turn to lead."""
        self._answered.set()

    def wait(self) -> None:
        """Until woken."""
        self._answered.wait()


class _Line:
    """Who waits for one hall; `led` while somebody is at work."""

    __slots__ = ("led", "waiting")

    def __init__(self) -> None:
        self.led = False
        self.waiting: deque[Job] = deque()


class Turns:
    """The lines of all halls."""

    def __init__(self, together: Callable[[str, Sequence[Job]], None]) -> None:
        """`together` does jobs of a hall in one transaction and sets what came of each."""
        self._together = together
        self._guard = threading.Lock()
        self._lines: OrderedDict[str, _Line] = OrderedDict()

    def take(self, hall: str, work: Callable[[Any], Any]) -> Any:
        """`work` in its turn; its result, or what it raised."""
        job = Job(work)
        with self._guard:
            line = self._lines.setdefault(hall, _Line())
            line.waiting.append(job)
            job.leads, line.led = not line.led, True
        if not job.leads:
            job.wait()
        if job.leads:
            self._lead(hall, line)
        if job.fault is not None:
            raise job.fault
        return job.result

    def _lead(self, hall: str, line: _Line) -> None:
        """Do what waits now, the own job first of all, and let the next in line lead."""
        with self._guard:
            jobs = [line.waiting.popleft() for _ in range(min(MOST_TOGETHER, len(line.waiting)))]
        try:
            self._together(hall, jobs)
        finally:
            self._hand_on(hall, line)
            for job in jobs:
                job.wake()

    def _hand_on(self, hall: str, line: _Line) -> None:
        with self._guard:
            if line.waiting:
                line.waiting[0].leads = True
                line.waiting[0].wake()
                return
            line.led = False
            if len(self._lines) > _KEPT_HALLS:
                self._lines.pop(hall, None)
