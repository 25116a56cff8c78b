"""The power fails at any moment: what was confirmed is there again, and the file is sound.

The real hall lives a made-up day with the store's own statements and pragmas. Only the driver is
another one (apsw), because it lets SQLite write to a disk that forgets. After each of 2,000 cuts
the files are opened by hallq itself.
"""

import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Hall
from hallq.store import Store, StoreError, open_store
from hallq.store.connections import SYNC_LATER, Connections
from hallq.store.verify import verify_store
from tests.builders import DATE, HOUR_MS, MEMORY_DISK, MORNING_MS, HandClock, a_config
from tests.rig.hall_day import HallDay, Terminal
from tests.rig.power_cut import Disk, DiskVFS

CUTS_OF_A_LIFE = 50
LIVES_OF_A_FILE = 4
EVENTS_OF_A_LIFE = 40
TICK_MS = 10_000
SMALL_JOURNAL = "PRAGMA wal_autocheckpoint = 60"
"""In pages: a short life meets many checkpoints, as a long day does."""

DOOR = Actor("guide", "door")
CONFIG = a_config()


class DiskConnection(apsw.Connection):
    """A connection of apsw with the two names that the store uses besides."""

    def commit(self) -> None:
        """All of it, or it raises."""
        self.execute("COMMIT")

    def rollback(self) -> None:
        """Nothing of it."""
        self.execute("ROLLBACK")


class DiskConnections(Connections):
    """The store's connections, but to a file on a disk that forgets. Its path is /vfs/name."""

    def new(self) -> Any:
        """One more, with hallq's pragmas; alone with the file, so that it needs no shared memory."""
        connection = DiskConnection(self._path.name, vfs=self._path.parent.name)
        for pragma in ("PRAGMA locking_mode = EXCLUSIVE", *self._pragmas):
            connection.execute(pragma)
        return connection


class DiskStore(Store):
    """The store on a disk that forgets."""

    def __init__(self, folder: Path, vfs: str, *pragmas: str) -> None:
        """`folder`: a real one, for the file of the turn."""
        super().__init__(folder / "hall.db")
        self._connections = DiskConnections(Path("/", vfs, "hall.db"), 1.0, SMALL_JOURNAL, *pragmas)

    def data_version(self) -> int:
        """Nobody else writes here."""
        return 0


@dataclass
class Outcome:
    """What the cuts did."""

    cuts: int = 0
    confirmed: int = 0
    lost: int = 0
    losing_cuts: int = 0
    half_done: int = 0
    damaged: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.cuts} cuts: of {self.confirmed} confirmations {self.lost} lost "
            f"at {self.losing_cuts} cuts, {self.half_done} commits in parts, {len(self.damaged)} differences"
        )


@dataclass
class Life:
    """A hall's file from one start of the hall to the next power cut."""

    disk: Disk
    number: int
    pragmas: tuple[str, ...]

    def live(self, folder: Path) -> None:
        """Some events of a made-up day; each commit is confirmed when the hall says that it is done."""
        vfs = DiskVFS(self.disk, f"disk-{self.number}")
        clock = HandClock(wall_ms=MORNING_MS + self.number * HOUR_MS, starts=self.number)
        hall = Hall(DiskStore(folder, f"disk-{self.number}", *self.pragmas), CONFIG, clock=clock)
        self._confirm(hall)
        day = HallDay(CONFIG, self.number, start_ms=clock.wall_ms, minutes=240, terminals=1)
        terminal, until = Terminal(day, 0), hall.state.position + EVENTS_OF_A_LIFE
        self._perform(hall, i.OpenDay(business_date=DATE))
        while hall.state.position < until:
            clock.pass_ms(TICK_MS)
            for intent in (i.KeepHouse(), *terminal.acts(hall.state, hall.now_ms())):
                self._perform(hall, intent)
        hall.close()
        vfs.unregister()

    def _perform(self, hall: Hall, intent: Intent) -> None:
        result = hall.perform(intent, DOOR)
        if isinstance(result, Done) and result.events:
            self._confirm(hall)

    def _confirm(self, hall: Hall) -> None:
        """Also at the start: what is shown then counts as told. Without gaps the newest stands for all."""
        last = hall.state.moment
        if last is not None:
            self.disk.confirm((hall.state.position, last.incarnation, last.seq))

    def cut(self, chance: random.Random, folder: Path, outcome: Outcome) -> dict[str, bytes]:
        """Cut at any moment, open what is left, and count what is missing. The files as they were left."""
        at = chance.randint(0, len(self.disk.notes))
        files = self.disk.after_cut(at, chance)
        for old in folder.iterdir():
            old.unlink()
        for name, image in files.items():
            (folder / name).write_bytes(image)
        outcome.cuts += 1
        try:
            kept = _kept(folder / "hall.db", outcome)
        except StoreError as error:
            outcome.damaged.append(str(error))
            return files
        confirmed = self.disk.confirmed_before(at)
        lost = [what for what in confirmed if what not in kept]
        outcome.confirmed += len(confirmed)
        outcome.lost += len(lost)
        outcome.losing_cuts += bool(lost)
        # The commit that ran when the power failed is there as a whole, or not at all.
        whole = {position for position, *_ in self.disk.confirmed_before(len(self.disk.notes))}
        outcome.half_done += len(kept) not in whole | {0}
        return files


def _kept(path: Path, outcome: Outcome) -> set[tuple[int, str, int]]:
    store = open_store(path)
    try:
        outcome.damaged += [str(difference) for difference in verify_store(store).differences]
        with store.reading() as connection:
            rows = connection.execute("SELECT position, incarnation, seq FROM event").fetchall()
        if outcome.cuts % 10 == 0:  # and work goes on
            hall = Hall(store, CONFIG, clock=HandClock())
            hall.perform(i.OpenDay(business_date=DATE), DOOR)
            assert isinstance(hall.perform(i.IssueTicket(service="payment"), DOOR), Done)
        return set(rows)
    finally:
        store.close()


def cut_again_and_again(cuts: int, *pragmas: str) -> Outcome:
    """So many cuts, over files that have already lived through some."""
    outcome, chance, files = Outcome(), random.Random(2026), {}
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as name:
        turn, folder, new = (Path(name, part) for part in ("turn", "left", "new.db"))
        turn.mkdir()
        folder.mkdir()
        open_store(new, create=True).close()
        for number in range(cuts // CUTS_OF_A_LIFE):
            if number % LIVES_OF_A_FILE == 0:
                files = {"hall.db": new.read_bytes()}
            life = Life(Disk({n: bytearray(image) for n, image in files.items()}), number, pragmas)
            life.live(turn)
            for _ in range(CUTS_OF_A_LIFE):
                files = life.cut(chance, folder, outcome)
    return outcome


def test_a_power_cut_takes_nothing_that_was_confirmed() -> None:
    outcome = cut_again_and_again(2_000)
    assert (outcome.cuts, outcome.lost, outcome.half_done, outcome.damaged) == (2_000, 0, 0, []), outcome
    assert outcome.confirmed > 2_000 * EVENTS_OF_A_LIFE / 8


def test_the_disk_does_forget() -> None:
    """Commits that reach the disk later are lost at most cuts: the test above would notice."""
    outcome = cut_again_and_again(200, SYNC_LATER)
    assert outcome.losing_cuts > outcome.cuts / 2, outcome
    assert outcome.damaged == []
