"""When the hub has lost a part of its past: it asks for it, and grants nothing until it has it."""

import hashlib
import hmac

import sqlalchemy as sa

from hallq.hub import devices, folding, ledger
from hallq.hub.devices import DeviceRow, in_session, save_device
from hallq.hub.folding import Folded
from hallq.hub.ledger import HallRow
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.logs import journal
from hallq.protocol import Entry, Fault, GivenBack, Hello, Standing

DAY_MS = 24 * 3600 * 1000


def seal(key: bytes, hall: str, position: int, log_hash: str) -> str:
    """Proof that this hub gave out the chain up to here, which outlives its database."""
    told = f"{hall}\n{position}\n{log_hash}".encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def compared(sitting: Sitting, said: Hello) -> Standing:
    """A terminal's place against the hub's log. A hub that is shown to know less begins its recovery here."""
    row, place = sitting.row, said.place
    if place.position <= row.position:
        same = ledger.hash_at(sitting.connection, row.hall, place.position) == place.hash
        return Standing.WELCOME if same else Standing.DIVERGED
    if place.epoch != row.epoch and not row.recovering and row.position > row.resumed_position:
        return Standing.DIVERGED  # the hub has gone on without these entries
    if not row.recovering:
        if not _is_proved(sitting, said):
            return Standing.DIVERGED
        _begin(sitting)
    return Standing.GIVE_BACK


def _is_proved(sitting: Sitting, said: Hello) -> bool:
    """Whether a hub with this key once gave out more than the log has; a place alone anybody may invent."""
    place = said.sealed
    if place is None or place.position <= sitting.row.position:
        return False
    wanted = seal(sitting.desk.key, sitting.hall, place.position, place.hash)
    return hmac.compare_digest(wanted.encode(), said.seal.encode())


def _begin(sitting: Sitting) -> None:
    row = sitting.row
    row.epoch, row.recovering = sitting.desk.new_random()[:64], True
    sitting.desk.bell.forget(row.hall)
    journal().warning("hub-recovering", hall=row.hall, position=row.position)


def heard(sitting: Sitting, device: DeviceRow, standing: Standing) -> None:
    """A device has said where it stands; with nothing to give back it has said what it has."""
    if not sitting.row.recovering or standing is Standing.GIVE_BACK:
        return
    save_device(sitting.connection, sitting.hall, device.device, said_epoch=sitting.row.epoch)
    end_if_heard(sitting)


def end_if_heard(sitting: Sitting) -> None:
    """End recovery when nobody is waited for any more."""
    row = sitting.row
    if row.recovering and not awaited(sitting.connection, row, sitting.folded, sitting.now_ms):
        end(sitting)


def awaited(connection: sa.Connection, row: HallRow, folded: Folded, now_ms: int) -> tuple[str, ...]:
    """Who has not said yet what it has, or may hold an old lease: names, ids of those that have none here.

    Everybody who was seen or enrolled on the last day; and, where the hub lost who its devices are,
    whose counters are open and whose tickets wait.
    """
    rows = devices.of_hall(connection, row.hall)
    heard = [d for d in rows if d.said_epoch == d.lease_epoch == row.epoch]
    over = {d.device for d in rows if d.revoked or d.role != Role.TERMINAL} | {
        before.device
        for before in rows
        for after in rows
        if before.device in after.family[1:] and before.seen_ms <= after.enrolled_ms
    }
    silent = [d for d in rows if d not in heard and d.device not in over]
    named = [d.name for d in silent if now_ms - max(d.seen_ms, d.enrolled_ms) <= DAY_MS]
    told = {name for d in heard for name in d.family} | {d.device for d in rows} | {"", devices.HUB}
    alive = {c.device for c in folded.state.counters.values() if c.is_staffed} | {*folded.origins.values()}
    return (*named, *sorted(alive - told))


def end(sitting: Sitting) -> None:
    """Grant again. Who comes later with more than the hub has then finds that the logs differ."""
    row = sitting.row
    row.recovering, row.resumed_position = False, row.position
    row.kept_version += 1
    journal().warning("hub-resumed", hall=row.hall, position=row.position)


def resume(desk: Desk, hall: str) -> None:
    """A person ends recovery."""

    def work(sitting: Sitting) -> None:
        if sitting.row.recovering:
            end(sitting)

    desk.sit(hall, work)


def promote(desk: Desk, hall: str) -> None:
    """A new epoch by a person's word, for a database that took the place of a lost one."""
    epoch = desk.new_random()[:64]

    def work(sitting: Sitting) -> None:
        if sitting.row.epoch != epoch:
            _begin(sitting)
            sitting.row.epoch = epoch

    desk.sit(hall, work)


def give_back(desk: Desk, caller: Caller, given: GivenBack) -> tuple[Standing, Sitting]:
    """Take entries in their old order, under the seal of a page."""

    def work(sitting: Sitting) -> tuple[Standing, Sitting]:
        device = in_session(sitting.connection, caller, given.session)
        if caller.role is Role.TERMINAL:
            if given.entries and not _is_sealed(sitting, given):
                raise HubFault(Fault.FORBIDDEN, "no page of this hub ends here")
            if not sitting.row.recovering:
                return _no_more(sitting, given), sitting
        standing = _taken(sitting, given.entries)
        now = {"seen_ms": sitting.now_ms, "used": True, "position": sitting.row.position}
        save_device(sitting.connection, sitting.hall, device.device, **now)
        if given.done or standing is Standing.DIVERGED:
            heard(sitting, device, Standing.WELCOME)
        if given.done and standing is Standing.GIVE_BACK:
            standing = Standing.WELCOME
        return standing, sitting

    return desk.sit(caller.hall, work)


def _is_sealed(sitting: Sitting, given: GivenBack) -> bool:
    last = given.entries[-1]
    wanted = seal(sitting.desk.key, sitting.hall, last.position, last.hash)
    return hmac.compare_digest(wanted.encode(), given.seal.encode())


def _no_more(sitting: Sitting, given: GivenBack) -> Standing:
    """Recovery is over: what the terminal has is in the log, or the logs differ."""
    for entry in given.entries:
        if ledger.hash_at(sitting.connection, sitting.hall, entry.position) != entry.hash:
            return Standing.DIVERGED
    return Standing.WELCOME


def _taken(sitting: Sitting, entries: list[Entry]) -> Standing:
    for entry in entries:
        if entry.position <= sitting.row.position:
            if _known_hash(sitting, entry.position) != entry.hash:
                return Standing.DIVERGED
            continue
        if not folding.follows(sitting.folded, entry):
            return Standing.DIVERGED
        sitting.take(entry, folding.event_of(entry))
        sitting.now_ms = max(sitting.now_ms, min(entry.event.at_ms + entry.shift_ms, _latest(sitting)))
    return Standing.GIVE_BACK


def _latest(sitting: Sitting) -> int:
    """A damaged instant may not carry the hall's clock away."""
    return sitting.reading.wall_ms + DAY_MS


def _known_hash(sitting: Sitting, position: int) -> str | None:
    known = sitting.folded.hash_at(position)
    return known or ledger.hash_at(sitting.connection, sitting.hall, position)


def must_be_whole(sitting: Sitting) -> None:
    """RECOVERING while the hub has not got its past back."""
    if sitting.row.recovering:
        raise HubFault(Fault.RECOVERING, retry_after_seconds=5)
