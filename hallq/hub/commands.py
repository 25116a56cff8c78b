"""Commands: an intent that only the hub may decide, decided once and for ever."""

import hashlib
import json
from concurrent.futures import Future
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import ValidationError

from hallq.domain import intents as i
from hallq.domain import visible_tickets
from hallq.domain.decide import decide
from hallq.domain.events import TicketGranted
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.hub import devices, staff, tables
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.devices import DeviceRow, save_device
from hallq.hub.housekeeping import keep_house
from hallq.hub.pages import check_place, page_after
from hallq.hub.recovery import must_be_whole
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.statements import Question, Statement
from hallq.hub.succession import acts_for, succeeded_now
from hallq.protocol import BATCH_EVENTS, Answer, Command, Fault

INTENTS: dict[str, type[i.Intent]] = {
    kind.__name__: kind
    for kind in (
        i.GrantNext,
        i.GrantTicket,
        i.GivePriority,
        i.CancelTicket,
        i.ReturnMissed,
        i.ReportLeft,
        i.EndHold,
        i.OpenCounter,
        i.OpenDay,
        i.CloseDay,
        i.AdoptClock,
        i.ChangeLanes,
        i.BookAppointment,
        i.MoveAppointment,
        i.CancelAppointment,
    )
}
"""What a terminal may ask for; everything else it does itself."""

_C, _D = tables.command.c, tables.device.c
_RESULT = ("asked_hash", "refusal", "facts", "granted", "position")
_ASKED = Statement(
    sa.select(*devices.COLUMNS, *(_C[name] for name in _RESULT))
    .select_from(
        tables.device.outerjoin(
            tables.command,
            sa.and_(_C.hall == _D.hall, _C.device == _D.device, _C.id == sa.bindparam("id")),
        )
    )
    .where(_D.hall == sa.bindparam("hall"), _D.device == sa.bindparam("device"))
)
"""The device and what became of the command before, in one question."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of a command, as it is stored."""

    refusal: str = ""
    facts: str = "{}"
    granted: str = ""
    position: int = 0


def command(desk: Desk, caller: Caller, asked: Command) -> "Future[Answer]":
    """Decide, or give the answer that was given before; in its turn."""
    if caller.role is not Role.TERMINAL:
        raise HubFault(Fault.FORBIDDEN)
    intent = _intent(asked)
    asked_hash = _hash(asked)

    def work(sitting: Sitting) -> Answer:
        device, known = _asked(sitting, caller, asked, asked_hash)
        check_place(sitting.connection, sitting.row, sitting.folded, asked.place)
        result = known or _decided(sitting, device, asked, intent)
        if known is None:
            _remember(sitting, caller, asked, asked_hash, result)
        if not device.used:
            save_device(sitting.connection, sitting.hall, device.device, used=True)
        return Answer(
            refusal=result.refusal,
            facts=json.loads(result.facts),
            granted=result.granted,
            position=result.position,
            page=page_after(desk, sitting.connection, sitting.row, sitting.folded, asked.place, BATCH_EVENTS),
        )

    return desk.in_turn(caller.hall, work, _question(caller, asked))


def _intent(asked: Command) -> i.Intent:
    kind = INTENTS.get(asked.intent)
    if kind is None:
        raise HubFault(Fault.BAD_REQUEST, "no command of this name")
    try:
        return kind.model_validate(asked.facts)
    except (ValidationError, RecursionError) as error:
        raise HubFault(Fault.BAD_REQUEST, "the facts do not fit the command") from error


def _hash(asked: Command) -> str:
    told = [asked.intent, asked.facts, asked.actor, asked.terminal]
    if asked.staff:
        told += [asked.staff, asked.word]
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _question(caller: Caller, asked: Command) -> Question:
    return _ASKED, {"hall": caller.hall, "device": caller.device, "id": asked.id}


def _asked(
    sitting: Sitting, caller: Caller, asked: Command, asked_hash: str
) -> tuple[DeviceRow, _Result | None]:
    found = sitting.first(_question(caller, asked))
    if found is None:
        raise HubFault(Fault.UNAUTHORISED)
    size = len(devices.COLUMNS)
    device = devices.now_in(devices.still_good(devices.DeviceRow(*found[:size]), caller), asked.session)
    pending = sitting.answers.get((caller.device, asked.id))
    told = [pending[name] for name in _RESULT] if pending else list(found[size:])
    if told[0] is None:
        return device, None
    if told[0] != asked_hash:
        raise HubFault(Fault.OTHER_BODY)
    return device, _Result(*told[1:])


def _remember(sitting: Sitting, caller: Caller, asked: Command, asked_hash: str, result: _Result) -> None:
    values = {
        "hall": caller.hall,
        "device": caller.device,
        "id": asked.id,
        "asked_hash": asked_hash,
        "refusal": result.refusal,
        "facts": result.facts,
        "granted": result.granted,
        "position": result.position,
    }
    sitting.answers[caller.device, asked.id] = values


def _decided(sitting: Sitting, device: DeviceRow, asked: Command, intent: i.Intent) -> _Result:
    must_be_whole(sitting)
    keep_house(sitting)
    state = _seen(sitting, device, intent)
    decision = staff.refused(sitting, asked.staff, asked.word, intent) or decide(
        intent, state, moment_of(sitting)
    )
    if isinstance(decision, Refusal):
        told = json.dumps(decision.facts, ensure_ascii=True)
        return _Result(str(decision.reason), told)
    signed = [event.signed_by(asked.staff, asked.word) for event in decision]
    write_down(sitting, signed, device=device.device, actor=asked.actor, terminal=asked.terminal)
    granted = next((event.ticket_id for event in signed if isinstance(event, TicketGranted)), "")
    if isinstance(intent, i.GrantNext) and not granted:
        granted = sitting.folded.state.granted_to(intent.counter)[0].ticket_id
    elif isinstance(intent, i.GrantTicket):
        granted = intent.ticket_id
    return _Result(granted=granted, position=sitting.row.position if decision else 0)


def _seen(sitting: Sitting, device: DeviceRow, intent: i.Intent) -> HallState:
    """The state as this counter may act on it: what is kept for others is hidden."""
    state = sitting.folded.state
    if not isinstance(intent, i.GrantNext | i.GrantTicket):
        return state
    counter = state.counter(intent.counter)
    if counter.is_staffed and not acts_for(sitting, device, counter.device):
        raise HubFault(Fault.FORBIDDEN, "the counter was opened at another terminal")
    names = succeeded_now(sitting, device)
    return visible_tickets.without(state, sitting.kept.hidden(sitting.folded, names, intent.counter))
