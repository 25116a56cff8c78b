"""What this machine remembers of a terminal's file: that it is this very file, and how often it was written.

A copy of a file, or an older one that was put back, looks like the file itself. So the memory lies in the
user's state folder, outside of the hall's folder: it goes neither with a copy nor with a backup of the hall,
and it outlives a restart of the machine. Nobody needs it to work, and lost, nothing is lost: a file that no
witness knows waits for a word with the hub before it calls what others may have called since.

A power cut makes no good file look older. The count is written after its commit, which is on the disk by
then (`synchronous=FULL`), so it is never ahead of the file. It is not forced to the disk itself: after a cut
it may be behind by what the system had not written yet, some seconds, which looks like a write of the file
that the witness missed. What is in doubt is forced, so that no cut makes it trusted.
"""

import contextlib
import hashlib
import os
import struct
import threading
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from platformdirs import user_state_path

from hallq.machine import home_of

APP = "hallq-witness"
"""A folder of its own: on some systems the state folder of hallq is where its halls lie by default."""

_FACTS = struct.Struct("<Qq?32s32s")
_COUNT = struct.Struct("<Q")
_NEWER = 2**64 - 1
"""Written more often than any file: what is remembered here is another one in the same place."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`count`: how often the file was written. `doubted`: up to this own event a copy may have them, too.

    `is_older`: it was put back; a person cannot know what was called since.
    """

    count: int
    doubted: int | None
    is_older: bool = False


class Witness:
    """The memory of one file, shared by the programs of one user on this machine."""

    def __init__(self, database: Path) -> None:
        """Nothing is looked at yet."""
        self._database = database
        self._descriptor: int | None = None
        self._file = b""
        self._guard = threading.Lock()

    @property
    def is_kept(self) -> bool:
        """Whether this program knows the memory."""
        return self._descriptor is not None

    def look(self, device: str) -> Remembered | None:
        """What is remembered of this device's file; None for nothing."""
        with contextlib.suppress(OSError), self._guard:
            os.lseek(self._opened(0), 0, os.SEEK_SET)
            found = os.read(self._opened(0), _FACTS.size)
            if len(found) == _FACTS.size:
                count, doubted, is_older, mark, file = _FACTS.unpack(found)
                if mark == _digest(device):
                    same = file == self._file
                    return Remembered(count if same else _NEWER, None if doubted < 0 else doubted, is_older)
        return None

    def testify(self, device: str, told: Remembered) -> None:
        """Remember the file; where that cannot be written, nobody testifies."""
        doubted = -1 if told.doubted is None else told.doubted
        with contextlib.suppress(OSError), self._guard:
            os.lseek(self._opened(os.O_CREAT), 0, os.SEEK_SET)
            facts = (told.count, doubted, told.is_older, _digest(device), self._file)
            os.write(self._opened(0), _FACTS.pack(*facts))
            os.fsync(self._opened(0))

    @property
    def place(self) -> Path:
        """Where the memory lies."""
        return user_state_path(APP, appauthor=False) / home_of(self._database)

    def fault(self) -> str:
        """Why the memory cannot be written here; empty where it can."""
        try:
            os.close(self._open(os.O_CREAT))
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def keep(self, count: int) -> None:
        """The file was written so often."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError), self._guard:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, _COUNT.pack(count))

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _opened(self, flags: int) -> int:
        if self._descriptor is None:
            self._descriptor = self._open(flags)
        return self._descriptor

    def _open(self, flags: int) -> int:
        # The inode alone: the number of its device may be another one after a restart.
        self._file = _digest(str(self._database.stat().st_ino))
        place = self.place
        if flags:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags |= os.O_RDWR | getattr(os, "O_BINARY", 0)
        return os.open(place, flags, 0o600)


def written(connection: driver.Connection) -> int:
    """How often the file was written."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def count_on(connection: driver.Connection) -> int:
    """One time more, in the transaction of what is written."""
    count = written(connection) + 1
    connection.execute(f"PRAGMA user_version = {count}")
    return count


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
