"""Locks on single bytes of a file, as each platform offers them.

The system lets go of a program's locks when it ends, however it ends.
"""

import contextlib
import os
import sys
import time

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int, byte: int) -> bool:
        """Lock one byte if nobody else has it."""
        os.lseek(descriptor, byte, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def wait_for_lock(descriptor: int, byte: int) -> None:
        """Lock one byte, waiting for it without end."""
        while not try_lock(descriptor, byte):
            time.sleep(0.001)

    def unlock(descriptor: int, byte: int) -> None:
        """Let go of one byte."""
        os.lseek(descriptor, byte, os.SEEK_SET)
        with contextlib.suppress(OSError):  # not held: as harmless as elsewhere
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def is_free(descriptor: int, byte: int) -> bool:
        """Whether nobody else holds the byte."""
        if not try_lock(descriptor, byte):
            return False
        unlock(descriptor, byte)
        return True

    def wait_until_free(descriptor: int, byte: int) -> None:
        """Wait without end until nobody else holds the byte; many may wait for the same."""
        while not is_free(descriptor, byte):
            time.sleep(0.001)

else:
    import fcntl

    def try_lock(descriptor: int, byte: int) -> bool:
        """Lock one byte if nobody else has it."""
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def wait_for_lock(descriptor: int, byte: int) -> None:
        """Lock one byte, waiting for it without end."""
        fcntl.lockf(descriptor, fcntl.LOCK_EX, 1, byte)

    def unlock(descriptor: int, byte: int) -> None:
        """Let go of one byte."""
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, byte)

    def is_free(descriptor: int, byte: int) -> bool:
        """Whether nobody else holds the byte."""
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            return False
        unlock(descriptor, byte)
        return True

    def wait_until_free(descriptor: int, byte: int) -> None:
        """Wait without end until nobody else holds the byte; many may wait for the same."""
        fcntl.lockf(descriptor, fcntl.LOCK_SH, 1, byte)  # shared: all who wait go on at once
        unlock(descriptor, byte)
