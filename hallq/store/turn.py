"""Taking turns to write, fairly.

SQLite's own busy handler sleeps longer and longer while newcomers slip past, so the
unlucky writer waits a hundred times longer than the others (`docs/performance.md`).
Here writers stand in the kernel's line for a lock on a file beside the database.
The lock only orders; safety rests on SQLite's transactions alone.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from hallq.store.trouble import StoreError, Trouble

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        while not _try_lock(descriptor):
            time.sleep(0.001)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX)

    def _unlock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN)


class Turn:
    """The right to write, one holder at a time over all threads and processes."""

    def __init__(self, path: Path, patience_seconds: float) -> None:
        """`path`: the lock file, made when absent. `patience_seconds`: the longest wait."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._patience_seconds = patience_seconds
        self._in_process = threading.Lock()

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, hold it, give it back. Raises StoreError when it does not come."""
        if not self._in_process.acquire(timeout=self._patience_seconds):
            raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)
        try:
            if not _try_lock(self._descriptor):
                self._stand_in_line()
            try:
                yield
            finally:
                _unlock(self._descriptor)
        finally:
            self._in_process.release()

    def _stand_in_line(self) -> None:
        """Block in the kernel, off to the side, so that a stuck holder can be given up on."""
        guard = threading.Lock()
        arrived = threading.Event()
        gave_up = False

        def wait() -> None:
            _wait_for_lock(self._descriptor)
            with guard:
                if gave_up:
                    _unlock(self._descriptor)
                arrived.set()

        threading.Thread(target=wait, daemon=True, name="hallq-turn").start()
        if arrived.wait(self._patience_seconds):
            return
        with guard:
            if arrived.is_set():
                return
            gave_up = True
        raise StoreError(Trouble.ANOTHER_TERMINAL_STUCK)

    def close(self) -> None:
        """Let go of the lock file."""
        os.close(self._descriptor)
