"""When the hub has lost a part of its past: it asks for it, and grants nothing until it has it.

First the log comes back (`recovering`), then what was done while the hub was away (`settling`).
"""

import hashlib
import hmac

import sqlalchemy as sa

from hallq.hub import devices, ledger
from hallq.hub.devices import DeviceRow, save_device
from hallq.hub.folding import Folded
from hallq.hub.ledger import HallRow
from hallq.hub.shapes import HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.succession import is_over
from hallq.logs import journal
from hallq.protocol import Fault, Hello, Standing

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
        _begin(sitting, by_word=_knows_nobody(sitting))
    return Standing.GIVE_BACK


def _is_proved(sitting: Sitting, said: Hello) -> bool:
    """Whether a hub with this key once gave out more than the log has; a place alone anybody may invent."""
    place = said.sealed
    if place is None or place.position <= sitting.row.position:
        return False
    wanted = seal(sitting.desk.key, sitting.hall, place.position, place.hash)
    return hmac.compare_digest(wanted.encode(), said.seal.encode())


def _begin(sitting: Sitting, *, by_word: bool) -> None:
    row = sitting.row
    row.epoch, row.recovering, row.settling = sitting.desk.new_random()[:64], True, False
    row.by_word = by_word
    sitting.desk.bell.forget(row.hall)
    journal().warning("hub-recovering", hall=row.hall, position=row.position)


def _knows_nobody(sitting: Sitting) -> bool:
    """Whether the whole log is lost, and with it who the terminals are."""
    rows = devices.of_hall(sitting.connection, sitting.hall)
    here_first = [d for d in rows if d.role == Role.TERMINAL and d.enrolled_ms and len(d.family) == 1]
    return sitting.row.position == 0 and not here_first


def heard(sitting: Sitting, device: DeviceRow, standing: Standing) -> None:
    """A device has said where it stands; with nothing to give back it has said what it has."""
    if sitting.row.is_whole or standing is Standing.GIVE_BACK:
        return
    save_device(sitting.connection, sitting.hall, device.device, said_epoch=sitting.row.epoch)
    go_on_if_heard(sitting)


def has_sent(row: HallRow, device: DeviceRow, lease: int) -> bool:
    """Whether it is news that a device with nothing to send knows of no call that the hub does not know.

    `lease`: the newest on its disk then. While it has one from before the loss, it may yet call from it.
    """
    is_bare = device.lease_epoch == row.epoch and device.lease_number == lease
    return not row.is_whole and is_bare and device.sent_epoch != row.epoch


def sent(sitting: Sitting, device: DeviceRow, lease: int) -> None:
    """A device has nothing to send, or has just sent the last of it."""
    if has_sent(sitting.row, device, lease):
        save_device(sitting.connection, sitting.hall, device.device, sent_epoch=sitting.row.epoch)
        go_on_if_heard(sitting)


def go_on_if_heard(sitting: Sitting) -> None:
    """Take the next step of the recovery when nobody is waited for any more."""
    row = sitting.row
    if row.recovering and not row.by_word and not _awaited(sitting):
        _settle(row)
    if row.settling and not _awaited(sitting):
        _end(row)


def _awaited(sitting: Sitting) -> tuple[str, ...]:
    return awaited(sitting.connection, sitting.row, sitting.folded, sitting.now_ms)


def awaited(connection: sa.Connection, row: HallRow, folded: Folded, now_ms: int) -> tuple[str, ...]:
    """Who is waited for: names, ids of those that have none here.

    First whoever has not said what it has, or may hold an old lease: everybody who was seen or enrolled on
    the last day; and, where the hub lost who its devices are, whose counters are open and whose tickets wait.
    Then those of them that have not sent what they did before they gave that lease up.
    """
    rows = devices.of_hall(connection, row.hall)
    heard = [d for d in rows if d.said_epoch == d.lease_epoch == row.epoch]
    followed = {b.device for a in rows for b in rows if b.device in a.family[1:] and is_over(b, a)}
    over = followed | {d.device for d in rows if d.revoked or d.role != Role.TERMINAL}
    if row.settling:
        return tuple(d.name for d in heard if d.sent_epoch != row.epoch and d.device not in over)
    silent = [d for d in rows if d not in heard and d.device not in over]
    named = [d.name for d in silent if now_ms - max(d.seen_ms, d.enrolled_ms) <= DAY_MS]
    told = {d.device for d in rows if d.enrolled_ms} | followed | {"", devices.HUB}
    alive = {c.device for c in folded.state.counters.values() if c.is_staffed} | {*folded.origins.values()}
    return (*named, *sorted(alive - told))


def _settle(row: HallRow) -> None:
    """The log is back: what was done meanwhile may be sent. Whoever comes later with more has another log."""
    row.recovering, row.settling, row.resumed_position = False, True, row.position
    journal().warning("hub-settling", hall=row.hall, position=row.position)


def _end(row: HallRow) -> None:
    """Grant again."""
    row.settling = False
    row.kept_version += 1
    journal().warning("hub-resumed", hall=row.hall, position=row.position)


def resume(desk: Desk, hall: str) -> None:
    """A person says that nobody else will come: those who came are still waited for until they have sent."""

    def work(sitting: Sitting) -> None:
        row = sitting.row
        if row.settling:
            _end(row)
        elif row.recovering:
            row.by_word = False
            _settle(row)
            go_on_if_heard(sitting)

    desk.sit(hall, work)


def promote(desk: Desk, hall: str, *, by_word: bool) -> None:
    """A new epoch by a person's word, for a database that took the place of a lost one."""
    epoch = desk.new_random()[:64]

    def work(sitting: Sitting) -> None:
        if sitting.row.epoch != epoch:
            _begin(sitting, by_word=by_word)
            sitting.row.epoch = epoch

    desk.sit(hall, work)


def must_have_its_past(sitting: Sitting) -> None:
    """RECOVERING while the log is not back."""
    if sitting.row.recovering:
        raise HubFault(Fault.RECOVERING, retry_after_seconds=5)


def must_be_whole(sitting: Sitting) -> None:
    """RECOVERING while the hub does not know all that took place."""
    if not sitting.row.is_whole:
        raise HubFault(Fault.RECOVERING, retry_after_seconds=5)
