"""`kill -9` at random moments: what was confirmed is there."""

import multiprocessing
import random
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.hall import Actor, Done
from hallq.store import log, open_store
from tests.faults.helpers import open_hall, prepared, sound_state
from tests.faults.worker import works_until_killed

KILLS = 100
BATCHES = 4
SEED = 20_261_122

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="needs fork and SIGKILL"
)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_what_was_confirmed_survives_a_hundred_kills(memory_path: Path, batch: int) -> None:
    """Every other batch on an encrypted file."""
    path, chance = memory_path / "hall.db", random.Random(SEED + batch)
    prepared(path, waiting=5, counters=3, encrypted=batch % 2 == 1)
    confirmed: dict[int, str] = {}
    for _ in range(KILLS // BATCHES):
        before = len(confirmed)
        confirmed.update(_confirmed_until_killed(path, chance))
        assert len(confirmed) > before
        sound_state(path)
    _all_present(path, confirmed)
    hall = open_hall(path)
    assert isinstance(hall.perform(i.IssueTicket(service="payment"), Actor("guide", "t1")), Done)
    hall.close()


def _confirmed_until_killed(path: Path, chance: random.Random) -> dict[int, str]:
    """A program works on the file and is killed after a random number of confirmations."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.worker"])
    receiver, sender = context.Pipe(duplex=False)
    program = context.Process(target=works_until_killed, args=(path, chance.random(), sender))
    program.start()
    sender.close()
    confirmed = dict(_next_one(receiver) for _ in range(chance.randint(1, 60)))
    program.kill()
    program.join()
    while receiver.poll():
        try:
            position, body = _next_one(receiver)
        except (EOFError, OSError):  # cut in the middle: nobody was told
            break
        confirmed[position] = body
    receiver.close()
    program.close()
    return confirmed


def _next_one(receiver: Connection) -> tuple[int, str]:
    position, body = receiver.recv_bytes().decode().split(" ", 1)
    return int(position), body


def _all_present(path: Path, confirmed: dict[int, str]) -> None:
    store = open_store(path)
    with store.reading() as connection:
        present = {r.position: r.event.model_dump_json() for r in log.read_after(connection, 0)}
    store.close()
    assert {position: present.get(position) for position in confirmed} == confirmed
