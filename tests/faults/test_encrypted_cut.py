"""The power fails while an encrypted file is written: pages may be torn, nothing confirmed is lost.

The driver that encrypts cannot write to a disk that forgets, as in `test_power_cut`. So the files are
looked at after each commit and each checkpoint, when SQLite has synced them, and what a cut leaves is made
up: of the sectors that the next step writes some are there and some are not.
"""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.store import Store, open_store
from hallq.store.encrypted import key_path
from hallq.store.verify import verify_store
from tests.builders import HandClock, TryHall, a_hall
from tests.rig.power_cut import SECTOR_BYTES

STEPS = 60
CUTS_OF_A_STEP = 2
CHECKPOINT_EVERY = 6

Files = tuple[bytes, bytes]
"""The database and its journal."""


def _files(path: Path) -> Files:
    return path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()


def _torn(before: bytes, after: bytes, chance: random.Random) -> bytes:
    """Each sector as it was, or as it should have become."""
    image = bytearray(before.ljust(len(after), b"\0"))
    for at in range(0, len(image), SECTOR_BYTES):
        if chance.random() < 0.5:
            image[at : at + SECTOR_BYTES] = after[at : at + SECTOR_BYTES]
    return bytes(image)


def _checkpoint(store: Store) -> None:
    with store._connections.borrowed() as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _lived(hall: TryHall) -> Iterator[int]:
    """A position that was confirmed, after each step; of every few a checkpoint is one."""
    hall.opens(2)
    for step in range(STEPS):
        if step % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
            _checkpoint(hall.store)
        elif hall.state.counters[2].ticket_id is None:
            hall.does(i.IssueTicket(service="payment", tier=Tier.GOLD if step % 3 else Tier.NONE))
            hall.does(i.CallNext(counter=2))
        else:
            hall.does(i.ConfirmArrival(counter=2))
            hall.does(i.FinishVisit(counter=2))
        yield hall.state.position


def test_a_cut_at_any_step_takes_nothing_that_was_confirmed(memory_path: Path) -> None:
    path, left = memory_path / "hall.db", memory_path / "left" / "hall.db"
    left.parent.mkdir()
    hall = a_hall(open_store(path, create=True, encrypted=True), HandClock())
    shutil.copy(key_path(path), key_path(left))
    chance, before, confirmed = random.Random(7), _files(path), hall.state.position
    torn_pages = 0
    for position in _lived(hall):
        after = _files(path)
        torn_pages += before[0] != after[0]
        for _ in range(CUTS_OF_A_STEP):
            for name, image in zip(
                ("hall.db", "hall.db-wal"), map(_torn, before, after, [chance] * 2), strict=True
            ):
                left.with_name(name).write_bytes(image)
            left.with_name("hall.db-shm").unlink(missing_ok=True)
            _check(left, confirmed, position)
        before, confirmed = after, position
    hall.hall.close()
    assert torn_pages >= STEPS // CHECKPOINT_EVERY


def _check(path: Path, confirmed: int, next_one: int) -> None:
    store = open_store(path)
    try:
        assert verify_store(store).agrees
        assert confirmed <= store.load_state().position <= next_one
    finally:
        store.close()
