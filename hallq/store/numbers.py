"""The highest numbers given out, in a small file beside the database and its backups.

A database that was restored from a backup would give the same numbers once more; this file
was not restored with it, and knows better. Where it is lost, too, the numbers leap over those
that may have been given out.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LEAP = 100
"""More numbers of one series than are given out between a backup and the loss."""

_USUAL_BYTES = 512
"""Filled up with blanks to so many, the file rarely changes its length."""

_LOST, _EVER = "lost", "9"
"""Until which date numbers may have been given out that nobody knows; `_EVER` until one is given."""


@dataclass(frozen=True, slots=True)
class Given:
    """`highest`: by series. `leap`: of a series not named there so many more may have been given out."""

    highest: Mapping[str, int] = field(default_factory=dict)
    leap: int = 0


def path_of(database: Path) -> Path:
    """Where the numbers of a database are kept."""
    return database.with_name(database.name + ".numbers")


def read(database: Path, business_date: str) -> Given:
    """What was given out on that day, as far as it is known."""
    kept = _kept(database)
    if kept is None:
        return Given(leap=LEAP)
    return Given(_of_day(kept, business_date), LEAP if business_date <= str(kept.get(_LOST, "")) else 0)


def begin(database: Path) -> None:
    """Nothing was given out yet."""
    if not path_of(database).exists():
        _write(database, {})


def keep(database: Path, business_date: str, given: Mapping[str, int], today: str) -> None:
    """Note numbers that were given out; a full disk is no reason to stop, the database has them too.

    `today`: until this date others may have been, of which nobody knows any more, where the file was lost.
    """
    kept = _kept(database)
    kept = {_LOST: _EVER} if kept is None else kept
    lost = str(kept.get(_LOST, ""))
    if lost == _EVER:
        lost = max(business_date, today)
    known = _of_day(kept, business_date)
    highest = known | {s: max(n, known.get(s, 0)) for s, n in given.items()}
    _write(database, {business_date: highest} | ({_LOST: lost} if lost >= business_date else {}))


def doubt(database: Path) -> None:
    """Database and file may be older than what was given out: every series leaps once."""
    kept = _kept(database) or {}
    leapt = {date: {s: n + LEAP for s, n in _of_day(kept, date).items()} for date in kept if date != _LOST}
    _write(database, {**leapt, _LOST: _EVER})


def _kept(database: Path) -> dict[str, object] | None:
    with contextlib.suppress(OSError, ValueError):
        kept = json.loads(path_of(database).read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else None
    return None


def _of_day(kept: Mapping[str, object], business_date: str) -> dict[str, int]:
    day = kept.get(business_date)
    return {str(s): int(n) for s, n in day.items()} if isinstance(day, dict) else {}


def _write(database: Path, kept: Mapping[str, object]) -> None:
    """In place, by one write.

    A new file under the old name makes the file system's journal wait for the file's bytes, and with it
    the next commit, of whomever.
    """
    text = json.dumps(kept).encode()
    with contextlib.suppress(OSError):
        descriptor = os.open(path_of(database), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            written = os.write(descriptor, text.ljust(_USUAL_BYTES))
            if os.fstat(descriptor).st_size != written:
                os.ftruncate(descriptor, written)
        finally:
            os.close(descriptor)
