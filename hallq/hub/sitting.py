"""One transaction of one hall: the hall's row is locked, its clock read, its state at hand."""

import itertools
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import sqlalchemy as sa

from hallq.clock import Clock, Reading
from hallq.domain.config import HallConfig
from hallq.domain.events import Event
from hallq.domain.staff import Roster
from hallq.hub import folding, ledger, tables
from hallq.hub.bell import Bell
from hallq.hub.callers import Callers
from hallq.hub.database import Database
from hallq.hub.folding import Cache, Folded
from hallq.hub.kept import Kept, KeptCache, read_kept
from hallq.hub.ledger import HallRow, hall_clock
from hallq.hub.rosters import Rosters, read_roster
from hallq.hub.rules import Rules, read_config
from hallq.hub.statements import Question, Row, Statement, Writing, ask, commit_with
from hallq.hub.turns import Job, Turns
from hallq.logs import journal
from hallq.protocol import Entry, Envelope, Place, chained

T = TypeVar("T")

_ANSWERED = Statement(sa.insert(tables.command))


def _name_of(question: Question) -> tuple[Any, ...]:
    return (question[0], *question[1].values())


@dataclass
class Sitting:
    """What a room works with while it holds the hall.

    `answers`: what became of commands, by (device, id). `told`: what was asked together with the hall's row.
    `noted`: what else is written with the commit; only where jobs are `apart`, each of another device.
    """

    desk: "Desk"
    connection: sa.Connection
    row: HallRow
    before: HallRow
    reading: Reading
    now_ms: int
    written: list[Entry] = field(default_factory=list)
    answers: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    told: dict[Any, list[Row]] = field(default_factory=dict)
    apart: bool = False
    noted: list[Writing] = field(default_factory=list)
    known: Folded | None = None

    @property
    def hall(self) -> str:
        """Whose turn it is."""
        return self.row.hall

    @property
    def folded(self) -> Folded:
        """The state with everything that any worker has placed."""
        if self.known is None:
            self.known = folding.caught_up(self.connection, self.row, self.desk.cache.get(self.hall))
        return self.known

    def first(self, question: Question) -> Row | None:
        """The first row of the answer."""
        return next(iter(self.rows(question)), None)

    def rows(self, question: Question) -> list[Row]:
        """The answer: as it was when the hall was locked, where it was asked with it."""
        name = _name_of(question)
        return self.told.pop(name) if name in self.told else question[0].rows(self.connection, question[1])

    @property
    def config(self) -> HallConfig:
        """The hall's settings."""
        if self.row.settings_version != self.before.settings_version:  # not committed yet: not to be kept
            return read_config(self.connection, self.row)
        return self.desk.rules.of(self.connection, self.row)

    @property
    def roster(self) -> Roster:
        """The hall's staff list."""
        if self.row.roster_version != self.before.roster_version:
            return read_roster(self.connection, self.row)
        return self.desk.rosters.of(self.connection, self.row)

    @property
    def kept(self) -> Kept:
        """What is kept for somebody."""
        if self.row.kept_version != self.before.kept_version:
            return read_kept(self.connection, self.hall)
        return self.desk.kept.of(self.connection, self.row)

    @property
    def place(self) -> Place:
        """Where the log stands."""
        return Place(epoch=self.row.epoch, position=self.row.position, hash=self.row.hash)

    def put(self, envelope: Envelope, event: Event, shift_ms: int = 0, *, contested: bool = False) -> Entry:
        """Give an event its position. Raises what the fold raises, and then nothing was changed."""
        position = self.folded.position + 1
        log_hash = chained(self.folded.hash, position, envelope, shift_ms=shift_ms, contested=contested)
        entry = Entry.model_construct(
            position=position, shift_ms=shift_ms, contested=contested, hash=log_hash, event=envelope
        )
        self.take(entry, event)
        return entry

    def take(self, entry: Entry, event: Event) -> None:
        """Take an entry that follows, as it is."""
        self.known = self.folded.after(entry, event)
        self.row.position, self.row.hash = entry.position, entry.hash
        self.written.append(entry)

    def write_noted(self) -> None:
        """For whoever looks at the rows of other devices."""
        if self.noted:
            ask(self.connection, self.noted)
            self.noted.clear()

    def save(self) -> None:
        """Write down what was placed, and the row, and commit."""
        row = self.row
        if self.written and row.position - row.folded_position >= folding.STORED_EVERY:
            folding.store(self.connection, self.hall, self.folded)
            row.folded_position = row.position
        writings = ledger.appending(self.hall, self.written)
        writings += ((_ANSWERED, answer) for answer in self.answers.values())
        writings += self.noted
        if row != self.before:
            row.clock_ms, row.clock_wall_ms = max(self.now_ms, row.clock_ms), self.reading.wall_ms
            row.clock_boot_id, row.clock_boot_ms = self.reading.boot_id, self.reading.boot_ms
            writings.append(ledger.saving(row))
        commit_with(self.connection, writings)


class Desk:
    """What all rooms share in one worker."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        key: bytes,
        new_random: Callable[[], str],
        leaders: Executor | None = None,
    ) -> None:
        """A new incarnation names what this worker writes itself. `leaders`: see Turns."""
        self.database = database
        self.clock = clock
        self.key = key
        self.new_random = new_random
        self.cache = Cache()
        self.rules = Rules()
        self.kept = KeptCache()
        self.rosters = Rosters()
        self.callers = Callers()
        self.bell = Bell()
        self.placed: Callable[[Sitting], None] = lambda sitting: None
        self._turns = Turns(self._together, leaders)
        self.incarnation = new_random()[:64]
        self.seqs = itertools.count(1)

    def new_id(self) -> str:
        """Unique by the incarnation's random bits, and in order."""
        return f"{self.incarnation}{next(self.seqs):08x}"

    def used(self, hall: str) -> None:
        """Somebody asks for this hall: its position is looked at for a while."""
        self.bell.asked_for(hall, time.monotonic())

    def sit(self, hall: str, work: Callable[[Sitting], T]) -> T:
        """`work` with the hall locked; done again as a whole where the database gave way."""
        return self.in_turn(hall, work).result()

    def in_turn(self, hall: str, work: Callable[[Sitting], T], *questions: Question) -> "Future[T]":
        """As `sit`, for whoever waits in another way.

        `questions`: what `work` will ask for, the row of a device first; nobody else's work may change it.
        """
        return self._turns.take(hall, work, questions)

    def _together(self, hall: str, jobs: Sequence[Job]) -> None:
        try:
            results = self._done(hall, jobs)
        except BaseException as error:
            if len(jobs) == 1:
                jobs[0].promise.set_exception(error)
                return
            for job in jobs:  # one of them said no, and took the others' work along
                self._together(hall, [job])
            return
        for job, result in zip(jobs, results, strict=True):
            job.promise.set_result(result)

    def close(self) -> None:
        """End the turns, and let go of the database."""
        self._turns.close()
        self.database.close()

    def _begun(self, connection: sa.Connection, hall: str, jobs: Sequence[Job]) -> Sitting:
        """The hall is locked, and what the jobs ask first of all was asked with it."""
        questions = [question for job in jobs for question in job.questions]
        apart = len({facts.get("device") for _, facts in questions} - {None}) == len(jobs)
        if not apart:
            questions = []  # one of them may change the row of another's device
        rows, *answers = ask(connection, [ledger.locking(hall), *questions])
        row = ledger.the_row(rows)
        told = dict(zip(map(_name_of, questions), answers, strict=True))
        reading = self.clock.read()
        times, apart = (reading, hall_clock(row, reading)), apart and row.is_whole
        return Sitting(self, connection, row, replace(row), *times, told=told, apart=apart)

    def _done(self, hall: str, jobs: Sequence[Job]) -> list[Any]:
        def run(connection: sa.Connection) -> tuple[list[Any], Sitting]:
            sitting = self._begun(connection, hall, jobs)
            results = [job.work(sitting) for job in jobs]
            sitting.save()
            return results, sitting

        results, sitting = self.database.transaction(run)
        self._settled(sitting)
        return results

    def _settled(self, sitting: Sitting) -> None:
        """After the commit: others may see what this worker knows. A fault here does nothing done again."""
        if sitting.known is not None:
            self.cache.put(sitting.hall, sitting.known)
        if sitting.written:
            try:
                self.bell.ring(sitting.hall, sitting.row.position)
                self.placed(sitting)
            except Exception as error:
                journal().error("hub-after-commit", hall=sitting.hall, error=repr(error)[:200])
