"""Keys in files of their own, for their owner's eyes only."""

import secrets
from pathlib import Path

from hallq.store.trouble import StoreError, Trouble, trouble_of_system
from hallq.whole_file import write_whole

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
    """Make a key, unless there is one: of two programs that start, one key wins. Raises OSError."""
    if not path.exists():
        key = secrets.token_bytes(KEY_BYTES)
        write_whole(path, key.hex().encode("ascii") if in_hex else key, only_new=True)
