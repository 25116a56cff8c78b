"""Leases: grants made in advance. Nothing is freed by time; a ticket leaves when a later lease is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from hallq.domain import leases
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.hub import tables
from hallq.hub.devices import DeviceRow, save_device
from hallq.hub.folding import Folded
from hallq.hub.kept import Kept, Leased
from hallq.hub.ledger import HallRow
from hallq.hub.recovery import go_on_if_heard
from hallq.hub.sitting import Sitting
from hallq.hub.succession import rows_of, succeeded
from hallq.protocol import Lease

OFFERED = "?"
"""Before the epoch: its first lease was given out and is not stored yet."""

_L = tables.lease.c


@dataclass(frozen=True, slots=True)
class Seen:
    """A hall as one device stands in it. `names`: it and those in whose place it is."""

    row: HallRow
    device: DeviceRow
    names: tuple[str, ...]
    folded: Folded
    config: HallConfig

    @classmethod
    def by(cls, sitting: Sitting, device: DeviceRow) -> "Seen":
        """As this sitting sees it."""
        names = succeeded(sitting.connection, device)
        return cls(sitting.row, device, names, sitting.folded, sitting.config)


def wanted(seen: Seen, kept: Kept) -> dict[str, int]:
    """The lease that a device should have now."""
    if not seen.row.is_whole:
        return {}
    device, state = seen.device, seen.folded.state
    present = kept.of(device.device)
    if device.more:
        return present
    found: dict[str, int] = {}
    own = [c.number for c in state.counters.values() if c.device in seen.names]
    for counter in sorted(own):
        if state.counter(counter).state is CounterState.CLOSED:
            continue
        others = kept.hidden(seen.folded, seen.names, counter) | found.keys()
        current = [i for i, number in present.items() if number == counter]
        for ticket_id in leases.wanted(state, seen.config, counter, current=current, kept=others):
            found[ticket_id] = counter
    return found


def is_due(seen: Seen, kept: Kept, stored: int, is_clear: bool) -> bool:
    """Whether something must be written: another lease, or a ticket that may leave by what is stored."""
    row, device = seen.row, seen.device
    if device.lease_epoch != row.epoch:
        return device.lease_epoch != OFFERED + row.epoch or stored == device.lease_number
    leaving = is_clear and any(_leaves(at, device, stored) for at in kept.leased.values())
    inherited = any(at.device in seen.names[1:] for at in kept.leased.values())
    return leaving or inherited or wanted(seen, kept) != kept.of(device.device)


def _leaves(at: Leased, device: DeviceRow, stored: int) -> bool:
    return at.device == device.device and 0 < at.left_out <= stored


def renew(sitting: Sitting, device: DeviceRow, kept: Kept, stored: int, is_clear: bool) -> None:
    """Let go of what the device no longer holds, and give it the lease that it should have.

    `stored`: the newest lease on the device's disk. `is_clear`: nothing waits there to be sent. Else a
    ticket that left the lease may have been called from it, and stays this device's. What was leased to
    those before it is its own or free.
    """
    epoch = sitting.row.epoch
    if device.lease_epoch == OFFERED + epoch and stored == device.lease_number:
        device.lease_epoch = epoch
    anew = device.lease_epoch not in (epoch, OFFERED + epoch)
    leased = dict(kept.leased)
    if is_clear and device.lease_epoch == epoch and stored <= device.lease_number:
        leased = {i: at for i, at in leased.items() if not _leaves(at, device, stored)}
    still = Kept(leased, kept.unsent)
    seen = Seen.by(sitting, device)
    target = wanted(seen, still)
    if anew or target != still.of(device.device):
        device.lease_number = max(stored, device.lease_number) + 1
        device.lease_epoch = OFFERED + epoch if anew else device.lease_epoch
        leased = _with(leased, device, target)
    _take_from(sitting, seen.names[1:], kept)
    leased = {i: at for i, at in leased.items() if at.device not in seen.names[1:]}
    _write(sitting, device, kept.leased, leased, stored)
    go_on_if_heard(sitting)


def _take_from(sitting: Sitting, before: Sequence[str], kept: Kept) -> None:
    """Those before it have another lease now: who is heard again all the same is told."""
    names = {at.device for at in kept.leased.values()}.intersection(before)
    for name, row in rows_of(sitting.connection, sitting.hall, names).items():
        save_device(sitting.connection, sitting.hall, name, lease_number=row.lease_number + 1)


def _with(leased: dict[str, Leased], device: DeviceRow, target: dict[str, int]) -> dict[str, Leased]:
    after = dict(leased)
    for ticket_id, at in leased.items():
        if at.device == device.device and ticket_id not in target and not at.left_out:
            after[ticket_id] = Leased(at.device, at.counter, device.lease_number)
    for ticket_id, counter in target.items():
        after[ticket_id] = Leased(device.device, counter, 0)
    return after


def _write(
    sitting: Sitting, device: DeviceRow, before: Mapping[str, Leased], after: dict[str, Leased], stored: int
) -> None:
    connection, hall = sitting.connection, sitting.hall
    mine = (_L.hall == sa.bindparam("hall_is"), _L.ticket_id == sa.bindparam("ticket_is"))
    gone = [{"hall_is": hall, "ticket_is": i} for i in before if i not in after or after[i] != before[i]]
    if gone:
        connection.execute(sa.delete(tables.lease).where(*mine), gone)
    new = [
        {"hall": hall, "ticket_id": i, "device": at.device, "counter": at.counter, "left_out": at.left_out}
        for i, at in after.items()
        if before.get(i) != at
    ]
    if new:
        connection.execute(sa.insert(tables.lease), new)
    if gone or new:
        sitting.row.kept_version += 1
    save_device(
        connection,
        hall,
        device.device,
        lease_number=device.lease_number,
        lease_epoch=device.lease_epoch,
        lease_stored=stored,
    )


def told(device: DeviceRow, kept: Kept, stored: int) -> Lease | None:
    """The lease for a page: the present one, unless it is on the device's disk."""
    if stored == device.lease_number:
        return None
    return Lease(number=device.lease_number, tickets=kept.of(device.device))
