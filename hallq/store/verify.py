"""Proof that what is stored is what happened: fold the log again, compare every row.

Visits that have ended are compared as the fold lets go of them, so a year's file needs
no more memory than a day's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.attendance import Attendance
from hallq.domain.counters import Counter
from hallq.domain.days import BusinessDay
from hallq.domain.events import Event, Recorded
from hallq.domain.fold import apply
from hallq.domain.state import HallState, Living, Rescue
from hallq.i18n import N_, Sentence
from hallq.store import joined as joining
from hallq.store import shape
from hallq.store.codec import UnknownEvent
from hallq.store.loading import figures_of, load_state, rows_as
from hallq.store.log import read_after
from hallq.store.opening import Store
from hallq.store.projections import ENTITIES, LIVING
from hallq.store.trouble import StoreError
from hallq.store.verdict import COUNTED, NAMES, NO_EVENT, NO_ROW, PART, WHOLE, Verdict, unlike, value_shown

_TWICE = "SELECT incarnation, seq, COUNT(*) FROM event GROUP BY incarnation, seq HAVING COUNT(*) > 1"


def verify_store(store: Store, *, on_event: Callable[[int], None] = lambda position: None) -> Verdict:
    """Compare log and projections in one consistent look. Raises StoreError from the disk.

    `on_event` hears each position, for a progress line.
    """
    with store.reading() as connection:
        return verify(connection, on_event)


def verify(connection: driver.Connection, on_event: Callable[[int], None]) -> Verdict:
    """Compare log and projections as one open transaction sees them."""
    return _Verification(connection, on_event).run()


class _Verification:
    """One pass over the log of one file."""

    def __init__(self, connection: driver.Connection, on_event: Callable[[int], None]) -> None:
        self._connection = connection
        self._on_event = on_event
        self._verdict = Verdict()
        self._seen: dict[type, set[str]] = {kind: set() for kind in NAMES}
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
                self._verdict.differs(N_("the file itself: {detail}"), detail=told)
        for incarnation, seq, times in self._connection.execute(_TWICE):
            told = N_("event {seq} of run {run} is in the log {times} times")
            self._verdict.differs(told, seq=seq, run=incarnation, times=times)

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
        events = self._events()
        while True:
            try:
                recorded = next(events, None)
                if recorded is None:
                    break
                after = apply(state, recorded)
            except (ValueError, TypeError, LookupError) as error:
                why = N_("the event after position {position} cannot be read ({detail})")
                self._stops(why, position=state.position, detail=type(error).__name__)
                return None
            if isinstance(recorded.event, UnknownEvent):
                why = N_("the event at position {position} was written by a newer hallq")
                self._stops(why, position=recorded.position)
                return None
            self._check_order(state, recorded)
            state = self._one_more(state, after)
            self._on_event(recorded.position)
        if state.day is not None:
            self._compare_day(state)
        return state

    def _events(self) -> Iterator[Recorded]:
        """What was folded: an event in quarantine moved the position only."""
        aside = joining.aside(self._connection)
        if aside:
            self._verdict.counts("quarantined", len(aside))
        for recorded in read_after(self._connection, 0):
            yield replace(recorded, event=Event()) if recorded.position in aside else recorded

    def _stops(self, why: str, **facts: object) -> None:
        self._verdict.differs(N_("{why}; what follows was not compared"), why=Sentence(why, **facts))

    def _check_order(self, state: HallState, recorded: Recorded) -> None:
        self._verdict.counts("events")
        if recorded.position != state.position + 1:
            told = N_("the log jumps from position {before} to {after}")
            self._verdict.differs(told, before=state.position, after=recorded.position)
        if recorded.device:
            return  # what happened at several terminals is in the order in which the hub heard of it
        if state.moment is not None and recorded.at_ms < state.moment.at_ms:
            told = N_("the hall's clock runs backwards at position {position}")
            self._verdict.differs(told, position=recorded.position)

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
        self._compare_mapping(N_("figure of {date} {key}"), state.figures, stored, date=date)
        self._verdict.counts("figures", len(state.figures))
        (row,) = self._rows(BusinessDay, "WHERE date = ?", date) or (None,)
        self._compare_fields(Sentence(N_("day {date}"), date=date), state.day, row)
        self._verdict.counts("days")

    def _compare_entity(self, entity: Living) -> None:
        kind = type(entity)
        column = fields(kind)[0].name
        key = getattr(entity, column)
        label = getattr(entity, "label", "")
        name = Sentence(NAMES[kind], id=key, label=label, date=entity.business_date)
        self._seen[kind].add(key)
        found = self._rows(kind, f"WHERE {column} = ?", key)
        self._compare_fields(name, entity, found[0] if found else None)
        self._verdict.counts(COUNTED[kind])

    def _compare_live(self, state: HallState) -> None:
        for living in LIVING.values():
            for entity in living(state).values():
                self._compare_entity(entity)
        self._compare_entities(N_("counter {key}"), Counter, state.counters)
        self._verdict.counts("counters", len(state.counters))
        self._compare_entities(N_("rescue at position {key}"), Rescue, self._rescues)
        self._compare_entities(N_("attendance of {key}"), Attendance, state.attendance)
        self._compare_series(state.series)

    def _compare_series(self, series: Mapping[str, Mapping[str, int]]) -> None:
        rows = self._connection.execute("SELECT business_date, series, last_number FROM series")
        stored = {(date, letter): last for date, letter, last in rows}
        told = {(date, letter): last for date, letters in series.items() for letter, last in letters.items()}
        self._compare_mapping(N_("last number of series {key}"), told, stored)
        self._verdict.counts("series", len(told))

    def _compare_strangers(self, state: HallState) -> None:
        """Rows that no event brought about."""
        tables = ((ENTITIES[kind], fields(kind)[0].name, seen) for kind, seen in self._seen.items())
        for table, key, known in (*tables, ("business_day", "date", self._dates)):
            for (found,) in self._connection.execute(f"SELECT {key} FROM {table}"):
                if found not in known:
                    self._verdict.differs(NO_EVENT, name=f"{table} {found}")
        for (date,) in self._connection.execute("SELECT DISTINCT business_date FROM figure"):
            if date not in self._dates:
                told = N_("figures of {date}: stored, but no event opened that day")
                self._verdict.differs(told, date=date)

    def _compare_loaded(self, state: HallState) -> None:
        """What a terminal would load now, against the fold."""
        try:
            loaded = load_state(self._connection)
        except StoreError as error:
            told = N_("a start could not load what is stored: {detail}")
            self._verdict.differs(told, detail=error.facts["detail"])
            return
        for name in ("position", "moment", "day", "recent_calls", "rescues"):
            if getattr(loaded, name) != getattr(state, name):
                told = N_("{name}: the events say {told}, a start would load {loaded}")
                ours, theirs = getattr(state, name), getattr(loaded, name)
                self._verdict.differs(told, name=name, told=ours, loaded=theirs)
        for name in ("tickets", "transactions", "appointments"):
            unlike = set(getattr(loaded, name)) ^ set(getattr(state, name))
            for key in sorted(unlike):
                told = N_("{name}: {key} is live by the events or by what is stored, not by both")
                self._verdict.differs(told, name=name, key=key)
        for name in ("figures", "series", "counters", "attendance", "notes", "low_ratings", "complaints"):
            ours, theirs = getattr(state, name), getattr(loaded, name)
            for key in sorted(k for k in {*ours, *theirs} if ours.get(k) != theirs.get(k)):
                told = N_("{name}: {key}: a start would load what the events do not say")
                self._verdict.differs(told, name=name, key=key)

    def _rows(self, entity: type, clause: str = "", *values: object) -> list[Any]:
        try:
            return rows_as(self._connection, entity, clause, values)
        except ValueError as error:
            told = N_("{name}: a value that no hallq writes: {detail}")
            self._verdict.differs(told, name=entity.__name__.lower(), detail=error)
            return []

    def _compare_entities(self, name: str, entity: type, told: Mapping[Any, Any]) -> None:
        stored = {getattr(row, fields(entity)[0].name): row for row in self._rows(entity)}
        for key in sorted({*told, *stored}):
            self._compare_fields(Sentence(name, key=key), told.get(key), stored.get(key))

    def _compare_fields(self, name: Sentence, told: Any, stored: Any) -> None:
        if told is None or stored is None:
            self._verdict.differs(NO_ROW if stored is None else NO_EVENT, name=name)
        elif told != stored:
            for part, ours, theirs in unlike(told, stored):
                self._verdict.differs(PART, name=name, part=part, told=ours, stored=theirs)

    def _compare_mapping(
        self, name: str, told: Mapping[Any, int], stored: Mapping[Any, int], **facts: object
    ) -> None:
        for key in sorted({*told, *stored}):
            ours, theirs = told.get(key), stored.get(key)
            if ours != theirs:
                shown = " ".join(key) if isinstance(key, tuple) else key
                where = Sentence(name, key=shown, **facts)
                self._verdict.differs(WHOLE, name=where, told=value_shown(ours), stored=value_shown(theirs))
