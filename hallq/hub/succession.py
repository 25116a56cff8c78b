"""Who may act for a device that is gone: its successor; and for one that only a lost database knew."""

from collections.abc import Collection

import sqlalchemy as sa

from hallq.hub import tables
from hallq.hub.devices import COLUMNS, HUB, DeviceRow, save_device
from hallq.hub.shapes import HubFault, Role
from hallq.hub.sitting import Sitting
from hallq.protocol import Fault

_T = tables.device.c
_THESE = sa.select(*COLUMNS).where(
    _T.hall == sa.bindparam("hall"), _T.device.in_(sa.bindparam("devices", expanding=True))
)


def rows_of(connection: sa.Connection, hall: str, devices: Collection[str]) -> dict[str, DeviceRow]:
    """The rows of these devices, as far as the hub knows them."""
    if not devices:
        return {}
    rows = connection.execute(_THESE, {"hall": hall, "devices": list(devices)})
    return {row.device: DeviceRow(*row) for row in rows}


def claim(sitting: Sitting, known: DeviceRow | None, stranger: str, name: str, token_hash: str = "") -> bool:
    """Whether somebody may speak for a device that only a lost database knew; its own time is over.

    `token_hash`: of what was shown for it, by which another copy of its file is known; until somebody shows
    something, whoever names it may. `known`: what was claimed of it before.
    """
    values = {"name": name, "token_hash": token_hash}
    if known is None:
        facts = {"hall": sitting.hall, "device": stranger, "role": str(Role.TERMINAL), "revoked": True}
        sitting.connection.execute(sa.insert(tables.device), {**facts, **values})
        return True
    if not _is_claimed(known) or known.token_hash:
        return False
    if token_hash:
        save_device(sitting.connection, sitting.hall, stranger, **values)
    return True


def adopt(sitting: Sitting, device: DeviceRow, stranger: str) -> None:
    """What a stranger wrote comes from `device` now. Raises FORBIDDEN for one that the hub knows."""
    if stranger == HUB or rows_of(sitting.connection, sitting.hall, [stranger]):
        raise HubFault(Fault.FORBIDDEN, "an event of another device")
    claim(sitting, None, stranger, device.name)
    device.succeeds = " ".join((*device.family[1:], stranger))
    save_device(sitting.connection, sitting.hall, device.device, succeeds=device.succeeds)


def is_over(before: DeviceRow, after: DeviceRow) -> bool:
    """Whether a person's word ended the time of `before`, so that `after` takes its place.

    It was revoked, or its name was given to `after` and it was not heard since: else it may be at work cut
    off, and `after` is a copy that may send what it has, and no more.
    """
    was_revoked = before.revoked and not _is_claimed(before)
    return was_revoked or (before.name == after.name and before.seen_ms <= after.enrolled_ms)


def _is_claimed(row: DeviceRow) -> bool:
    return not row.enrolled_ms


def succeeded(connection: sa.Connection, device: DeviceRow) -> tuple[str, ...]:
    """The device, and those before it in whose place it is."""
    before = device.family[1:]
    rows = rows_of(connection, device.hall, before)
    return (device.device, *(name for name in before if name not in rows or is_over(rows[name], device)))


def succeeded_now(sitting: Sitting, device: DeviceRow) -> tuple[str, ...]:
    """As `succeeded`, also by what this sitting was told of those before it."""
    if device.succeeds:
        sitting.write_noted()
    return succeeded(sitting.connection, device)


def acts_for(sitting: Sitting, device: DeviceRow, owner: str) -> bool:
    """Whether a device may act at a counter that `owner` opened, empty for nobody."""
    if owner == "" or owner in succeeded_now(sitting, device):
        return True
    if owner == HUB or rows_of(sitting.connection, sitting.hall, [owner]):
        return False
    adopt(sitting, device, owner)
    return True
