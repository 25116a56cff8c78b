"""Looks whether the settings file still says what this terminal was started with.

A terminal keeps the settings it began with: promises, counters and reasons don't change
under somebody's hands. It only has to say so when the file has changed since.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from hallq.domain.config import HallConfig
from hallq.settings.faults import SettingsError
from hallq.settings.reading import load_config

LOOK_SECONDS = 5.0

Stamp = tuple[int, int]


class SettingsWatch(threading.Thread):
    """Tells whether the settings differ, whenever the file was written."""

    def __init__(self, path: Path, started_with: HallConfig, tell: Callable[[bool], None]) -> None:
        """`tell` is called from this thread with whether the file differs from `started_with`."""
        super().__init__(daemon=True, name="hallq-settings")
        self._path = path
        self._started_with = started_with
        self._tell = tell
        self._stamp: Stamp | None = None
        self._stop_wanted = threading.Event()

    def stop(self) -> None:
        """End at once."""
        self._stop_wanted.set()

    def run(self) -> None:
        """Look from time to time."""
        while not self._stop_wanted.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Read the file if it was written since the last look; one that is no settings says nothing."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp == self._stamp:
                return
            self._tell(load_config(self._path) != self._started_with)
            self._stamp = stamp
        except (OSError, SettingsError):
            self._stamp = None
