"""Taking turns to write, first come, first served.

SQLite's own busy handler sleeps longer and longer while newcomers slip past, and a plain
lock wakes all who wait and lets the quickest win (`docs/performance.md` has the figures).
Here each writer draws a number and waits for the one before to be done (`hallq.store.line`).
The turn only orders; safety rests on SQLite's transactions alone.

Whoever is next may prepare while the one before has the turn: what is done by then need not
be done while all others wait.
"""

import contextlib
import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from hallq.store.line import Line
from hallq.store.trouble import StoreError, Trouble, trouble_of_system


class _Waiter(threading.Thread):
    """Blocks in the system's line, off to the side, so that a stuck holder can be given up on.

    It stays for the next wait: one that ends would keep the interpreter from whoever it wakes.
    """

    def __init__(self, line: Line) -> None:
        super().__init__(name="hallq-turn", daemon=True)
        self._line = line
        self._guard = threading.Lock()
        self._sent = threading.Lock()
        self._sent.acquire()
        self._is_near = threading.Event()
        self._back = threading.Lock()
        self._back.acquire()
        self._in_line = False
        self._wanted = False
        self._ends = False
        self._error: OSError | None = None

    def run(self) -> None:
        """Stand in line whenever sent."""
        while not self._ends:
            self._sent.acquire()
            if not self._ends:
                self._stand()

    def _stand(self) -> None:
        """Wait for the turn; nobody wants it any more: let the next one go."""
        error: OSError | None = None
        try:
            self._line.join_and_come_near()
            self._is_near.set()
            self._line.wait()
        except OSError as failed:
            error = failed
        except ValueError as failed:  # the line was closed meanwhile
            error = OSError(errno.EBADF, str(failed))
        with self._guard:
            if error is not None or not self._wanted:
                with contextlib.suppress(OSError):
                    self._line.leave()
            self._error = error
            self._in_line = False
            self._is_near.set()
            if self._wanted:
                self._back.release()

    @property
    def is_in_line(self) -> bool:
        """Whether it waits, for a turn that is wanted or one that was given up."""
        return self._in_line

    def send(self) -> None:
        """Let it stand in line, or go on if it still does."""
        with self._guard:
            self._wanted = True
            if not self._in_line:
                self._in_line = True
                self._is_near.clear()
                self._sent.release()

    def comes_near(self, patience_seconds: float) -> bool:
        """Whether in time only one more is before it."""
        return self._is_near.wait(patience_seconds)

    def arrives(self, patience_seconds: float) -> bool:
        """Whether the turn comes in time; if not, the place is kept for a next try.

        Raises OSError when the line's own file failed: the place is lost.
        """
        if not self._back.acquire(timeout=patience_seconds) and not self.came_before_it_was_given_up():
            return False
        if self._error is not None:
            raise self._error
        return True

    def came_before_it_was_given_up(self) -> bool:
        """Want the turn no more; whether it is here already, and to be left."""
        with self._guard:
            self._wanted = False
            if self._in_line:
                return False
        self._back.acquire()
        return True

    def end(self) -> None:
        """Let go of it; it ends when it stands in no line."""
        self._ends = True
        with self._guard:
            if not self._in_line:
                self._sent.release()


class Turn:
    """The right to write, one holder at a time over all threads and processes."""

    def __init__(self, path: Path, patience_seconds: float) -> None:
        """`path`: the lock file, made when absent. `patience_seconds`: the longest wait for others."""
        self._line = Line(path)
        self._patience_seconds = patience_seconds
        self._in_process = threading.Lock()
        self._waiter: _Waiter | None = None

    @contextlib.contextmanager
    def taken(self, meanwhile: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait for the turn, hold it, give it back. Raises StoreError when it does not come.

        `meanwhile` is called, by this thread, when only one more is before it: not at all when nobody is.
        """
        if not self._in_process.acquire(timeout=self._patience_seconds):
            raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)
        try:
            if not self._comes_in_words(meanwhile):
                raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)
            try:
                yield
            finally:
                self._line.leave()
        finally:
            self._in_process.release()

    def _comes_in_words(self, meanwhile: Callable[[], None]) -> bool:
        try:
            return self._comes(meanwhile)
        except OSError as error:  # the line's own few bytes: a disk that was full from the start
            raise StoreError(trouble_of_system(error)) from error

    def _comes(self, meanwhile: Callable[[], None]) -> bool:
        if self._waiter is None:
            if self._joined():
                return True
            self._waiter = _Waiter(self._line)
            self._waiter.start()
        elif not self._waiter.is_in_line and self._joined():
            return True
        self._waiter.send()
        if self._waiter.comes_near(self._patience_seconds):
            self._prepare(self._waiter, meanwhile)
        return self._waiter.arrives(self._patience_seconds)

    def _prepare(self, waiter: _Waiter, meanwhile: Callable[[], None]) -> None:
        try:
            meanwhile()
        except BaseException:
            if waiter.came_before_it_was_given_up():
                self._line.leave()
            raise

    def _joined(self) -> bool:
        try:
            return self._line.join()
        except OSError:
            self._line.leave()
            raise

    def close(self) -> None:
        """Let go of the lock file."""
        if self._waiter is not None:
            self._waiter.end()
        self._line.close()
