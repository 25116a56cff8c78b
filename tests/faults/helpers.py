"""Programs of their own for the fault tests: each runs in a fresh process."""

import os
import subprocess
import sys
from pathlib import Path

from hallq.domain import intents as i
from hallq.domain.fold import fold
from hallq.domain.state import HallState
from hallq.hall import Actor, Hall
from hallq.store import log, open_store
from tests.builders import DATE, a_config
from tests.rig.invariants import broken_invariants

ROOT = Path(__file__).resolve().parents[2]


def start(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Run `code` in a fresh Python, its output on a pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *(str(a) for a in arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def end(process: "subprocess.Popen[str]") -> None:
    """Kill if need be, reap, and close the pipes."""
    process.kill()
    process.communicate()


def open_hall(path: Path, *, create: bool = False, encrypted: bool = False) -> Hall:
    """A hall with this computer's own clock."""
    return Hall(open_store(path, create=create, encrypted=encrypted), a_config())


def prepared(path: Path, waiting: int, counters: int, *, encrypted: bool = False) -> None:
    """A file with its day open, counters staffed and customers waiting."""
    hall, actor = open_hall(path, create=True, encrypted=encrypted), Actor("guide", "door")
    hall.perform(i.OpenDay(business_date=DATE), actor)
    for number in range(1, counters + 1):
        hall.perform(i.OpenCounter(counter=number, clerk=f"clerk-{number}"), actor)
    for _ in range(waiting):
        hall.perform(i.IssueTicket(service="payment"), actor)
    hall.close()


def sound_state(path: Path) -> HallState:
    """The state in the file, after SQLite, the rows and the log were found to agree."""
    store = open_store(path)
    with store.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        folded = fold(HallState(), log.read_after(connection, 0)).settled()
    loaded = store.load_state()
    store.close()
    assert folded == loaded
    assert broken_invariants(loaded) == []
    return loaded
