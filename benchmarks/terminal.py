"""A program in a terminal of its own: keys go in, what it paints comes out. POSIX only."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence

QUIET_SECONDS = 0.03
"""A painted screen is complete when nothing more came for so long."""


class Terminal:
    """`command` running in a pseudo-terminal of so many columns and rows."""

    def __init__(self, command: Sequence[str], columns: int = 160, rows: int = 50) -> None:
        """Start the program."""
        self.began = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def await_text(self, text: str, seconds: float = 30) -> float:
        """Seconds from the start until the program has painted `text`."""
        painted = b""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            painted += self._read(0.5)
            if text.encode() in painted:
                return time.perf_counter() - self.began
        raise TimeoutError(f"{text!r} was not painted; the end of what was: {painted[-400:]!r}")

    def press(self, keys: bytes, patience_seconds: float = 1.0) -> tuple[float, float] | None:
        """Milliseconds from the key to the first and to the last byte painted; None for nothing."""
        self.settle()
        pressed = time.perf_counter()
        os.write(self._fd, keys)
        if not self._read(patience_seconds):
            return None
        first = last = time.perf_counter()
        while self._read(QUIET_SECONDS):
            last = time.perf_counter()
        return (first - pressed) * 1e3, (last - pressed) * 1e3

    def await_paint(self, text: str, seconds: float = 5.0) -> float:
        """When `text` was painted: seconds on the clock of this process (`time.perf_counter`)."""
        painted, end = b"", time.perf_counter() + seconds
        while time.perf_counter() < end:
            painted += self._read(0.5)
            if text.encode() in painted:
                return time.perf_counter()
        raise TimeoutError(f"{text!r} was not painted; the end of what was: {painted[-400:]!r}")

    def settle(self) -> None:
        """Wait until the program paints nothing."""
        while self._read(QUIET_SECONDS):
            pass

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self._fd, 1 << 16)
        except OSError:  # the program has ended
            return b""

    def close(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)
