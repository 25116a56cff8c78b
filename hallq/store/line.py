"""The line in front of a file: a number for each who comes, and waiting for those before.

Number n is a lock on one byte of a file beside the database, so a program that dies gives its
place up. The number drawn last is kept in memory that the programs share, the file's first
bytes: written as a file it would wait for the disk, and all behind it, while the holder's
commit keeps that busy. (SQLite's own index of the journal is such memory, too.)
"""

import mmap
import os
import struct
from pathlib import Path

from hallq.locks import is_free, try_lock, unlock, wait_for_lock, wait_until_free

_COUNTER = struct.Struct("<Q")
_GATE = 1 << 24
_PLACES = 1 << 20
"""Bytes to lock lie behind the counter's own; so many numbers pass before one is used again."""


class Line:
    """One program's place in the line: all calls by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """`path`: the lock file, made when absent."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._number: int | None = None
        try:
            os.lseek(self._descriptor, _COUNTER.size, os.SEEK_SET)
            os.write(self._descriptor, b"\0")  # the counter before it has its place on the disk
            self._last_drawn = mmap.mmap(self._descriptor, _COUNTER.size)
        except OSError:
            os.close(self._descriptor)
            raise

    def join_and_come_near(self) -> None:
        """Draw a number, if that is not done, and block until at most one more is before it."""
        if self._number is None:
            wait_for_lock(self._descriptor, _GATE)
            self._draw()
        wait_until_free(self._descriptor, self._place(-2))

    def wait(self) -> None:
        """Block until the number is up."""
        wait_until_free(self._descriptor, self._place(-1))

    def join(self) -> bool:
        """Draw a number without blocking; whether it is up already."""
        if not try_lock(self._descriptor, _GATE):
            return False
        self._draw()
        return is_free(self._descriptor, self._place(-1))

    def _draw(self) -> None:
        try:
            self._take_number()
        finally:
            unlock(self._descriptor, _GATE)

    def _take_number(self) -> None:
        (last,) = _COUNTER.unpack_from(self._last_drawn)
        self._number = (last + 1) % _PLACES
        wait_for_lock(self._descriptor, self._place(0))
        _COUNTER.pack_into(self._last_drawn, 0, self._number)

    def _place(self, from_here: int) -> int:
        """The byte of the own number (0), of the one before (-1), and so on."""
        return _GATE + 1 + ((self._number or 0) + from_here) % _PLACES

    def leave(self) -> None:
        """Let the next one go."""
        unlock(self._descriptor, self._place(0))
        self._number = None

    def close(self) -> None:
        """Let go of the file."""
        self._last_drawn.close()
        os.close(self._descriptor)
