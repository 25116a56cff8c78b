"""A request to be enrolled: its name is kept until the answer to it is on the disk and of use.

The hub gives the same device for the same code and request, so that no lost answer uses the code up.
It lies beside the database, readable by its owner only: with the code it is worth a token.
"""

import contextlib
import re
from pathlib import Path

from hallq.protocol import Enrol, Enrolled
from hallq.sync.http_line import HttpLine
from hallq.sync.line import OutcomeUnknown
from hallq.sync.opening import random_128
from hallq.whole_file import write_whole

ENROL_TRIES = 3
_WHOLE = re.compile(r"[0-9a-f]{32,64}")


def request_path(database: Path) -> Path:
    """Where the request of a terminal's file lies, or of a hub for one of its halls."""
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
    request = random_128()
    write_whole(path, request.encode("ascii"))
    return request


def identified(line: HttpLine, database: Path, asked: Enrol) -> Enrolled:
    """Ask again when no answer comes: the same request finds the same device. Raises LineError, OSError."""
    asked = asked.model_copy(update={"request": request_of(database)})
    for _ in range(ENROL_TRIES - 1):
        with contextlib.suppress(OutcomeUnknown):
            return line.enrol(asked)
    return line.enrol(asked)


def forget_request(database: Path) -> None:
    """The terminal has spoken, or left; the hub below has its token on the disk."""
    request_path(database).unlink(missing_ok=True)
