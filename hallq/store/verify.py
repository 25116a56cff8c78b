"""Proof that what is stored is what happened: fold the log again, compare every row.

Visits that have ended are compared as the fold lets go of them, so a year's file needs
no more memory than a day's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.counters import Counter
from hallq.domain.days import BusinessDay
from hallq.domain.events import Recorded
from hallq.domain.fold import apply
from hallq.domain.state import HallState, Rescue
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction
from hallq.store import shape
from hallq.store.codec import UnknownEvent
from hallq.store.loading import figures_of, load_state, rows_as
from hallq.store.log import read_after
from hallq.store.opening import Store
from hallq.store.trouble import StoreError
from hallq.store.verdict import Verdict

_TWICE = "SELECT incarnation, seq, COUNT(*) FROM event GROUP BY incarnation, seq HAVING COUNT(*) > 1"


def verify_store(store: Store, *, on_event: Callable[[int], None] = lambda position: None) -> Verdict:
    """Compare log and projections in one consistent look. Raises StoreError from the disk.

    `on_event` hears each position, for a progress line.
    """
    with store.reading() as connection:
        return _Verification(connection, on_event).run()


class _Verification:
    """One pass over the log of one file."""

    def __init__(self, connection: driver.Connection, on_event: Callable[[int], None]) -> None:
        self._connection = connection
        self._on_event = on_event
        self._verdict = Verdict()
        self._seen: dict[type, set[str]] = {Ticket: set(), Transaction: set()}
        self._dates: set[str] = set()
        self._rescues: dict[int, Rescue] = {}

    def run(self) -> Verdict:
        """The whole comparison; other tables, or a log that cannot be read, are compared no further."""
        self._check_file()
        state = self._folded() if self._tables_fit() else None
        if state is not None:
            self._compare_live(state)
            self._compare_strangers(state)
            self._compare_loaded(state)
        return self._verdict

    def _check_file(self) -> None:
        for (told,) in self._connection.execute("PRAGMA integrity_check"):
            if told != "ok":
                self._verdict.differs(f"the file itself: {told}")
        for incarnation, seq, times in self._connection.execute(_TWICE):
            self._verdict.differs(f"event {seq} of run {incarnation} is in the log {times} times")

    def _tables_fit(self) -> bool:
        for sentence in shape.missing_guards(self._connection):
            self._verdict.differs(sentence)
        others = list(shape.other_tables(self._connection))
        for sentence in others:
            self._verdict.differs(sentence)
        self._verdict.counts("tables", len(shape.DECLARED))
        return not others

    def _folded(self) -> HallState | None:
        state = HallState()
        events = read_after(self._connection, 0)
        while True:
            try:
                recorded = next(events, None)
                if recorded is None:
                    break
                after = apply(state, recorded)
            except (ValueError, TypeError, LookupError) as error:
                self._stops(
                    f"the event after position {state.position} cannot be read ({type(error).__name__})"
                )
                return None
            if isinstance(recorded.event, UnknownEvent):
                self._stops(f"the event at position {recorded.position} was written by a newer hallq")
                return None
            self._check_order(state, recorded)
            state = self._one_more(state, after)
            self._on_event(recorded.position)
        if state.day is not None:
            self._compare_day(state)
        return state

    def _stops(self, why: str) -> None:
        self._verdict.differs(f"{why}; what follows was not compared")

    def _check_order(self, state: HallState, recorded: Recorded) -> None:
        self._verdict.counts("events")
        if recorded.position != state.position + 1:
            self._verdict.differs(f"the log jumps from position {state.position} to {recorded.position}")
        if state.moment is not None and recorded.at_ms < state.moment.at_ms:
            self._verdict.differs(f"the hall's clock runs backwards at position {recorded.position}")

    def _one_more(self, state: HallState, after: HallState) -> HallState:
        self._rescues |= {r.position: r for r in after.rescues if r.position > state.position}
        if state.day is not None and after.business_date != state.business_date:
            self._compare_day(state)  # the fold forgets a day's figures when the next one opens
        for gone in after.departed:
            self._compare_entity(gone)
        return after.settled()

    def _compare_day(self, state: HallState) -> None:
        date = state.business_date
        self._dates.add(date)
        stored = figures_of(self._connection, date)
        self._compare_mapping(f"figure of {date}", state.figures, stored)
        self._verdict.counts("figures", len(state.figures))
        (row,) = self._rows(BusinessDay, f"WHERE date = '{date}'") or (None,)
        self._compare_fields(f"day {date}", state.day, row)
        self._verdict.counts("days")

    def _compare_entity(self, entity: Ticket | Transaction) -> None:
        kind = type(entity)
        key, name = (
            (entity.ticket_id, f"ticket {entity.label} of {entity.business_date}")
            if isinstance(entity, Ticket)
            else (entity.transaction_id, f"transaction {entity.transaction_id}")
        )
        self._seen[kind].add(key)
        column = fields(kind)[0].name
        quoted = key.replace("'", "''")
        found = self._rows(kind, f"WHERE {column} = '{quoted}'")
        self._compare_fields(name, entity, found[0] if found else None)
        self._verdict.counts("tickets" if kind is Ticket else "transactions")

    def _compare_live(self, state: HallState) -> None:
        live: list[Ticket | Transaction] = [*state.tickets.values(), *state.transactions.values()]
        for entity in live:
            self._compare_entity(entity)
        counters = {counter.number: counter for counter in self._rows(Counter)}
        self._compare_entities("counter", state.counters, counters)
        self._verdict.counts("counters", len(state.counters))
        rescues = {rescue.position: rescue for rescue in self._rows(Rescue)}
        self._compare_entities("rescue at position", self._rescues, rescues)
        self._compare_series(state.series)

    def _compare_series(self, series: Mapping[str, Mapping[str, int]]) -> None:
        rows = self._connection.execute("SELECT business_date, series, last_number FROM series")
        stored = {(date, letter): last for date, letter, last in rows}
        told = {(date, letter): last for date, letters in series.items() for letter, last in letters.items()}
        self._compare_mapping("last number of series", told, stored)
        self._verdict.counts("series", len(told))

    def _compare_strangers(self, state: HallState) -> None:
        """Rows that no event brought about."""
        for table, key, known in (
            ("ticket", "ticket_id", self._seen[Ticket]),
            ("service_transaction", "transaction_id", self._seen[Transaction]),
            ("business_day", "date", self._dates),
        ):
            for (found,) in self._connection.execute(f"SELECT {key} FROM {table}"):
                if found not in known:
                    self._verdict.differs(f"{table} {found}: stored, but no event made it")
        for (date,) in self._connection.execute("SELECT DISTINCT business_date FROM figure"):
            if date not in self._dates:
                self._verdict.differs(f"figures of {date}: stored, but no event opened that day")

    def _compare_loaded(self, state: HallState) -> None:
        """What a terminal would load now, against the fold."""
        try:
            loaded = load_state(self._connection)
        except StoreError as error:
            self._verdict.differs(f"a start could not load what is stored: {error.facts['detail']}")
            return
        for name in ("position", "moment", "day", "recent_calls", "rescues"):
            if getattr(loaded, name) != getattr(state, name):
                told = f"the events say {getattr(state, name)}, a start would load {getattr(loaded, name)}"
                self._verdict.differs(f"{name}: {told}")
        for name in ("tickets", "transactions"):
            unlike = set(getattr(loaded, name)) ^ set(getattr(state, name))
            for key in sorted(unlike):
                self._verdict.differs(
                    f"{name}: {key} is live by the events or by what is stored, not by both"
                )

        for name in ("figures", "series", "counters"):
            ours, theirs = getattr(state, name), getattr(loaded, name)
            for key in sorted(k for k in {*ours, *theirs} if ours.get(k) != theirs.get(k)):
                self._verdict.differs(f"{name}: {key}: a start would load what the events do not say")

    def _rows(self, entity: type, clause: str = "") -> list[Any]:
        try:
            return rows_as(self._connection, entity, clause)
        except ValueError as error:
            self._verdict.differs(f"{entity.__name__.lower()}: {error}")
            return []

    def _compare_entities(self, name: str, told: Mapping[int, Any], stored: Mapping[int, Any]) -> None:
        for key in sorted({*told, *stored}):
            self._compare_fields(f"{name} {key}", told.get(key), stored.get(key))

    def _compare_fields(self, name: str, told: Any, stored: Any) -> None:
        if told is None or stored is None:
            missing = "no row is stored" if stored is None else "stored, but no event made it"
            self._verdict.differs(f"{name}: {missing}")
        elif told != stored:
            for part in _unlike(told, stored):
                self._verdict.differs(f"{name}: {part}")

    def _compare_mapping(self, name: str, told: Mapping[Any, int], stored: Mapping[Any, int]) -> None:
        for key in sorted({*told, *stored}):
            if told.get(key) != stored.get(key):
                shown = " ".join(key) if isinstance(key, tuple) else key
                self._verdict.differs(f"{name} {shown}: {_both(told.get(key), stored.get(key))}")


def _unlike(told: Any, stored: Any) -> Iterable[str]:
    for part in fields(told):
        ours, theirs = getattr(told, part.name), getattr(stored, part.name)
        if ours != theirs:
            yield f"{part.name}: {_both(ours, theirs)}"


def _both(told: Any, stored: Any) -> str:
    return f"the events say {_shown(told)}, stored is {_shown(stored)}"


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)
