"""The highest numbers given out, in a small file beside the database and its backups.

A database that was restored from a backup would give the same numbers once more; this file
was not restored with it, and knows better.
"""

import contextlib
import json
import os
from pathlib import Path

_USUAL_BYTES = 512
"""Filled up with blanks to so many, the file rarely changes its length."""


def path_of(database: Path) -> Path:
    """Where the numbers of a database are kept."""
    return database.with_name(database.name + ".numbers")


def read(database: Path, business_date: str) -> dict[str, int]:
    """The highest number of each series on that day; empty when nothing is known."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        kept = json.loads(path_of(database).read_text(encoding="utf-8"))
        return {str(s): int(n) for s, n in kept.get(business_date, {}).items()}
    return {}


def keep(database: Path, business_date: str, highest: dict[str, int]) -> None:
    """Write the day's highest numbers; a full disk is no reason to stop, the database has them too.

    In place, by one write: a new file under the old name makes the file system's journal wait for
    the file's bytes, and with it the next commit, of whomever.
    """
    known = read(database, business_date)
    highest = known | {s: max(n, known.get(s, 0)) for s, n in highest.items()}
    text = json.dumps({business_date: highest}).encode()
    with contextlib.suppress(OSError):
        descriptor = os.open(path_of(database), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            written = os.write(descriptor, text.ljust(_USUAL_BYTES))
            if os.fstat(descriptor).st_size != written:
                os.ftruncate(descriptor, written)
        finally:
            os.close(descriptor)
