"""Whether a hall's file may lie in its place: there, ours to write, and on a disk of this computer."""

import contextlib
import os
from pathlib import Path

import psutil

from hallq.store.trouble import StoreError, Trouble

_NETWORK_TYPES = frozenset(
    {
        "9p",
        "acfs",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "drvfs",
        "fhgfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
        "orangefs",
        "panfs",
        "prl_fs",
        "pvfs2",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
        "webdav",
    }
)
"""Disks of other computers, and folders that a virtual machine borrows from its host."""

_LOCAL_FUSE = frozenset(
    {
        "fuse.ext2",
        "fuse.ext3",
        "fuse.ext4",
        "fuse.exfat",
        "fuse.ntfs",
        "fuse.ntfs-3g",
        "fuse.lowntfs-3g",
        "fuse.zfs",
    }
)
"""Any other file system in a program of its own may lie anywhere; `fuseblk` has a local disk below it."""


def check_place(path: Path, *, create: bool) -> None:
    """Raises StoreError for a place that cannot work. `create`: the file need not be there yet."""
    facts: dict[str, int | str] = {"path": str(path)}
    if not path.parent.is_dir():
        raise StoreError(Trouble.NO_FOLDER, {"path": str(path.parent)})
    if not path.exists() and not create:
        raise StoreError(Trouble.MISSING, facts)
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(Trouble.NO_PERMISSION, facts)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StoreError(Trouble.NO_PERMISSION, {"path": str(path.parent)})
    kind = file_system_of(path)
    if kind in _NETWORK_TYPES or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE):
        raise StoreError(Trouble.NETWORK_DISK, facts | {"kind": kind})


def check_file(path: Path) -> None:
    """Raises StoreError where there is no file with something in it, OSError where it may not be read."""
    facts: dict[str, int | str] = {"path": str(path)}
    if not path.exists():
        raise StoreError(Trouble.MISSING, facts)
    if not path.is_file():
        raise StoreError(Trouble.NOT_A_DATABASE, facts)
    with path.open("rb"):
        pass  # no right to read: said by the system, more exactly than by the driver
    if path.stat().st_size == 0:
        raise StoreError(Trouble.EMPTY, facts)


def file_system_of(path: Path) -> str:
    """The type of the file system that holds `path`, in lower case; empty when unknown."""
    place = path.resolve()
    best = ("", "")
    with contextlib.suppress(OSError):
        for part in psutil.disk_partitions(all=True):
            holds = place.is_relative_to(part.mountpoint)
            if holds and len(part.mountpoint) >= len(best[0]):
                best = (part.mountpoint, part.fstype.lower())
    return best[1]
