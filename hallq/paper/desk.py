"""The thread that prints: a short line of slips, a look at the printer now and then.

Nobody waits for it. What may already be on paper is never printed again by itself: a slip
leaves the line with its first byte. One that no printer took within `KEEP_SECONDS` is let go
and told, because its customer has gone in by then.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.devices import Connection, PrinterRule, PrinterState, PrinterStatus
from hallq.logs import journal
from hallq.paper.composing import composed
from hallq.paper.line import Line, LineError
from hallq.paper.slip import Slip

MOST_WAITING = 20
KEEP_SECONDS = 120.0
LOOK_SECONDS = 10.0
"""So often the printer is looked at while nothing is to be printed."""
RETRY_SECONDS = 2.0
"""And so often while slips wait for it."""
FIRST_LOOK_SECONDS = 1.0
"""The screen is painted first."""

_TRIED_AT_ONCE = (PrinterState.UNKNOWN, PrinterState.READY, PrinterState.LOW)


class Loss(StrEnum):
    """Why a slip is not on paper, or perhaps not."""

    NOT_TAKEN = "not-taken"
    BROKEN_OFF = "broken-off"


@dataclass(slots=True)
class _Job:
    slip: Slip
    since: float
    is_told: bool = False


class PrintDesk(threading.Thread):
    """Prints slips one after the other. `status` and `print` never wait."""

    def __init__(
        self,
        rule: PrinterRule,
        *,
        on_loss: Callable[[Slip, Loss], None] = lambda _slip, _loss: None,
        on_wait: Callable[[Slip, PrinterState], None] = lambda _slip, _state: None,
        keep_seconds: float = KEEP_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Called from this thread: `on_loss` with a slip that a person should know about, `on_wait` once
        with one that the printer does not take now.
        """
        super().__init__(daemon=True, name="hallq-printer")
        self.rule = rule
        self._on_loss = on_loss
        self._on_wait = on_wait
        self._keep_seconds = keep_seconds
        self._retry_seconds = retry_seconds
        self._seconds = seconds
        self._news = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._state = PrinterState.UNKNOWN
        self._answers: bool | None = None
        self._busy_since: float | None = None
        self._stopping = False
        self._never_left: set[str] = set()
        self._line: Line | None = None

    # --- for everybody -------------------------------------------------------------------

    def begin(self) -> None:
        """Look at the printer from now on; again is no harm."""
        with self._news:
            if self.ident is None and not self._stopping:
                self.start()

    def print(self, slip: Slip) -> bool:
        """Take a slip for printing; False when too many wait. It takes the place of one with its key."""
        with self._news:
            waiting = {job.slip.key: job for job in self._jobs}
            if slip.key in waiting:
                waiting[slip.key].slip = slip
            elif len(waiting) >= MOST_WAITING:
                self._never_left.add(slip.key)
                return False
            else:
                self._jobs.append(_Job(slip, self._seconds()))
            self._news.notify()
        self.begin()
        return True

    def is_waiting(self, key: str) -> bool:
        """Whether this slip is still to be printed."""
        with self._news:
            return any(job.slip.key == key for job in self._jobs)

    def never_left(self, key: str) -> bool:
        """Whether it is certain that this slip is on no paper: one printed now is no copy."""
        with self._news:
            return key in self._never_left or any(job.slip.key == key for job in self._jobs)

    def status(self) -> PrinterStatus:
        """The printer as it was last seen; one that keeps the thread waiting for too long is slow."""
        with self._news:
            since, waiting = self._busy_since, len(self._jobs)
            limit = 2 * self.rule.timeout_seconds
            stuck = since is not None and self._seconds() - since > limit
            return PrinterStatus(PrinterState.SLOW if stuck else self._state, waiting)

    def stop(self) -> None:
        """End after what is being sent; slips that wait are not printed."""
        with self._news:
            self._stopping = True
            self._news.notify()

    # --- the thread ------------------------------------------------------------------------

    def run(self) -> None:
        """Look, print, let go of what waited too long; until told to stop."""
        self._rest(FIRST_LOOK_SECONDS)
        while not self._stopping:
            self._busy(since=self._seconds())
            try:
                self._visit()
            except LineError as error:
                self._hang_up()
                self._show(error.state)
            self._let_go()
            self._tell_who_waits()
            self._rest(LOOK_SECONDS)
        self._hang_up()

    def _busy(self, since: float | None) -> None:
        with self._news:
            self._busy_since = since

    def _rest(self, seconds: float) -> None:
        """Until there is something to do; a printer that takes nothing is left alone for a while."""
        with self._news:
            self._busy_since = None
            if self._stopping or (self._jobs and self._state in _TRIED_AT_ONCE):
                return
            self._news.wait(self._retry_seconds if self._jobs else seconds)

    def _visit(self) -> None:
        """Open the line, look, and print what waits while the printer can."""
        line = self._line = self._line or Line(self.rule)
        state = self._looked(line)
        self._show(state)
        while state.prints and not self._stopping and (slip := self._next()):
            self._busy(since=self._seconds())
            state = self._printed(line, slip)
            self._show(state)
        if self.rule.connection is Connection.NETWORK:  # other programs print there, too
            self._hang_up()

    def _looked(self, line: Line) -> PrinterState:
        """How the printer is. One that never answered is believed to be well, any other one is slow."""
        if self._answers is False and self._next() is not None:
            return PrinterState.READY
        said = line.look()
        self._answers = bool(self._answers) or said is not None
        return said or (PrinterState.SLOW if self._answers else PrinterState.READY)

    def _next(self) -> Slip | None:
        with self._news:
            return self._jobs[0].slip if self._jobs else None

    def _printed(self, line: Line, slip: Slip) -> PrinterState:
        """Send a slip, which counts as printed from its first byte on; how the printer is afterwards."""
        try:
            data = composed(slip, self.rule.paper.columns)
        except Exception as error:  # one slip that cannot be drawn; the next one can
            journal().error("printing", error=type(error).__name__, exc_info=error)
            self._take_out(slip, never_left=True)
            self._on_loss(slip, Loss.NOT_TAKEN)
            return PrinterState.READY
        self._take_out(slip, never_left=False)
        try:
            line.send(data)
            if not self._answers:
                return PrinterState.READY
            line.wait_until_done()  # without paper it is done later: the printer keeps what it has
            return self._looked(line)
        except LineError:
            self._on_loss(slip, Loss.BROKEN_OFF)
            raise

    def _take_out(self, slip: Slip, *, never_left: bool) -> None:
        with self._news:
            self._jobs = deque(job for job in self._jobs if job.slip is not slip)
            self._never_left.discard(slip.key)
            if never_left:
                self._never_left.add(slip.key)

    def _let_go(self) -> None:
        """Slips whose customers have gone in without them."""
        cut = self._seconds() - self._keep_seconds
        with self._news:
            old = [job.slip for job in self._jobs if job.since <= cut]
        for slip in old:
            self._take_out(slip, never_left=True)
            self._on_loss(slip, Loss.NOT_TAKEN)

    def _tell_who_waits(self) -> None:
        with self._news:
            state = self._state
            new = [] if state.prints else [job for job in self._jobs if not job.is_told]
        for job in new:
            job.is_told = True
            self._on_wait(job.slip, state)

    def _show(self, state: PrinterState) -> None:
        with self._news:
            self._state = state

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
