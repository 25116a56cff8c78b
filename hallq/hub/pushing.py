"""Push: a terminal's own events get their positions, each exactly once."""

from concurrent.futures import Future
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import ValidationError

from hallq.domain.clock_shift import shifted
from hallq.domain.contested import fits, owner_of_counter
from hallq.domain.events import Event
from hallq.hub import ledger, tables
from hallq.hub.devices import DeviceRow, at_work, question, save_device, saving
from hallq.hub.pages import check_place
from hallq.hub.recovery import must_have_its_past, sent
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.statements import Question, Statement
from hallq.hub.succession import acts_for, adopt, succeeded_now
from hallq.logs import journal
from hallq.protocol import Envelope, Fate, Fault, Offered, Push, Pushed, Unfit

SLACK_MS = 2_000
"""How far an event may lie outside the time between its terminal's last contact and its arrival."""

_Q = tables.quarantine.c
_QUARANTINED = Statement(
    sa.select(_Q.seq, _Q.reason).where(
        _Q.hall == sa.bindparam("hall"), _Q.incarnation == sa.bindparam("incarnation")
    )
)
_FARTHEST_MS = 2**53
_FAULT_LENGTH = 500


@dataclass
class _Batch:
    """What is known while a batch is placed. `shift_ms`: the last event's, good for the next one too."""

    device: DeviceRow
    placed: dict[tuple[str, int], str]
    quarantined: dict[tuple[str, int], str]
    shift_ms: int = 0


def push(desk: Desk, caller: Caller, pushed: Push | Offered) -> "Future[Pushed]":
    """Place what is new, in its turn; a repetition, also of a part, changes nothing."""
    if caller.role is not Role.TERMINAL:
        raise HubFault(Fault.FORBIDDEN)

    def work(sitting: Sitting) -> Pushed:
        device = at_work(sitting, caller, pushed.session)
        must_have_its_past(sitting)
        if pushed.place is not None:
            check_place(sitting.connection, sitting.row, sitting.folded, pushed.place)
        batch = _begin(sitting, device, pushed)
        fates = [_fate(sitting, batch, envelope) for envelope in pushed.events]
        _note(sitting, device, pushed, batch.shift_ms)
        return Pushed(fates=fates, place=sitting.place, hall_ms=sitting.now_ms)

    names = _names(pushed)
    return desk.in_turn(
        caller.hall,
        work,
        question(caller),
        *ledger.named(caller.hall, names),
        *_put_aside(caller.hall, names),
    )


def _begin(sitting: Sitting, device: DeviceRow, pushed: Push | Offered) -> _Batch:
    names = _names(pushed)
    fit = [e for e in pushed.events if isinstance(e, Envelope)]
    for stranger in {e.device for e in fit} - set(device.family):
        adopt(sitting, device, stranger)
    placed = _placed(sitting, names)
    known = _answered(sitting, _put_aside(sitting.hall, names))
    return _Batch(device, placed, known, _shift_of(sitting, device, fit, placed))


def _shift_of(
    sitting: Sitting, device: DeviceRow, events: list[Envelope], placed: dict[tuple[str, int], str]
) -> int:
    """One shift for the whole batch, so that lengths of time stay: none, while all lies in the window."""
    times = [e.at_ms for e in events if (e.incarnation, e.seq) not in placed]
    if not times:
        return 0
    first, last = _window(sitting, device)
    if max(times) > last:
        return last - SLACK_MS - max(times)
    if min(times) < first:
        return first + SLACK_MS - min(times)
    return 0


def _window(sitting: Sitting, device: DeviceRow) -> tuple[int, int]:
    return device.bound_ms - SLACK_MS, sitting.now_ms + SLACK_MS


def _fate(sitting: Sitting, batch: _Batch, envelope: Envelope | Unfit) -> Fate:
    name = (envelope.incarnation, envelope.seq)
    if isinstance(envelope, Unfit):
        return _quarantine(sitting, batch, envelope, "it breaks a bound of the wire")
    if name in batch.placed:
        if batch.placed[name] == envelope.body:
            return Fate.DUPLICATE
        return _quarantine(sitting, batch, envelope, "another event has this name")
    if name in batch.quarantined:
        return Fate.QUARANTINED
    if any("\0" in text for text in _texts(envelope)):
        return _quarantine(sitting, batch, envelope, "a text holds a zero byte")
    try:
        event = ledger.read_event(envelope)
    except ValidationError as error:
        return _quarantine(sitting, batch, envelope, str(error))
    shift_ms = _within(sitting, batch, envelope)
    if abs(shift_ms) > _FARTHEST_MS:
        return _quarantine(sitting, batch, envelope, "its time is out of reach")
    try:
        _put(sitting, batch, envelope, event, shift_ms)
    except Exception as error:  # a fault of the fold stops this event, not the hall
        journal().error("hub-poison", hall=sitting.hall, incarnation=name[0], seq=name[1], exc_info=True)
        return _quarantine(sitting, batch, envelope, repr(error))
    batch.placed[name] = envelope.body
    return Fate.ACCEPTED


def _within(sitting: Sitting, batch: _Batch, envelope: Envelope) -> int:
    """The batch's shift, or what brings this event to the edge of the window where that is not enough."""
    first, last = _window(sitting, batch.device)
    at_ms = envelope.at_ms + batch.shift_ms
    if first <= at_ms <= last:
        return batch.shift_ms
    return (first if at_ms < first else last) - envelope.at_ms


def _put(sitting: Sitting, batch: _Batch, envelope: Envelope, event: Event, shift_ms: int) -> None:
    moved = shifted(event, shift_ms)
    state = sitting.folded.state
    contested = not fits(moved, state, *batch.device.family)
    if contested and (owner := owner_of_counter(moved, state)) and acts_for(sitting, batch.device, owner):
        contested = not fits(moved, state, owner)
    sitting.put(envelope, event, shift_ms, contested=contested)


def _texts(envelope: Envelope) -> tuple[str, ...]:
    """What is stored as it came; PostgreSQL has no place for a zero byte."""
    named = (envelope.terminal, envelope.actor, envelope.boot_id)
    return (*named, envelope.kind, envelope.business_date, envelope.body)


def _names(pushed: Push | Offered) -> list[tuple[str, int]]:
    return [(e.incarnation, e.seq) for e in pushed.events]


def _put_aside(hall: str, names: list[tuple[str, int]]) -> list[Question]:
    return [(_QUARANTINED, {"hall": hall, "incarnation": run}) for run in {name[0] for name in names}]


def _placed(sitting: Sitting, names: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Which of these events have their places already, with their stored text."""
    found = _answered(sitting, ledger.named(sitting.hall, names))
    wanted = set(names)
    placed = {name: body for name, body in found.items() if name in wanted}
    for entry in sitting.written:  # a repetition may have come in the same transaction
        name = (entry.event.incarnation, entry.event.seq)
        if name in wanted:
            placed[name] = entry.event.body
    return placed


def _answered(sitting: Sitting, questions: list[Question]) -> dict[tuple[str, int], str]:
    return {(asked[1]["incarnation"], seq): text for asked in questions for seq, text in sitting.rows(asked)}


def _quarantine(sitting: Sitting, batch: _Batch, envelope: Envelope | Unfit, reason: str) -> Fate:
    name = (envelope.incarnation, envelope.seq)
    if name not in batch.quarantined:
        batch.quarantined[name] = reason
        values = {
            "hall": sitting.hall,
            "incarnation": envelope.incarnation,
            "seq": envelope.seq,
            "device": envelope.device if isinstance(envelope, Envelope) else batch.device.device,
            "at_ms": sitting.now_ms,
            "reason": reason[:_FAULT_LENGTH].replace("\0", ""),
            "envelope": envelope.model_dump_json(),
        }
        sitting.connection.execute(sa.insert(tables.quarantine), values)
        journal().warning("hub-quarantine", hall=sitting.hall, incarnation=name[0], seq=name[1])
    return Fate.QUARANTINED


def _note(sitting: Sitting, device: DeviceRow, pushed: Push | Offered, shift_ms: int) -> None:
    changes: dict[str, object] = {"seen_ms": sitting.now_ms, "used": True}
    if pushed.more != device.more:
        changes["more"] = pushed.more
        sitting.row.kept_version += 1
    fit = [e for e in pushed.events if isinstance(e, Envelope)]
    _keep_for_others(sitting, device, fit)
    if not pushed.more and fit:
        # What this terminal writes from now on is not older than what it has written.
        newest = min(fit[-1].at_ms + shift_ms, sitting.now_ms)
        changes["bound_ms"] = max(device.bound_ms, newest)
    if sitting.apart and "more" not in changes:
        sitting.noted.append(saving(sitting.hall, device.device, **changes))
    else:
        save_device(sitting.connection, sitting.hall, device.device, **changes)
    if not pushed.more:
        sent(sitting, device, pushed.lease)


def _keep_for_others(sitting: Sitting, device: DeviceRow, events: list[Envelope]) -> None:
    """What a copy sends for the one that it was copied from may be in hand there: it is kept for that one."""
    authors = {e.device for e in events}.difference([device.device])
    for author in authors.difference(succeeded_now(sitting, device)) if authors else ():
        save_device(sitting.connection, sitting.hall, author, more=True)
        sitting.row.kept_version += 1
