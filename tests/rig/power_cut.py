"""A disk that forgets: files in memory, and what a power cut leaves of them.

SQLite writes through a VFS into a `Disk`, which notes every write, sync and confirmed commit in
order. A cut may come after any of them: what was synced is there; of what was written since,
each piece is there or not, in any order, and some of it in halves of 512 bytes.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR_BYTES = 512
TORN_SHARE = 0.25
"""Of the writes that reached the disk at all."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for a file, on their way to the disk."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file becomes shorter; deleted is as short as can be."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All that was written to this file is on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody was told that this is saved: position, incarnation and seq of an event."""

    what: tuple[int, str, int]


Note = Write | Truncate | Sync | Confirmed
Change = Write | Truncate


def changed(image: bytearray, change: Change) -> None:
    """The file after one change."""
    if isinstance(change, Truncate):
        del image[change.size :]
        return
    end = change.offset + len(change.data)
    if len(image) < end:
        image.extend(bytes(end - len(image)))
    image[change.offset : end] = change.data


@dataclass
class Disk:
    """Files as the running program sees them, and the notes from which a cut is made."""

    files: dict[str, bytearray] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    at_start: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        """What is there at the beginning was synced long ago."""
        self.at_start = {name: bytes(image) for name, image in self.files.items()}

    def change(self, change: Change) -> None:
        """Write or shorten."""
        self.notes.append(change)
        changed(self.files[change.name], change)

    def confirm(self, what: tuple[int, str, int]) -> None:
        """From now on `what` may not be lost."""
        self.notes.append(Confirmed(what))

    def confirmed_before(self, cut: int) -> list[tuple[int, str, int]]:
        """What was confirmed before the cut, in order."""
        return [note.what for note in self.notes[:cut] if isinstance(note, Confirmed)]

    def after_cut(self, cut: int, chance: random.Random) -> dict[str, bytes]:
        """The files as the next start finds them when the power fails after `cut` notes."""
        safe = {name: bytearray(image) for name, image in self.at_start.items()}
        pending: dict[str, list[Change]] = {}
        for note in self.notes[:cut]:
            if isinstance(note, Sync):
                _settle(safe, note.name, pending.pop(note.name, []))
            elif not isinstance(note, Confirmed):
                pending.setdefault(note.name, []).append(note)
        for name, changes in pending.items():
            _settle(safe, name, _survivors(changes, chance))
        return {name: bytes(image) for name, image in safe.items() if image}


def _settle(files: dict[str, bytearray], name: str, changes: Iterable[Change]) -> None:
    image = files.setdefault(name, bytearray())
    for change in changes:
        changed(image, change)


def _survivors(changes: list[Change], chance: random.Random) -> Iterator[Change]:
    for change in changes:
        if chance.random() < 0.5:
            continue
        if isinstance(change, Write) and chance.random() < TORN_SHARE:
            yield from _torn(change, chance)
        else:
            yield change


def _torn(write: Write, chance: random.Random) -> Iterator[Write]:
    """Each sector of the disk got its part, or did not."""
    end = write.offset + len(write.data)
    place = write.offset
    while place < end:
        following = min(end, (place // SECTOR_BYTES + 1) * SECTOR_BYTES)
        if chance.random() < 0.5:
            part = write.data[place - write.offset : following - write.offset]
            yield Write(write.name, place, part)
        place = following


class DiskVFS(apsw.VFS):
    """SQLite's way to the files of one `Disk`. Only one connection at a time."""

    def __init__(self, disk: Disk, name: str) -> None:
        """`name`: as connections ask for it, unique in the program."""
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "DiskFile":  # type: ignore[override]  # noqa: N802
        """The file of that name; without one it is a temporary one."""
        wanted = name.filename() if isinstance(name, apsw.URIFilename) else name
        key = Path(wanted or "temporary").name
        self._disk.files.setdefault(key, bytearray())
        flags[1] = flags[0]
        return DiskFile(self._disk, key)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """An empty file is as good as none, and may come back at a cut."""
        key = Path(filename).name
        self._disk.change(Truncate(key, 0))
        del self._disk.files[key]
        if syncdir:
            self._disk.notes.append(Sync(key))

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        """Whether the file is there."""
        return bool(self._disk.files.get(Path(pathname).name))

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        """There are no folders."""
        return "/" + Path(name).name


class DiskFile:
    """One open file of the disk; it behaves as SQLite expects of a file on ext4."""

    def __init__(self, disk: Disk, name: str) -> None:
        """`name`: its key on the disk."""
        self._disk = disk
        self._name = name

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """What the program wrote, synced or not."""
        return bytes(self._disk.files[self._name][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """On its way."""
        self._disk.change(Write(self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Shorter, but not yet for certain."""
        self._disk.change(Truncate(self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """All of this file is safe."""
        self._disk.notes.append(Sync(self._name))

    def xFileSize(self) -> int:  # noqa: N802
        """In bytes."""
        return len(self._disk.files[self._name])

    def xSectorSize(self) -> int:  # noqa: N802
        """As on any disk."""
        return 4096

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        """What SQLite takes for granted of the system's own disks: a write spoils no other byte."""
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def xLock(self, level: int) -> None:  # noqa: N802
        """Nobody else is there."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """Nobody else is there."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        """Nobody else is there."""
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: N802
        """None is needed."""
        return False

    def xClose(self) -> None:  # noqa: N802
        """Closing syncs nothing."""
