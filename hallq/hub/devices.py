"""Devices as rows. Their tokens are stored as hashes only."""

import hashlib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import sqlalchemy as sa

from hallq.hub import ledger, tables
from hallq.hub.ledger import HallRow
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.statements import Question, Statement, Writing, ask
from hallq.protocol import Fault

HUB = "hub"
"""The device of what the hub itself writes; nobody is enrolled under this name."""


@dataclass
class DeviceRow:
    """The row of a device, column by column. `succeeds`: its file's earlier names, with blanks between."""

    hall: str
    device: str
    name: str
    role: str
    digit: int
    token_hash: str
    next_token_hash: str
    code_hash: str
    succeeds: str
    revoked: bool
    fenced: bool
    more: bool
    used: bool
    session: str
    previous: str
    epoch: str
    said_epoch: str
    lease_epoch: str
    enrolled_ms: int
    seen_ms: int
    bound_ms: int
    position: int
    lease_number: int
    lease_stored: int
    home: str
    boot_id: str
    sent_epoch: str
    past_sessions: str

    @property
    def family(self) -> tuple[str, ...]:
        """The device and those that it came after: it may speak for all of them."""
        return (self.device, *self.succeeds.split())


_T = tables.device.c
COLUMNS = [_T[f.name] for f in fields(DeviceRow)]
OF_HALL = sa.select(*COLUMNS).where(_T.hall == sa.bindparam("hall"))
_BY_DEVICE = Statement(OF_HALL.where(_T.device == sa.bindparam("device")))
_WITH_HALL = Statement(
    sa.select(*ledger.COLUMNS, *COLUMNS)
    .select_from(tables.hall.join(tables.device, tables.hall.c.hall == _T.hall))
    .where(tables.hall.c.hall == sa.bindparam("hall"), _T.device == sa.bindparam("device"))
)


def digest(text: str) -> str:
    """SHA-256 of a secret of at least 64 random bits, which needs no salt."""
    return hashlib.sha256(text.encode()).hexdigest()


def device_row(connection: sa.Connection, hall: str, device: str) -> DeviceRow:
    """A device's row; UNAUTHORISED without one or after it was revoked."""
    found = _BY_DEVICE.first(connection, {"hall": hall, "device": device})
    row = DeviceRow(*found) if found else None
    if row is None or row.revoked:
        raise HubFault(Fault.UNAUTHORISED)
    return row


def of_caller(connection: sa.Connection, caller: Caller) -> DeviceRow:
    """The caller's row; UNAUTHORISED when its token is good no more."""
    return still_good(device_row(connection, caller.hall, caller.device), caller)


def still_good(row: DeviceRow, caller: Caller) -> DeviceRow:
    """The row, if the token by which its device was recognised is still its own."""
    if row.revoked or caller.token_hash not in ("", row.token_hash):
        raise HubFault(Fault.UNAUTHORISED)
    return row


def of_hall(connection: sa.Connection, hall: str) -> list[DeviceRow]:
    """All devices of a hall, in the order of their digits."""
    return [
        DeviceRow(*row)
        for row in connection.execute(OF_HALL.order_by(_T.digit, _T.enrolled_ms), {"hall": hall})
    ]


def save_device(connection: sa.Connection, hall: str, device: str, **changes: Any) -> None:
    """Write some columns of a device's row."""
    ask(connection, [saving(hall, device, **changes)])


def saving(hall: str, device: str, **changes: Any) -> Writing:
    """What writes some columns of a device's row."""
    return _saving(tuple(changes)), {"hall_is": hall, "device_is": device, **changes}


@cache
def _saving(names: tuple[str, ...]) -> Statement:
    mine = sa.and_(_T.hall == sa.bindparam("hall_is"), _T.device == sa.bindparam("device_is"))
    return Statement(sa.update(tables.device).where(mine).values({n: sa.bindparam(n) for n in names}))


def in_session(connection: sa.Connection, caller: Caller, session: str) -> DeviceRow:
    """The caller's row, if this is its present session. SAY_HELLO otherwise."""
    return now_in(of_caller(connection, caller), session)


def question(caller: Caller) -> Question:
    """What becomes of the caller is asked first of all."""
    return _BY_DEVICE, {"hall": caller.hall, "device": caller.device}


def at_work(sitting: Sitting, caller: Caller, session: str) -> DeviceRow:
    """As `in_session`, for one whose `question` was asked."""
    found = sitting.first(question(caller))
    if found is None:
        raise HubFault(Fault.UNAUTHORISED)
    return now_in(still_good(DeviceRow(*found), caller), session)


def with_hall(connection: sa.Connection, caller: Caller, session: str) -> tuple[HallRow, DeviceRow]:
    """The hall's row and, as `in_session`, the caller's: in one question, without a lock."""
    found = _WITH_HALL.first(connection, {"hall": caller.hall, "device": caller.device})
    if found is None:
        raise HubFault(Fault.UNAUTHORISED)
    size = len(ledger.COLUMNS)
    return HallRow(*found[:size]), now_in(still_good(DeviceRow(*found[size:]), caller), session)


def now_in(row: DeviceRow, session: str) -> DeviceRow:
    """The row, if this is the device's present session."""
    if not row.session or row.session != session:
        raise HubFault(Fault.SAY_HELLO)
    return row


def create_hall(desk: Desk, hall: str, name: str) -> None:
    """A new hall; nothing happens when it is there already."""
    epoch = desk.new_random()[:64]

    def work(connection: sa.Connection) -> None:
        known = sa.select(tables.hall.c.hall).where(tables.hall.c.hall == sa.bindparam("hall"))
        if connection.execute(known, {"hall": hall}).first() is None:
            connection.execute(sa.insert(tables.hall), {"hall": hall, "name": name, "epoch": epoch})
        ledger.the_row(ask(connection, [ledger.locking(hall)])[0])

    desk.database.transaction(work)
