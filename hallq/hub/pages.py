"""Pull: what comes after a place. Read without a lock; written only when a lease must change."""

import sqlalchemy as sa

from hallq.domain.decide import Moment
from hallq.hub import folding, leases, ledger
from hallq.hub.devices import DeviceRow, in_session, save_device, with_hall
from hallq.hub.folding import Folded
from hallq.hub.housekeeping import EVERY_MS, brought, keep_house
from hallq.hub.ledger import HallRow
from hallq.hub.recovery import go_on_if_heard, has_sent, seal, sent
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.succession import succeeded
from hallq.protocol import Entry, Fault, Page, Place, Pull

NOTED_EVERY_MS = 20_000
"""How often a pull is noted: when the device was seen, and how far it is; the first of a session always."""


def pull(desk: Desk, caller: Caller, asked: Pull) -> Page:
    """The page after a place; and the lease, when the device has another one on its disk."""
    page, due = desk.database.look(lambda c: _looked(desk, c, caller, asked))
    if due:
        desk.sit(caller.hall, lambda sitting: _write(sitting, caller, asked))
        page, _ = desk.database.look(lambda c: _looked(desk, c, caller, asked))
    return page


def _looked(desk: Desk, connection: sa.Connection, caller: Caller, asked: Pull) -> tuple[Page, bool]:
    row, device = with_hall(connection, caller, asked.session)
    known = desk.cache.get(caller.hall)
    folded = folding.caught_up(connection, row, known)
    if folded is not known:
        desk.cache.put(caller.hall, folded)
    check_place(connection, row, folded, asked.place)
    page = page_after(desk, connection, row, folded, asked.place, asked.limit)
    if caller.role is not Role.TERMINAL:
        return page, _is_to_be_noted(page.hall_ms, device)
    kept = desk.kept.of(connection, row)
    config = desk.rules.of(connection, row)
    page = page.model_copy(update={"lease": leases.told(device, kept, asked.lease)})
    seen = leases.Seen(row, device, succeeded(connection, device), folded, config)
    is_clear = asked.clear_ms > 0
    due = leases.is_due(seen, kept, asked.lease, is_clear)
    if not due and row.is_whole and page.hall_ms - row.house_ms >= EVERY_MS:
        due = bool(brought(folded.state, Moment(config, page.hall_ms, page.wall_ms, desk.new_id)))
    due = due or (is_clear and has_sent(row, device, asked.lease))
    due = due or (is_clear and not kept.unsent.isdisjoint(seen.names))
    return page, due or _is_to_be_noted(page.hall_ms, device)


def check_place(connection: sa.Connection, row: HallRow, folded: Folded, place: Place) -> None:
    """SAY_HELLO when the place is of another log, or of a later one."""
    before = folded.hash_at(place.position)
    if before is None and place.position <= row.position:
        before = ledger.hash_at(connection, row.hall, place.position)
    if place.epoch != row.epoch or place.position > row.position or before != place.hash:
        raise HubFault(Fault.SAY_HELLO)


def page_after(
    desk: Desk, connection: sa.Connection, row: HallRow, folded: Folded, place: Place, limit: int
) -> Page:
    """The entries after a place of this log."""
    entries = folded.page(place.position, limit)
    if entries is None:
        room = min(limit, row.position - place.position)
        entries = ledger.entries_after(connection, row.hall, place.position, room)
    return _page(desk, row, entries, place)


def _page(desk: Desk, row: HallRow, entries: list[Entry], place: Place) -> Page:
    position = entries[-1].position if entries else place.position
    log_hash = entries[-1].hash if entries else place.hash
    reading = desk.clock.read()
    return Page(
        place=Place(epoch=row.epoch, position=position, hash=log_hash),
        entries=entries,
        last=row.position,
        seal=seal(desk.key, row.hall, position, log_hash),
        hall_ms=ledger.hall_clock(row, reading),
        wall_ms=reading.wall_ms,
        settings_version=row.settings_version,
        roster_version=row.roster_version,
        vip_version=row.vip_version,
        recovering=not row.is_whole,
    )


def _is_to_be_noted(now_ms: int, device: DeviceRow) -> bool:
    return not device.used or now_ms - device.seen_ms >= NOTED_EVERY_MS


def _write(sitting: Sitting, caller: Caller, asked: Pull) -> None:
    device = in_session(sitting.connection, caller, asked.session)
    kept = sitting.kept
    keep_house(sitting)
    lease, is_clear = asked.lease, asked.clear_ms > 0
    seen = leases.Seen.by(sitting, device)
    if caller.role is Role.TERMINAL and leases.is_due(seen, kept, lease, is_clear):
        leases.renew(sitting, device, kept, lease, is_clear)
    if _is_to_be_noted(sitting.now_ms, device):
        bound = {"bound_ms": max(device.bound_ms, min(asked.clear_ms, sitting.now_ms))}
        place = min(asked.place.position, sitting.row.position)
        now = {"seen_ms": sitting.now_ms, "position": place, "used": True, **bound}
        save_device(sitting.connection, sitting.hall, device.device, **now)
    if is_clear:
        _has_no_more(sitting, device)
        sent(sitting, device, lease)
    go_on_if_heard(sitting)


def _has_no_more(sitting: Sitting, device: DeviceRow) -> None:
    """What it and those before it issued is held back no longer."""
    for name in sitting.kept.unsent.intersection(succeeded(sitting.connection, device)):
        save_device(sitting.connection, sitting.hall, name, more=False)
        sitting.row.kept_version += 1
