"""Devices: invited, enrolled, and their rows. Codes and tokens are stored as hashes only."""

import hashlib
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from hallq.hub import ledger, tables
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Enrol, Enrolled, Fault

CODE_MS = 10 * 60_000
HUB = "hub"
"""The device of what the hub itself writes; nobody is enrolled under this name."""

_CODE_BITS = 80
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that nobody takes for another."""


@dataclass
class DeviceRow:
    """The row of a device, column by column."""

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


_T = tables.device.c
COLUMNS = [_T[f.name] for f in fields(DeviceRow)]
OF_HALL = sa.select(*COLUMNS).where(_T.hall == sa.bindparam("hall"))
_BY_DEVICE = OF_HALL.where(_T.device == sa.bindparam("device"))


def digest(text: str) -> str:
    """SHA-256 of a secret of at least 64 random bits, which needs no salt."""
    return hashlib.sha256(text.encode()).hexdigest()


def device_row(connection: sa.Connection, hall: str, device: str) -> DeviceRow:
    """A device's row; UNAUTHORISED without one or after it was revoked."""
    found = connection.execute(_BY_DEVICE, {"hall": hall, "device": device}).first()
    if found is None or found.revoked:
        raise HubFault(Fault.UNAUTHORISED)
    return DeviceRow(*found)


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
    mine = sa.and_(_T.hall == sa.bindparam("hall_is"), _T.device == sa.bindparam("device_is"))
    query = sa.update(tables.device).where(mine).values(changes)
    connection.execute(query, {"hall_is": hall, "device_is": device})


def in_session(connection: sa.Connection, caller: Caller, session: str) -> DeviceRow:
    """The caller's row, if this is its present session. SAY_HELLO otherwise."""
    return now_in(of_caller(connection, caller), session)


def now_in(row: DeviceRow, session: str) -> DeviceRow:
    """The row, if this is the device's present session."""
    if not row.session or row.session != session:
        raise HubFault(Fault.SAY_HELLO)
    return row


def family(connection: sa.Connection, row: DeviceRow) -> tuple[str, ...]:
    """The device and those that it came after: it may speak for all of them."""
    names = [row.device]
    while row.succeeds and row.succeeds not in names:
        names.append(row.succeeds)
        facts = {"hall": row.hall, "device": row.succeeds}
        found = connection.execute(_BY_DEVICE, facts).first()
        if found is None:
            break
        row = DeviceRow(*found)
    return tuple(names)


def _code(random_hex: str) -> str:
    number = int(hashlib.sha256(random_hex.encode()).hexdigest(), 16)
    signs = [_LETTERS[number >> (5 * place) & 31] for place in range(_CODE_BITS // 5)]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, len(signs), 4))


def _plain_code(typed: str) -> str:
    return typed.strip().upper().replace("-", "").replace(" ", "")


def invite(desk: Desk, hall: str, name: str, role: Role) -> str:
    """A one-time code for a device with this name."""
    code = _code(desk.new_random())

    def work(sitting: Sitting) -> str:
        table = tables.invitation
        old = sa.delete(table).where(
            table.c.hall == sa.bindparam("hall"), table.c.until_ms < sa.bindparam("now_ms")
        )
        sitting.connection.execute(old, {"hall": hall, "now_ms": sitting.now_ms})
        facts = {"hall": hall, "code_hash": digest(_plain_code(code)), "name": name, "role": str(role)}
        known = sa.select(table.c.hall).where(
            table.c.hall == sa.bindparam("hall"), table.c.code_hash == sa.bindparam("code_hash")
        )
        if sitting.connection.execute(known, facts).first() is None:
            sitting.connection.execute(sa.insert(table), {**facts, "until_ms": sitting.now_ms + CODE_MS})
        return code

    return desk.sit(hall, work)


def enrol(desk: Desk, hall: str, asked: Enrol) -> Enrolled:
    """Identity for a code. The same code a second time is unknown, but for a repeated commit."""
    device, token = desk.new_random()[:32], desk.new_random() + desk.new_random()
    code_hash = digest(_plain_code(asked.code))

    def work(sitting: Sitting) -> Enrolled:
        table = tables.invitation
        facts = {"hall": hall, "code_hash": code_hash}
        mine = (table.c.hall == sa.bindparam("hall"), table.c.code_hash == sa.bindparam("code_hash"))
        found = sitting.connection.execute(sa.select(table).where(*mine), facts).mappings().first()
        if found is None or found["used_by"] not in ("", device) or found["until_ms"] < sitting.now_ms:
            raise HubFault(Fault.UNAUTHORISED)
        others = of_hall(sitting.connection, hall)
        written = next((d for d in others if d.device == device), None)
        digit = written.digit if written else _next_digit(found["role"], others)
        if written is None:
            before = [d.device for d in others if d.name == found["name"]]
            values = {"name": found["name"], "role": found["role"], "digit": digit}
            values |= {"token_hash": digest(token), "code_hash": code_hash, "enrolled_ms": sitting.now_ms}
            values |= {"succeeds": before[-1] if before else "", "lease_epoch": sitting.row.epoch}
            sitting.connection.execute(sa.insert(tables.device), {"hall": hall, "device": device, **values})
            used = sa.update(table).where(
                table.c.hall == sa.bindparam("hall_is"), table.c.code_hash == sa.bindparam("code_is")
            )
            facts = {"hall_is": hall, "code_is": code_hash}
            sitting.connection.execute(used.values(used_by=device), facts)
        return Enrolled(
            hall=hall, hall_name=sitting.row.name, device=device, name=found["name"], digit=digit, token=token
        )

    return desk.sit(hall, work)


def _next_digit(role: str, others: list[DeviceRow]) -> int:
    """Terminals are counted, for the numbers that they print; who prints none has 0."""
    if role != Role.TERMINAL:
        return 0
    return 1 + max((other.digit for other in others if other.role == Role.TERMINAL), default=0)


def create_hall(desk: Desk, hall: str, name: str) -> None:
    """A new hall; nothing happens when it is there already."""
    epoch = desk.new_random()[:64]

    def work(connection: sa.Connection) -> None:
        known = sa.select(tables.hall.c.hall).where(tables.hall.c.hall == sa.bindparam("hall"))
        if connection.execute(known, {"hall": hall}).first() is None:
            connection.execute(sa.insert(tables.hall), {"hall": hall, "name": name, "epoch": epoch})
        ledger.hall_row(connection, hall, locked=True)

    desk.database.transaction(work)
