"""The roll call: who of the staff list is here, at which counter, and who is missing."""

from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.attendance import Attendance, Whereabouts
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.policy.eligible import rule_of
from hallq.domain.staff import Role, Roster, Staff
from hallq.domain.state import HallState
from hallq.domain.wall import on_wall

WORKING = frozenset({Role.CLERK, Role.GUIDE, Role.MANAGER})
"""Whoever has one of these roles is expected every day; an admin alone is not."""
TOLD_MINUTES = 60
"""So long after the opening who is missing stands in the first lines, and who comes is late."""


class Standing(StrEnum):
    """How somebody stands in the roll call, in its order."""

    MISSING = "missing"
    AWAY = "away"
    HERE = "here"
    GONE = "gone"
    """Was here today and signed out."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RollRow:
    """One person. `arrived_at_ms`: on the hall's wall, None if not yet. `minutes`: it stands so for so long.

    `counter`: None where they have none; `is_late`: came after the roll call.
    """

    staff_id: str
    number: str
    name: str
    roles: frozenset[Role]
    standing: Standing
    arrived_at_ms: int | None = None
    minutes: int = 0
    terminal: str = ""
    counter: int | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who is expected. `due`: the time on the wall by which they sign in."""

    rows: tuple[RollRow, ...]
    due: str

    def standing(self, *wanted: Standing) -> tuple[RollRow, ...]:
        """Those who stand like this."""
        return tuple(row for row in self.rows if row.standing in wanted)


def roll_call(state: HallState, roster: Roster, config: HallConfig, now_ms: int) -> Roll:
    """The roll at `now_ms` on the hall's clock: who is missing first, each by number."""
    counters = {counter.clerk: counter for counter in state.counters.values() if counter.clerk}
    people = [p for p in roster.staff.values() if p.is_active and p.roles & WORKING]
    rows = [_row(state, config, person, counters.get(person.number), now_ms) for person in people]
    order = {standing: place for place, standing in enumerate(Standing)}
    rows.sort(key=lambda row: (order[row.standing], row.number))
    return Roll(tuple(rows), "{:02}:{:02}".format(*divmod(_due(config), 60)))


def _row(
    state: HallState, config: HallConfig, person: Staff, counter: Counter | None, now_ms: int
) -> RollRow:
    known = state.attendance.get(person.staff_id)
    standing = _standing(known, config, now_ms)
    number = counter.number if counter else None
    if known is None or standing is Standing.MISSING:
        return RollRow(
            person.staff_id, person.number, person.name, person.roles, standing, None, 0, "", number
        )
    arrived_at_ms = None if known.arrived_ms is None else known.arrived_ms + state.clock_offset_ms
    return RollRow(
        person.staff_id,
        person.number,
        person.name,
        person.roles,
        standing,
        arrived_at_ms,
        max(0, now_ms - known.since_ms) // MINUTE_MS,
        known.terminal,
        number,
        arrived_at_ms is not None and _is_late(arrived_at_ms, config),
    )


def _standing(known: Attendance | None, config: HallConfig, now_ms: int) -> Standing:
    if known is not None and known.whereabouts is Whereabouts.OFF:
        return Standing.OFF
    if known is None or known.arrived_ms is None:
        return Standing.MISSING
    if known.is_silent(now_ms, config.staff.silence_ms):
        return Standing.AWAY
    out = {Whereabouts.HERE: Standing.HERE, Whereabouts.AWAY: Standing.AWAY}
    return out.get(known.whereabouts, Standing.GONE)


def _due(config: HallConfig) -> int:
    """When everybody is to be here, in minutes of the day."""
    opens = config.hall.opens
    return max(0, opens.hour * 60 + opens.minute - config.staff.roll_call_minutes)


def _minute_of_day(shown_ms: int, config: HallConfig) -> int:
    """A shown time, in minutes of the day."""
    local = on_wall(shown_ms, config.zone_info)
    return local.hour * 60 + local.minute


def is_told(config: HallConfig, shown_ms: int) -> bool:
    """Whether who is missing belongs in the first line now: from the roll call on, for some time."""
    return (
        0 <= _minute_of_day(shown_ms, config) - _due(config) <= config.staff.roll_call_minutes + TOLD_MINUTES
    )


def _is_late(arrived_at_ms: int, config: HallConfig) -> bool:
    """Whether somebody came after the roll call; whoever comes much later belongs to another shift."""
    on_time = _minute_of_day(arrived_at_ms, config) == _due(config)
    return is_told(config, arrived_at_ms) and not on_time


def absent_ms(
    state: HallState, roster: Roster, config: HallConfig, counter: Counter, now_ms: int
) -> int | None:
    """How long nobody has been at an open counter, as far as its clerk's screen tells; None if unknown.

    Where nobody signs in, an open counter that calls none of those who wait is all that is known.
    """
    if counter.state is not CounterState.OPEN:
        return None
    person = roster.numbered(counter.clerk or "")
    known = state.attendance.get(person.staff_id) if person else None
    if known is None:
        rule = rule_of(state, config, counter.number)
        takes = rule.could_take if rule else lambda *_ticket: False
        mine = (t for t in state.waiting() if takes(t.service, t.lane, t.bound_counter))
        waiting = [ticket.waiting_since_ms for ticket in mine]
        return now_ms - max(counter.since_ms, min(waiting)) if waiting else None
    if known.whereabouts is Whereabouts.HERE and not known.is_silent(now_ms, config.staff.silence_ms):
        return None
    return now_ms - max(counter.since_ms, known.since_ms)
