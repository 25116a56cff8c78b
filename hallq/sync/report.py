"""How a terminal stands with its hub, from its file alone: for the commands that people run beside it."""

from dataclasses import dataclass

from hallq.clock import Clock
from hallq.domain import figure_names as names
from hallq.hall.link import SyncStatus
from hallq.protocol import Standing
from hallq.store import Store, StoreError, Trouble, entries, outbox, vip_handed
from hallq.store import joined as joining
from hallq.store.in_hand import seen_in_hand
from hallq.store.joined import Joined
from hallq.store.replica import Replica
from hallq.sync.link_file import LinkFile


@dataclass(frozen=True, slots=True)
class Report:
    """What the file says. `oldest_ms`: the age of the oldest own event that the hub lacks, None without any.

    `speaks`: a program on the file is in conversation with the hub now. `since_wall_ms`: when the link became
    as it is, on the wall, None where nobody knows. `leases`: who waits, by label. `vip_version`: of the
    directory that is here, 0 without any, or without its key.
    """

    joined: Joined
    position: int
    status: SyncStatus
    speaks: bool
    since_wall_ms: int | None
    oldest_ms: int | None
    leases: dict[str, int]
    open_commands: int
    contested: int
    vip_version: int


def report(store: Store, clock: Clock) -> Report | None:
    """The terminal's standing; None in a hall without a hub. Raises StoreError."""
    told = LinkFile(store.path, clock).read()
    since_ms = told.status.since_ms
    with store.reading() as connection:
        replica = Replica(connection)
        if replica.joined is None:
            return None
        reading = clock.read()
        now_ms = replica.now_ms(reading)
        oldest = entries.oldest_unplaced(connection, 1)
        state = replica.state
        leased = joining.leased(connection)
        hand = seen_in_hand(store, replica.joined)
        waiting = {ticket.ticket_id for ticket in state.waiting()}
        labels = {state.tickets[t].label: c for t, c in leased.items() if t in waiting}
        status = SyncStatus(
            link=told.status.link,
            since_ms=since_ms,
            behind=told.status.behind,
            unsent=outbox.mark(connection).count,
            in_hand=len(waiting & hand.tickets),
            doubted=len(waiting & hand.doubted),
            quarantined=joining.quarantined(connection),
            skew_ms=told.status.skew_ms,
            settings_refused=told.status.settings_refused,
            is_restored=replica.joined.standing == Standing.RESTORED.value,
        )
        return Report(
            joined=replica.joined,
            position=replica.base.position,
            status=status,
            speaks=told.is_fresh,
            since_wall_ms=reading.wall_ms - (now_ms - since_ms) if since_ms else None,
            oldest_ms=max(0, now_ms - oldest[0][1].at_ms) if oldest else None,
            leases=labels,
            open_commands=len(joining.open_commands(connection)),
            contested=int(state.figures.get(names.CONTESTED, 0)),
            vip_version=_vip_version(store),
        )


def _vip_version(store: Store) -> int:
    try:
        return vip_handed.version(store.path.parent)
    except StoreError as error:
        if error.trouble is not Trouble.KEY_LOST:
            raise
        return 0
