"""Tokens: recognised, remembered, replaced, taken away. Only their hashes are stored."""

import hmac

import sqlalchemy as sa

from hallq.hub import tables
from hallq.hub.devices import OF_HALL, DeviceRow, device_row, digest, of_caller, save_device
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Fault

_T = tables.device.c
_BY_TOKEN = OF_HALL.where(_T.token_hash == sa.bindparam("token_hash"))
_BY_NEXT_TOKEN = OF_HALL.where(_T.next_token_hash == sa.bindparam("token_hash"))


def authenticate(desk: Desk, hall: str, token: str) -> Caller:
    """Whose token this is. The look-up is by hash, so its time tells nothing of the token."""
    token_hash = digest(token)

    def work(connection: sa.Connection) -> tuple[DeviceRow | None, bool]:
        facts = {"hall": hall, "token_hash": token_hash}
        found = connection.execute(_BY_TOKEN, facts).first()
        if found is not None:
            return DeviceRow(*found), False
        found = connection.execute(_BY_NEXT_TOKEN, facts).first()
        return (DeviceRow(*found), True) if found is not None else (None, False)

    row, is_next = desk.database.look(work)
    stored = (row.next_token_hash if is_next else row.token_hash) if row else digest("")
    if not hmac.compare_digest(stored, token_hash) or row is None or row.revoked:
        raise HubFault(Fault.UNAUTHORISED)
    if is_next:
        taken = {"token_hash": token_hash, "next_token_hash": ""}
        desk.database.transaction(lambda c: save_device(c, hall, row.device, **taken))
    desk.used(hall)
    caller = Caller(hall, row.device, Role(row.role), token_hash)
    desk.callers.put(caller)
    return caller


def remembered(desk: Desk, hall: str, token: str) -> Caller | None:
    """Whose token this was when it was looked at last, for work that looks at it again; or None."""
    caller = desk.callers.get(hall, digest(token))
    if caller is not None:
        desk.used(hall)
    return caller


def revoke(desk: Desk, hall: str, device: str) -> None:
    """The device's tokens are good no more; its leased tickets stay its own until they are released.

    What it issued and has not told the end of is held back no longer.
    """

    def work(sitting: Sitting) -> None:
        device_row(sitting.connection, hall, device)
        save_device(sitting.connection, hall, device, revoked=True, more=False)
        sitting.row.kept_version += 1

    desk.sit(hall, work)


def rotate(desk: Desk, caller: Caller) -> str:
    """A new token; the old one is good until the new one is used for the first time."""
    token = desk.new_random() + desk.new_random()

    def work(sitting: Sitting) -> str:
        of_caller(sitting.connection, caller)
        save_device(sitting.connection, caller.hall, caller.device, next_token_hash=digest(token))
        return token

    return desk.sit(caller.hall, work)
