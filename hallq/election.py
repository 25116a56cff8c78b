"""One program per file speaks: with the hub, or aloud. The system lets go of its place when it ends."""

import glob
import os
import threading
from pathlib import Path

from hallq.locks import try_lock

_here: set[Path] = set()
"""Places held by this program itself, which the system would give it twice."""
_guard = threading.Lock()


class Election:
    """The place of the one program that speaks for a file."""

    def __init__(self, database: Path, office: str = "sync") -> None:
        """Nothing is taken yet. `office`: for what there is only one."""
        self._path = database.with_name(f"{database.name}.{office}").resolve()
        self._descriptor: int | None = None

    @property
    def is_mine(self) -> bool:
        """Whether this program has the place."""
        return self._descriptor is not None

    def try_take(self) -> bool:
        """Take the place if nobody has it. Raises OSError where no file may be made."""
        if self.is_mine:
            return True
        with _guard:
            if self._path in _here:
                return False
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            if not try_lock(descriptor, 0):
                os.close(descriptor)
                return False
            self._descriptor = descriptor
            _here.add(self._path)
            return True

    def leave(self) -> None:
        """Let somebody else have it."""
        with _guard:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None
                _here.discard(self._path)

    def remove(self) -> None:
        """Leave a place that nobody is to take again. Raises OSError."""
        if self.is_mine:
            self.leave()
            self._path.unlink(missing_ok=True)


def left_by_others(database: Path, offices: str) -> list[str]:
    """The rest of the name of each place that was taken and not removed. `offices`: how the names begin.

    Somebody may have it now.
    """
    begin = f"{database.name}.{offices}"
    return [path.name.removeprefix(begin) for path in database.parent.glob(f"{glob.escape(begin)}*")]
