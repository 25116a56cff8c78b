"""Taking turns to write, first come, first served.

SQLite's own busy handler sleeps longer and longer while newcomers slip past, and a plain
lock wakes all who wait and lets the quickest win (`docs/performance.md` has the figures).
Here each writer draws a number and waits for the one before to be done: number n is a
lock on one byte of a file beside the database, so a program that dies gives its place
up. The turn only orders; safety rests on SQLite's transactions alone.

The number drawn last is kept in memory that the programs share, the file's first bytes:
written as a file it would wait for the disk, and all behind it, while the holder's commit
keeps that busy. (SQLite's own index of the journal is such memory, too.)
"""

import contextlib
import errno
import mmap
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
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._number: int | None = None
        try:
            os.lseek(self._descriptor, _COUNTER.size, os.SEEK_SET)
            os.write(self._descriptor, b"\0")  # the counter before it has its place on the disk
            self._last_drawn = mmap.mmap(self._descriptor, _COUNTER.size)
        except OSError:
            os.close(self._descriptor)
            raise

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
        (last,) = _COUNTER.unpack_from(self._last_drawn)
        self._number = (last + 1) % _PLACES
        wait_for_lock(self._descriptor, self._mine)
        _COUNTER.pack_into(self._last_drawn, 0, self._number)

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
        self._last_drawn.close()
        os.close(self._descriptor)


class _Waiter(threading.Thread):
    """Blocks in the system's line, off to the side, so that a stuck holder can be given up on.

    It stays for the next wait: one that ends would keep the interpreter from whoever it wakes.
    """

    def __init__(self, line: _Line) -> None:
        super().__init__(name="hallq-turn", daemon=True)
        self._line = line
        self._guard = threading.Lock()
        self._sent = threading.Lock()
        self._sent.acquire()
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
            self._line.join_and_wait()
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
                self._sent.release()

    def arrives(self, patience_seconds: float) -> bool:
        """Whether the turn comes in time; if not, the place is kept for a next try.

        Raises OSError when the line's own file failed: the place is lost.
        """
        if not self._back.acquire(timeout=patience_seconds):
            with self._guard:
                self._wanted = False
                if self._in_line:
                    return False
            self._back.acquire()
        if self._error is not None:
            raise self._error
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
            raise StoreError(trouble_of_system(error)) from error

    def _comes(self) -> bool:
        if self._waiter is None:
            if self._joined():
                return True
            self._waiter = _Waiter(self._line)
            self._waiter.start()
        elif not self._waiter.is_in_line and self._joined():
            return True
        self._waiter.send()
        return self._waiter.arrives(self._patience_seconds)

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
