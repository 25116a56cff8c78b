"""Small files that are written whole or not at all: keys, tokens, settings."""

import contextlib
import os
import secrets
import sys
from pathlib import Path

OWNER_ONLY = 0o600
AS_USUAL = 0o666
"""Less what the user's own mask takes away."""


def write_whole(path: Path, content: bytes, *, mode: int = OWNER_ONLY, only_new: bool = False) -> None:
    """Write a file, where a link leads if `path` is one. Its name and content are on the disk then.

    `only_new`: what is there already stays; of two programs that write at once, one wins. Raises OSError.
    """
    path = path.resolve()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if only_new:
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """The names in the folder of `path` are on the disk. Raises OSError."""
    if sys.platform != "win32":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
