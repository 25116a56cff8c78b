"""A durable issue, call, arrival and finish against a bare one-row transaction, interleaved.

Target: at most 5 times the floor, by the medians. `python -m benchmarks.calls`
"""

import tempfile
from pathlib import Path

from benchmarks.measure import DATE, Bare, Samples, done, new_hall
from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.hall import Hall

VISITS = 800
WAITING = 20


def visits(hall: Hall, samples: Samples, count: int, prefix: str = "", bare: Bare | None = None) -> None:
    """Serve `count` customers one after the other, each step timed beside the floor."""
    for number in range(count):
        tier = Tier.GOLD if number % 5 == 0 else Tier.NONE
        for name, intent in (
            ("issue", i.IssueTicket(service="payment", tier=tier)),
            ("call", i.CallNext(counter=2)),
            ("arrive", i.ConfirmArrival(counter=2)),
            ("finish", i.FinishVisit(counter=2)),
        ):
            if bare is not None:
                with samples.timed("bare one-row write"):
                    bare.write()
            with samples.timed(prefix + name):
                done(hall, intent)


def open_with_waiting(hall: Hall, waiting: int = WAITING) -> None:
    """Open the day and counter 2, and let some customers wait all the time."""
    done(hall, i.OpenDay(business_date=DATE))
    done(hall, i.OpenCounter(counter=2, clerk="1001"))
    for _ in range(waiting):
        done(hall, i.IssueTicket(service="payment"))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        hall = new_hall(Path(folder) / "hall.db")
        open_with_waiting(hall)
        samples = Samples()
        visits(hall, samples, VISITS, bare=Bare(Path(folder) / "bare.db"))
        hall.close()
    samples.show(f"One intent, {WAITING} waiting (target: ratio <= 5)", floor="bare one-row write")


if __name__ == "__main__":
    main()
