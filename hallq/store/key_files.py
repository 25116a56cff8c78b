"""Keys in files of their own, for their owner's eyes only."""

import contextlib
import os
import secrets
from pathlib import Path

from hallq.store.trouble import StoreError, Trouble, trouble_of_system

KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """The key in this file. Raises StoreError when it can't be read or is no key."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    if len(key) != KEY_BYTES:
        raise StoreError(Trouble.DAMAGED, {"path": str(path)})
    return key


def make_key(path: Path, *, in_hex: bool = False) -> None:
    """Make a key, unless there is one; where a link leads, if `path` is one. Raises OSError.

    Written whole under another name first: of two programs that start, one key wins, whole.
    """
    path = path.resolve()
    if path.exists():
        return
    key = secrets.token_hex(KEY_BYTES).encode("ascii") if in_hex else secrets.token_bytes(KEY_BYTES)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
