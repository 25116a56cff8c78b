"""Clocks: what a device's own clocks say, and the hall's clock made from them.

The hall's clock only runs forward. Within one start of the machine it follows the
monotonic clock, so a wall clock that is set, jumps or changes to summer time moves
nothing. Only over a restart does the wall clock bridge the gap, and never backwards.
"""

import ctypes
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from hallq.domain.state import LastMoment

LONGEST_GAP_MS = 7 * 24 * 3600 * 1000
"""A restart that seems to have taken longer than a week is a wrong wall clock."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a device's clocks."""

    wall_ms: int
    boot_id: str
    boot_ms: int


class Clock(Protocol):
    """Where time comes from."""

    def read(self) -> Reading:
        """What the clocks say now."""


class SystemClock:
    """The clocks of this machine."""

    def read(self) -> Reading:
        """Wall clock, and the clock that counts since the machine started."""
        return Reading(time.time_ns() // 1_000_000, boot_id(), _since_boot_ns() // 1_000_000)


def hall_now_ms(last: LastMoment | None, reading: Reading) -> int:
    """The hall's clock: never before the newest event, untouched by the wall clock in one boot."""
    if last is None:
        return reading.wall_ms
    if reading.boot_id == last.boot_id:
        return last.at_ms + max(0, reading.boot_ms - last.boot_ms)
    gap_ms = reading.wall_ms - last.wall_ms
    return last.at_ms + (gap_ms if 0 <= gap_ms <= LONGEST_GAP_MS else 0)


def _since_boot_ns() -> int:
    # Sleep counts: CLOCK_BOOTTIME on Linux, CLOCK_MONOTONIC on macOS by its clock_gettime(3), where
    # Python's own monotonic clock (mach_absolute_time) stands still. On Windows GetTickCount64, in
    # steps of 10 to 16 ms (learn.microsoft.com/windows/win32/sysinfo/windows-time); Python's own
    # promises nothing about sleep. Run on Linux only so far.
    if sys.platform == "win32":
        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_uint64
        return int(ticks()) * 1_000_000
    return time.clock_gettime_ns(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@cache
def boot_id() -> str:
    """A name for the present start of this machine, the same in all its processes."""
    if sys.platform == "linux":
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    if sys.platform == "darwin":
        return _darwin_boot_id()
    return _windows_boot_id()


def _darwin_boot_id() -> str:
    size = ctypes.c_size_t(64)
    buffer = ctypes.create_string_buffer(64)
    ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", buffer, ctypes.byref(size), None, 0)
    return buffer.value.decode("ascii")


def _windows_boot_id() -> str:
    import winreg

    key = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:  # type: ignore[attr-defined]
        return f"windows-{winreg.QueryValueEx(opened, 'BootId')[0]}"  # type: ignore[attr-defined]
