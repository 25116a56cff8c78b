"""The program's own journal: what went wrong, for those who look after it.

One file of JSON lines, never the screen: a terminal's output belongs to the user.
Entries name codes and ids; no event bodies, no customers. What writes them is loaded with
the first entry: most days have none, and every start would wait for it.
"""

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from hallq.paths import log_folder

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

FILE_NAME = "hallq.log"
_TURN_OVER_BYTES = 2_000_000


class _File:
    """The journal's file: that it cannot be written, as on a full disk, stops nobody who writes."""

    def __init__(self, path: Path) -> None:
        # Line buffered and appending: entries of several terminals do not mix within a line.
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        self.name = str(path)

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()


class _Current:
    """The one open journal of this program."""

    file: _File | None = None


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
        structlog.WriteLogger(cast("TextIO", file)) if file else structlog.ReturnLogger(),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    return logger


def thread_failed(fault: threading.ExceptHookArgs) -> None:
    """For `threading.excepthook`: a thread's fault is written here and not over the screen."""
    if _Current.file is None:
        threading.__excepthook__(fault)
        return
    name = fault.thread.name if fault.thread else ""
    what = (fault.exc_type, fault.exc_value, fault.exc_traceback)
    journal().error("thread-failed", thread=name, error=fault.exc_type.__name__, exc_info=what)


def _turn_over(path: Path) -> None:
    """Keep one older file, so that the journal cannot fill the disk."""
    if path.exists() and path.stat().st_size > _TURN_OVER_BYTES:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".1"))


def _open(path: Path) -> None:
    file = _File(path)
    if _Current.file is not None:
        _Current.file.close()
    _Current.file = file
