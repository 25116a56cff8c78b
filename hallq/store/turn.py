"""Taking turns to write, first come, first served.

SQLite's own busy handler sleeps longer and longer while newcomers slip past, and a plain
lock wakes all who wait and lets the quickest win (`docs/performance.md` has the figures).
Here each writer draws a number and waits for the one before to be done: number n is a
lock on one byte of a file beside the database, so a program that dies gives its place
up. The turn only orders; safety rests on SQLite's transactions alone.
"""

import contextlib
import os
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

from hallq.store.locks import try_lock, unlock, wait_for_lock
from hallq.store.trouble import StoreError, Trouble, trouble_of_system

_COUNTER = struct.Struct("<Q")
_GATE = 1 << 24
_PLACES = 1 << 20
"""Bytes to lock lie behind the counter's own; so many numbers pass before one is used again."""


class _Line:
    """The line in front of the file: all calls by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._number: int | None = None

    def join_and_wait(self) -> None:
        """Draw a number and block until it is up."""
        if self._number is None:
            wait_for_lock(self._descriptor, _GATE)
            self._draw()
        wait_for_lock(self._descriptor, self._before)

    def join(self) -> bool:
        """Draw a number without blocking; whether it is up already."""
        if not try_lock(self._descriptor, _GATE):
            return False
        self._draw()
        return try_lock(self._descriptor, self._before)

    def _draw(self) -> None:
        try:
            self._take_number()
        finally:
            unlock(self._descriptor, _GATE)

    def _take_number(self) -> None:
        drawn = os.read(self._descriptor, _COUNTER.size) if self._rewound() else b""
        last = _COUNTER.unpack(drawn)[0] if len(drawn) == _COUNTER.size else 0
        self._number = (last + 1) % _PLACES
        wait_for_lock(self._descriptor, self._mine)
        self._rewound()
        os.write(self._descriptor, _COUNTER.pack(self._number))

    def _rewound(self) -> bool:
        return os.lseek(self._descriptor, 0, os.SEEK_SET) == 0

    @property
    def _mine(self) -> int:
        return _GATE + 1 + (self._number or 0)

    @property
    def _before(self) -> int:
        return _GATE + 1 + ((self._number or 0) - 1) % _PLACES

    def leave(self) -> None:
        """Let the next one go."""
        unlock(self._descriptor, self._mine)
        unlock(self._descriptor, self._before)
        self._number = None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


class _Waiter(threading.Thread):
    """Blocks in the system's line, off to the side, so that a stuck holder can be given up on."""

    def __init__(self, line: _Line) -> None:
        super().__init__(name="hallq-turn", daemon=True)
        self._line = line
        self._guard = threading.Lock()
        self._arrived = threading.Event()
        self._wanted = False
        self._error: OSError | None = None

    def run(self) -> None:
        """Wait for the turn; nobody wants it any more: let the next one go."""
        try:
            self._line.join_and_wait()
        except OSError as error:
            self._error = error
        with self._guard:
            if self._error is not None or not self._wanted:
                with contextlib.suppress(OSError):  # the file was closed meanwhile
                    self._line.leave()
            self._arrived.set()

    def wanted_again(self) -> bool:
        """Whether the place in the line is still there to be waited for."""
        with self._guard:
            self._wanted = not self._arrived.is_set()
            return self._wanted

    def arrives(self, patience_seconds: float) -> bool:
        """Whether the turn comes in time; if not, the place is kept for a next try.

        Raises OSError when the line's own file failed: the place is lost.
        """
        if not self._arrived.wait(patience_seconds):
            with self._guard:
                self._wanted = self._arrived.is_set()
                if not self._wanted:
                    return False
        if self._error is not None:
            raise self._error
        return True


class Turn:
    """The right to write, one holder at a time over all threads and processes."""

    def __init__(self, path: Path, patience_seconds: float) -> None:
        """`path`: the lock file, made when absent. `patience_seconds`: the longest wait."""
        self._line = _Line(path)
        self._patience_seconds = patience_seconds
        self._in_process = threading.Lock()
        self._waiter: _Waiter | None = None

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, hold it, give it back. Raises StoreError when it does not come."""
        if not self._in_process.acquire(timeout=self._patience_seconds):
            raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)
        try:
            if not self._comes_in_words():
                raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)
            try:
                yield
            finally:
                self._line.leave()
        finally:
            self._in_process.release()

    def _comes_in_words(self) -> bool:
        try:
            return self._comes()
        except OSError as error:  # the line's own few bytes: a disk that was full from the start
            self._waiter = None
            raise StoreError(trouble_of_system(error)) from error

    def _comes(self) -> bool:
        if self._waiter is None or not self._waiter.wanted_again():
            self._waiter = None
            if self._joined():
                return True
            self._waiter = _Waiter(self._line)
            self._waiter.wanted_again()
            self._waiter.start()
        if self._waiter.arrives(self._patience_seconds):
            self._waiter = None
            return True
        return False

    def _joined(self) -> bool:
        try:
            return self._line.join()
        except OSError:
            self._line.leave()
            raise

    def close(self) -> None:
        """Let go of the lock file."""
        self._line.close()
