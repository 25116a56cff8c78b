"""What a program knows of its file: the hall's log folded, and own unplaced events on top of it."""

from collections.abc import Sequence
from dataclasses import replace

import sqlcipher3.dbapi2 as driver
from pydantic import ValidationError

from hallq.clock import Reading, hall_now_ms
from hallq.domain.contested import fits
from hallq.domain.events import Recorded
from hallq.domain.fold import apply, fold
from hallq.domain.staff import Roster
from hallq.domain.state import HallState, LastMoment
from hallq.logs import journal
from hallq.store import joined as joining
from hallq.store import log, outbox, staff
from hallq.store.codec import UnknownEvent
from hallq.store.joined import Joined
from hallq.store.loading import load_state
from hallq.store.outbox import Mark
from hallq.store.trouble import StoreError, Trouble

_Shown = tuple[str, int, bool]
"""An own event on top of the hall's log: incarnation, seq, and whether it no longer fits."""


class Replica:
    """One program's view of the file, brought up to date inside its transactions.

    `base` is the fold of the hall's log. `state` is what people see: in a hall without a hub the
    same, else with the own events on top that the hub has not placed yet.
    """

    def __init__(self, connection: driver.Connection) -> None:
        """Load everything. Raises StoreError for a file that cannot be read."""
        self.base = HallState()
        self.state = self.base
        self.joined: Joined | None = None
        self.is_newer = False
        self.roster = Roster()
        self._mark = Mark()
        self._own: list[_Shown] = []
        self._own_last: Recorded | None = None
        self._load(connection)

    @property
    def is_blank(self) -> bool:
        """Whether nothing ever happened in this file."""
        return not (self.state.position or self._mark.last)

    def now_ms(self, reading: Reading) -> int:
        """The hall's clock: the hub's as far as this machine heard of it, and never before an own event."""
        if self.joined is None or self.joined.anchor is None:
            return hall_now_ms(self.state.moment, reading)
        now_ms = hall_now_ms(self.joined.anchor, reading)
        own = self._own_last
        return max(now_ms, hall_now_ms(LastMoment.of(own), reading)) if own else now_ms

    def catch_up(self, connection: driver.Connection) -> HallState:
        """The state with what was written since the last look, by whomever.

        Loaded anew when the newest known event is gone: somebody put an older copy of the file back,
        or the hub's log was taken from the start.
        """
        self._read_roster(connection)
        known = self.base.moment
        if known is not None and not log.holds(connection, self.base.position, known):
            journal().warning("file-replaced", position=self.base.position)
            return self._load(connection)
        news = self._news(connection)
        return self.follow(connection, news, fold(self.base, news).settled())

    def follow(self, connection: driver.Connection, news: Sequence[Recorded], base: HallState) -> HallState:
        """The state with `news`, which are in the file as this transaction sees it; `base` is their fold."""
        if any(isinstance(recorded.event, UnknownEvent) for recorded in news):
            return self._load(connection)  # what a later hallq means by its events only it can fold
        self.base, self.joined = base, joining.load(connection)
        return self._with_own(connection, news)

    def take(self, state: HallState, recorded: list[Recorded], *, placed: bool) -> None:
        """The program's own write is on the disk: `state` is what it led to."""
        self.state = state.settled()
        if placed:
            self.base = self.state
        elif recorded:
            self._own_last = recorded[-1]
            self._own += [(r.incarnation, r.seq, False) for r in recorded]
            self._mark = Mark(self._mark.last + len(recorded), self._mark.count + len(recorded))

    def _read_roster(self, connection: driver.Connection) -> None:
        """The staff list, where it is another than the one known."""
        if staff.version(connection) != self.roster.version:
            self.roster = staff.load(connection)

    def _load(self, connection: driver.Connection) -> HallState:
        self._read_roster(connection)
        self.base = load_state(connection)
        self.is_newer = log.is_newer(connection, self.base.day)
        self.joined = joining.load(connection)
        return self._with_own(connection, None)

    def _news(self, connection: driver.Connection) -> list[Recorded]:
        try:
            return list(log.read_after(connection, self.base.position))
        except ValidationError as error:
            raise StoreError(Trouble.DAMAGED, {"detail": error.title}) from error

    def _with_own(self, connection: driver.Connection, news: Sequence[Recorded] | None) -> HallState:
        """`news`: what the base has just taken in; None when it was loaded anew."""
        if self.joined is None:
            self.state, self._mark, self._own, self._own_last = self.base, Mark(), [], None
            return self.state
        mark = outbox.mark(connection)
        known = news is not None and self._are_shown(news)
        own = self._own[len(news or ()) :]
        new = outbox.read_after(connection, self._mark.last) if known and mark.last > self._mark.last else []
        if known and mark.count == len(own) + len(new):
            state = self.state if own else self.base
        else:
            own, new, state = [], outbox.read_after(connection, 0), self.base
        self._own = own
        self.state = self._on_top(state, new)
        self._own_last = new[-1] if new else (self._own_last if mark.count else None)
        self._mark = mark
        return self.state

    def _are_shown(self, news: Sequence[Recorded]) -> bool:
        """Whether the hub placed own events, and nothing else, just as they are shown already."""
        told = [(r.incarnation, r.seq, r.contested) for r in news]
        return told == self._own[: len(told)] and not any(r.shift_ms for r in news)

    def _on_top(self, state: HallState, own: list[Recorded]) -> HallState:
        """Own events at the places that they would have now, marked where they no longer fit."""
        names = self.joined.devices if self.joined else ()
        for recorded in own:
            contested = not fits(recorded.event, state, recorded.device, *names)
            placed = replace(recorded, position=state.position + 1, contested=contested)
            state = apply(state, placed).settled()
            self._own.append((recorded.incarnation, recorded.seq, contested))
        return state
