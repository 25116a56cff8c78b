"""Who may act for a device that is gone: its successor; and for one that only a lost database knew."""

import sqlalchemy as sa

from hallq.hub import tables
from hallq.hub.devices import HUB, DeviceRow, family, save_device
from hallq.hub.shapes import HubFault
from hallq.hub.sitting import Sitting
from hallq.protocol import Fault


def adopt(sitting: Sitting, device: DeviceRow, stranger: str) -> None:
    """A device that only a lost database knew belongs to the first who speaks for it. Raises FORBIDDEN."""
    if stranger == HUB or _is_known(sitting, stranger):
        raise HubFault(Fault.FORBIDDEN, "an event of another device")
    values = {"name": device.name, "role": device.role, "revoked": True, "succeeds": device.succeeds}
    facts = {"hall": sitting.hall, "device": stranger}
    sitting.connection.execute(sa.insert(tables.device), {**facts, **values})
    save_device(sitting.connection, sitting.hall, device.device, succeeds=stranger)
    device.succeeds = stranger


def acts_for(sitting: Sitting, device: DeviceRow, owner: str) -> bool:
    """Whether a device may act at a counter that `owner` opened, empty for nobody."""
    if owner in ("", device.device) or owner in family(sitting.connection, device):
        return True
    if owner == HUB or _is_known(sitting, owner):
        return False
    adopt(sitting, device, owner)
    return True


def _is_known(sitting: Sitting, name: str) -> bool:
    table = tables.device.c
    known = sa.select(table.device).where(
        table.hall == sa.bindparam("hall"), table.device == sa.bindparam("device")
    )
    return sitting.connection.execute(known, {"hall": sitting.hall, "device": name}).first() is not None
