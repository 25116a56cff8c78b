"""The highest numbers given out, in a small file beside the database and its backups.

A database that was restored from a backup would give the same numbers once more; this file
was not restored with it, and knows better.
"""

import contextlib
import json
import os
from pathlib import Path


def path_of(database: Path) -> Path:
    """Where the numbers of a database are kept."""
    return database.with_name(database.name + ".numbers")


def read(database: Path, business_date: str) -> dict[str, int]:
    """The highest number of each series on that day; empty when nothing is known."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        kept = json.loads(path_of(database).read_text(encoding="utf-8"))
        return {str(s): int(n) for s, n in kept.get(business_date, {}).items()}
    return {}


def is_missing(database: Path) -> bool:
    """Whether nobody can tell which numbers were given out."""
    return not path_of(database).exists()


def keep(database: Path, business_date: str, highest: dict[str, int]) -> None:
    """Write the day's highest numbers; a full disk is no reason to stop, the database has them too."""
    path = path_of(database)
    known = read(database, business_date)
    highest = {s: max(n, known.get(s, 0)) for s, n in highest.items()}
    draft = path.with_name(path.name + f".{os.getpid()}")
    with contextlib.suppress(OSError):
        draft.write_text(json.dumps({business_date: highest}), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(path)
