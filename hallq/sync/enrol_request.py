"""The name of a terminal's request to be enrolled, kept until it speaks as who it became.

The hub gives the same device for the same code and request, so that no lost answer uses the code up.
It lies beside the database, readable by its owner only: with the code it is worth a token.
"""

import re
from pathlib import Path

from hallq.sync.address import write_secret
from hallq.sync.opening import random_128

_WHOLE = re.compile(r"[0-9a-f]{32,64}")


def request_path(database: Path) -> Path:
    """Where the request of a terminal's file lies."""
    return database.with_name(database.name + ".enrol")


def request_of(database: Path) -> str:
    """The request that stands, or a new one, on the disk. Raises OSError."""
    path = request_path(database)
    try:
        kept = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        kept = ""
    if _WHOLE.fullmatch(kept):
        return kept
    write_secret(path, request := random_128())
    return request


def forget_request(database: Path) -> None:
    """The terminal has spoken, or left."""
    request_path(database).unlink(missing_ok=True)
