"""Turns at a hall: who waits is done together with the others, each gets what came of its own."""

import threading
from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from hallq.hub.turns import MOST_TOGETHER, Job, Turns

PATIENCE_SECONDS = 20.0


class Worker:
    """Does the jobs of a hall, the first ones not before it may."""

    def __init__(self) -> None:
        """Nobody may begin."""
        self.may_begin = threading.Event()
        self.begun = threading.Event()
        self.sizes: list[int] = []
        self.turns = Turns(self._together)

    def _together(self, _hall: str, jobs: Sequence[Job]) -> None:
        self.begun.set()
        self.may_begin.wait(PATIENCE_SECONDS)
        self.sizes.append(len(jobs))
        for job in jobs:
            try:
                job.promise.set_result(job.work(len(jobs)))
            except ValueError as error:
                job.promise.set_exception(error)


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker at the start of its day."""
    made = Worker()
    yield made
    made.may_begin.set()
    made.turns.close()


def _number(number: int, _together: int) -> int:
    return number


def test_those_who_wait_share_the_next_turn(worker: Worker) -> None:
    first = worker.turns.take("h1", lambda _: "first")
    assert worker.begun.wait(PATIENCE_SECONDS)
    waiting = [worker.turns.take("h1", partial(_number, n)) for n in range(MOST_TOGETHER + 3)]
    worker.may_begin.set()
    assert first.result(PATIENCE_SECONDS) == "first"
    assert [one.result(PATIENCE_SECONDS) for one in waiting] == list(range(MOST_TOGETHER + 3))
    assert worker.sizes == [1, MOST_TOGETHER, 3]


def test_what_one_raises_is_its_own(worker: Worker) -> None:
    def no(_: int) -> None:
        raise ValueError("no")

    refused, done = worker.turns.take("h1", no), worker.turns.take("h1", lambda _: "done")
    worker.may_begin.set()
    with pytest.raises(ValueError, match="no"):
        refused.result(PATIENCE_SECONDS)
    assert done.result(PATIENCE_SECONDS) == "done"


def test_who_went_away_is_not_served(worker: Worker) -> None:
    served: list[str] = []
    worker.turns.take("h1", lambda _: served.append("first"))
    assert worker.begun.wait(PATIENCE_SECONDS)
    gone = worker.turns.take("h1", lambda _: served.append("gone"))
    last = worker.turns.take("h1", lambda _: served.append("last"))
    assert gone.cancel()
    worker.may_begin.set()
    last.result(PATIENCE_SECONDS)
    assert served == ["first", "last"]


def test_a_hall_does_not_wait_for_another(worker: Worker) -> None:
    worker.turns.take("h1", lambda _: None)
    assert worker.begun.wait(PATIENCE_SECONDS)
    worker.begun.clear()
    worker.turns.take("h2", lambda _: None)
    assert worker.begun.wait(PATIENCE_SECONDS)
