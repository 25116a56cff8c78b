"""The program's own journal: what went wrong, for those who look after it.

One file of JSON lines, never the screen: a terminal's output belongs to the user.
Entries name codes and ids; no event bodies, no customers. What writes them is loaded with
the first entry: most days have none, and every start would wait for it.
"""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hallq.paths import log_folder

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

FILE_NAME = "hallq.log"
_TURN_OVER_BYTES = 2_000_000


class _Current:
    """The one open journal of this program."""

    file: TextIO | None = None


def start_log(folder: Path | None = None) -> Path | None:
    """Send the journal to a file; its path, or None where no file may be written."""
    for place in (folder or log_folder(), Path.cwd()):
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            path = place / FILE_NAME
            _turn_over(path)
            _open(path)
            return path
    return None


def log_path() -> str:
    """Where to look for the entries."""
    return _Current.file.name if _Current.file else FILE_NAME


def journal() -> "FilteringBoundLogger":
    """Where entries are written; without an open file they go nowhere."""
    import structlog

    file = _Current.file
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(file) if file else structlog.ReturnLogger(),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    return logger


def _turn_over(path: Path) -> None:
    """Keep one older file, so that the journal cannot fill the disk."""
    if path.exists() and path.stat().st_size > _TURN_OVER_BYTES:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".1"))


def _open(path: Path) -> None:
    # Line buffered and appending: entries of several terminals do not mix within a line.
    file = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
    if _Current.file is not None:
        _Current.file.close()
    _Current.file = file
