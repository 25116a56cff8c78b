"""The link's state for all programs on one file: the one that speaks with the hub writes it.

A small file beside the database, whole or not at all; lost, nothing is lost.
"""

import contextlib
import dataclasses
import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from hallq.clock import Clock
from hallq.hall.link import Link, SyncStatus

STALE_MS = 45_000
"""Longer than the longest pause between two tries: whoever should write this is stuck."""


@dataclass(frozen=True, slots=True)
class Told:
    """`heard_ms`: the machine's boot clock when the hub answered last, 0 for never."""

    status: SyncStatus = field(default_factory=SyncStatus)
    reachable: bool = False
    heard_ms: int = 0
    is_fresh: bool = False
    """Read from a file that somebody keeps writing."""


def link_path(database: Path) -> Path:
    """Where the link's state of a database lies."""
    return database.with_name(database.name + ".link")


class LinkFile:
    """Reads and writes the link's state."""

    def __init__(self, database: Path, clock: Clock) -> None:
        """`clock`: of this machine; a state of an earlier start of it is not believed."""
        self._path = link_path(database)
        self._clock = clock
        self._known: tuple[tuple[int, int], dict[str, object]] | None = None
        self._lock = threading.Lock()

    def write(self, told: Told) -> None:
        """Replace the state; a full disk is no reason to stop."""
        reading = self._clock.read()
        values = {
            "boot_id": reading.boot_id,
            "at_ms": reading.boot_ms,
            "reachable": told.reachable,
            "heard_ms": told.heard_ms,
            **dataclasses.asdict(told.status),
        }
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps(values), encoding="ascii")
            draft.chmod(0o600)
            draft.replace(self._path)

    def read(self) -> Told:
        """The state as it was written last; cut off when that is long ago, or nobody wrote."""
        reading = self._clock.read()
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            values = self._values()
            fresh = values["boot_id"] == reading.boot_id
            is_stale = not fresh or reading.boot_ms - int(str(values["at_ms"])) > STALE_MS
            told = _told(values)
            if not is_stale:
                return dataclasses.replace(told, is_fresh=True)
            lost = dataclasses.replace(told.status, link=Link.CUT_OFF)
            return Told(lost if told.status.link in (Link.CONNECTED, Link.BEHIND) else told.status)
        return Told()

    def _values(self) -> dict[str, object]:
        found = self._path.stat()
        stamp = (found.st_mtime_ns, found.st_ino)
        with self._lock:
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, json.loads(self._path.read_text(encoding="ascii")))
            return self._known[1]


def _told(values: dict[str, object]) -> Told:
    names = [f.name for f in dataclasses.fields(SyncStatus) if f.name not in ("link", "is_restored")]
    figures = {name: int(str(values.get(name, 0))) for name in names}
    is_restored = values.get("is_restored") is True
    status = SyncStatus(link=Link(str(values["link"])), is_restored=is_restored, **figures)
    return Told(status, values["reachable"] is True, int(str(values["heard_ms"])))
