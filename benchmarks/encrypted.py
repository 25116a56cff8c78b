"""What encryption costs: the same past, opened and gone on with, plain and encrypted in turn.

`python -m benchmarks.encrypted`
"""

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.backlog import write_past
from benchmarks.calls import open_with_waiting
from benchmarks.measure import Bare, Samples, done, new_hall, say
from hallq.domain import intents as i
from hallq.store.converting import convert

VISITS = 400
PAST = 20_000
A_DAY = 1_400
OPENINGS = 30
STEPS = (
    ("issue", i.IssueTicket(service="payment")),
    ("call", i.CallNext(counter=2)),
    ("arrive", i.ConfirmArrival(counter=2)),
    ("finish", i.FinishVisit(counter=2)),
)


def main() -> None:
    """Build, measure and print."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        paths = {kind: Path(folder) / kind / "hall.db" for kind in ("plain", "encrypted")}
        for path in paths.values():
            path.parent.mkdir()
        write_past(paths["plain"], PAST, A_DAY)
        shutil.copy(paths["plain"], paths["encrypted"])
        began = time.perf_counter()
        convert(paths["encrypted"], encrypt=True)
        size_mb = paths["plain"].stat().st_size / 1e6
        say(f"\n{size_mb:.0f} MB encrypted in {time.perf_counter() - began:.1f} s")
        _openings(paths)
        _intents(paths, Path(folder) / "bare.db")


def _openings(paths: dict[str, Path]) -> None:
    samples = Samples()
    for _ in range(OPENINGS):
        for kind, path in paths.items():
            with samples.timed(kind):
                hall = new_hall(path)
            hall.close()
    samples.show(f"Open a file with {PAST:,} visits and load its state", floor="plain")


def _intents(paths: dict[str, Path], bare_path: Path) -> None:
    samples, bare = Samples(), Bare(bare_path)
    halls = {kind: new_hall(path) for kind, path in paths.items()}
    for hall in halls.values():
        open_with_waiting(hall)
    for _ in range(VISITS):
        for step, intent in STEPS:
            with samples.timed("bare one-row write"):
                bare.write()
            for kind, hall in halls.items():
                with samples.timed(f"{step}, {kind}"):
                    done(hall, intent)
    for hall in halls.values():
        hall.close()
    samples.show("One intent", floor="bare one-row write")


if __name__ == "__main__":
    main()
