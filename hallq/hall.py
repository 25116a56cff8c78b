"""The hall: the only door for writes. Clock, chance and identity enter here.

One intent is one transaction: look at what others wrote, decide, append the events,
write the projections, commit. What `perform` returns as done is on the disk.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

import sqlcipher3.dbapi2 as driver
from pydantic import ValidationError

from hallq.clock import Clock, Reading, SystemClock, hall_now_ms
from hallq.domain.config import HallConfig
from hallq.domain.decide import Moment, decide
from hallq.domain.events import Event, Recorded
from hallq.domain.fold import fold
from hallq.domain.intents import Intent, KeepHouse
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.domain.text import plain
from hallq.logs import journal
from hallq.store import Store, StoreError, Trouble, customers, log
from hallq.store.codec import UnknownEvent
from hallq.store.loading import load_state
from hallq.store.past import Past
from hallq.store.projections import write_changes


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and where: a staff number or short name, and the terminal's name."""

    name: str
    terminal: str

    def __post_init__(self) -> None:
        """Both are written into every event: as harmless as any other text."""
        object.__setattr__(self, "name", plain(self.name))
        object.__setattr__(self, "terminal", plain(self.terminal))


@dataclass(frozen=True, slots=True)
class Done:
    """The intent was carried out and is on the disk."""

    events: tuple[Event, ...]
    state: HallState


@dataclass(frozen=True, slots=True)
class Refused:
    """The intent may not be carried out; nothing changed."""

    refusal: Refusal
    state: HallState


def random_incarnation() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


class Hall:
    """One hall on one file, shared by the threads of this program and by other programs."""

    def __init__(
        self,
        store: Store,
        config: HallConfig,
        *,
        clock: Clock | None = None,
        new_incarnation: Callable[[], str] = random_incarnation,
    ) -> None:
        """Take over an open store. A new incarnation names everything this run writes."""
        self.config = config
        self.past = Past(store)
        self.settings_changed = False
        self._store = store
        self._clock = clock or SystemClock()
        self._incarnation = new_incarnation()
        self._seq = 0
        self._given_ids = 0
        self._unsettled: Recorded | None = None
        self._writing = threading.Lock()
        self._seen_version = store.data_version()  # before the state: a write in between is news
        self._state = store.load_state()
        self._newer = store.is_newer(self._state.day)

    @property
    def state(self) -> HallState:
        """The newest state that this program has seen. Frozen: hand it to any thread."""
        return self._state

    def now_ms(self) -> int:
        """The hall's clock."""
        return hall_now_ms(self._state.moment, self._clock.read())

    def wall_ms(self) -> int:
        """The computer's own clock, which may be wrong."""
        return self._clock.read().wall_ms

    def perform(self, intent: Intent, actor: Actor) -> Done | Refused:
        """Carry out one intent. Raises StoreError when the file refuses.

        Nothing was kept then, or with OUTCOME_UNKNOWN it shows before the next intent is carried out.
        """
        with self._writing:
            if isinstance(intent, KeepHouse) and not self._house_is_due(intent):
                return Done((), self._state)  # no reason to stand in line
            return self._perform(intent, actor)

    def _house_is_due(self, intent: KeepHouse) -> bool:
        """Whether there is something to do here; the house of a later hallq is kept by it alone."""
        return not self._newer and bool(self._decide(intent, self._state, self._clock.read()))

    def _perform(self, intent: Intent, actor: Actor) -> Done | Refused:
        self._settle()
        recorded: list[Recorded] = []
        try:
            with self._store.writing() as connection:
                before = self._caught_up(connection)
                if self._newer:
                    raise StoreError(Trouble.NEWER_VERSION, {"path": str(self._store.path)})
                reading = self._clock.read()
                decision = self._decide(intent, before, reading)
                if isinstance(decision, Refusal):
                    self._state = before
                    return Refused(decision, before)
                recorded = self._record(decision, before, reading, actor)
                after = self._write(connection, before, recorded)
                self._unsettled = recorded[-1] if recorded else None
        except StoreError:
            if not self._settle():
                raise
        else:
            self._state, self._unsettled = after.settled(), None
        return Done(tuple(r.event for r in recorded), self._state)

    def _decide(self, intent: Intent, state: HallState, reading: Reading) -> list[Event] | Refusal:
        now_ms = hall_now_ms(state.moment, reading)
        decision = decide(intent, state, Moment(self.config, now_ms, reading.wall_ms, self._fresh_id))
        return decision if isinstance(decision, Refusal) else list(decision)

    def _fresh_id(self) -> str:
        """Unique by the incarnation's random bits, and in order, which keeps a call's pages few."""
        self._given_ids += 1
        return f"{self._incarnation}{self._given_ids:08x}"

    def _record(
        self, events: list[Event], state: HallState, reading: Reading, actor: Actor
    ) -> list[Recorded]:
        at_ms = hall_now_ms(state.moment, reading)
        recorded = []
        for step, event in enumerate(events, start=1):
            self._seq += 1
            recorded.append(
                Recorded(
                    position=state.position + step,
                    at_ms=at_ms,
                    wall_ms=reading.wall_ms,
                    boot_id=reading.boot_id,
                    boot_ms=reading.boot_ms,
                    terminal=actor.terminal,
                    incarnation=self._incarnation,
                    seq=self._seq,
                    actor=actor.name,
                    event=event,
                )
            )
        return recorded

    @staticmethod
    def _write(connection: driver.Connection, before: HallState, recorded: list[Recorded]) -> HallState:
        after = fold(before, recorded)
        if recorded:
            log.append(connection, recorded, after.business_date)
            write_changes(connection, before, after)
        if any(customers.ends_with(r.event, before.business_date) for r in recorded):
            customers.forget(connection)
        return after

    def _caught_up(self, connection: driver.Connection) -> HallState:
        """The state with what other programs wrote since.

        Loaded anew when the newest known event is gone: somebody put an older copy of the file back.
        """
        known = self._state.moment
        if known is not None and not log.holds(connection, self._state.position, known):
            journal().warning("file-replaced", position=self._state.position)
            return self._loaded(connection)
        try:
            news = list(log.read_after(connection, self._state.position))
        except ValidationError as error:
            raise StoreError(Trouble.DAMAGED, {"detail": error.title}) from error
        if any(isinstance(recorded.event, UnknownEvent) for recorded in news):
            return self._loaded(connection)  # what a later hallq means by its events only it can fold
        return fold(self._state, news).settled()

    def _loaded(self, connection: driver.Connection) -> HallState:
        state = load_state(connection)
        self._newer = log.is_newer(connection, state.day)
        return state

    def _settle(self) -> bool:
        """After a fault in the commit its outcome is unknown until looked up; whether it was written."""
        recorded = self._unsettled
        if recorded is None:
            return False
        try:
            written = self._store.holds(recorded)
            self._state = self._reloaded()
        except StoreError as error:
            journal().warning("outcome-unknown", incarnation=self._incarnation, seq=recorded.seq)
            raise StoreError(Trouble.OUTCOME_UNKNOWN, error.facts) from error
        self._unsettled = None
        return written

    def _reloaded(self) -> HallState:
        with self._store.reading() as connection:
            return self._caught_up(connection)

    def refresh(self) -> bool:
        """Take in what other programs wrote; whether there was anything. Raises StoreError."""
        version = self._store.data_version()
        if version == self._seen_version and self._unsettled is None:
            return False
        with self._writing:
            before = self._state
            self._settle()
            self._state = self._reloaded()
            self._seen_version = version
        return self._state is not before

    def customer_reference(self, number: str) -> str:
        """The opaque reference of a card or phone number; empty when the text holds no number.

        The number itself is neither kept nor logged. Raises StoreError when the file refuses.
        """
        if not customers.normal_form(number):
            return ""
        key = customers.hall_key(self._store.path)
        with self._store.writing() as connection:
            return customers.reference(connection, key, number, secrets.token_hex(16))

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()
