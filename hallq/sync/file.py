"""The terminal's file as the conversation changes it: each method is one transaction.

To the other programs on the file this is one more of them; they notice its writes as they
notice each other's.
"""

import dataclasses
from collections.abc import Collection, Sequence

import sqlcipher3.dbapi2 as driver

from hallq.clock import Clock
from hallq.domain.events import Recorded
from hallq.logs import journal
from hallq.protocol import Entry, Envelope, Fate, Lease, Page, Place, chained
from hallq.store import Store, customers, entries, outbox
from hallq.store import joined as joining
from hallq.store.codec import UnknownEvent, is_known
from hallq.store.entries import from_entry
from hallq.store.in_hand import doubt_all, in_hand, recognise, trust
from hallq.store.joined import Joined, OpenCommand
from hallq.store.projections import write_days
from hallq.store.replica import Replica
from hallq.sync.batch import fitting


class ChainBroken(Exception):  # noqa: N818 - told, not failed
    """The page does not follow what is here: the two logs are not the same."""


class TerminalFile:
    """What sync reads and writes. Every method raises StoreError when the file refuses."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on an open store of a terminal that has joined."""
        self._store = store
        self._clock = clock
        self._seen_version = -1
        with store.reading() as connection:
            self._replica = Replica(connection)
        if self._replica.joined is not None:
            recognise(store, self._replica.joined)

    @property
    def joined(self) -> Joined:
        """Who this terminal is, as last read."""
        assert self._replica.joined is not None
        return self._replica.joined

    @property
    def place(self) -> Place:
        """How far the hall's log is here."""
        moment = self._replica.base.moment
        return Place(
            epoch=self.joined.epoch,
            position=self._replica.base.position,
            hash=moment.log_hash if moment else "",
        )

    def look(self) -> None:
        """Take in what others wrote, and this one by other ways."""
        version = self._store.data_version()
        if version == self._seen_version:
            return
        with self._store.reading() as connection:
            self._replica.catch_up(connection)
        self._seen_version = version

    def change(self, **changes: object) -> None:
        """Keep new facts about the conversation."""
        with self._store.writing() as connection:
            self._replica.catch_up(connection)
            joining.save(connection, dataclasses.replace(self.joined, **changes))  # type: ignore[arg-type]
        self.look()

    def to_send(self, limit: int) -> tuple[list[Envelope], bool]:
        """The oldest own events, marked as sent on the disk; whether more wait behind them."""
        if not self.unsent():
            return [], False  # no reason to stand in line
        with self._store.writing() as connection:
            oldest = entries.oldest_unplaced(connection, limit + 1)
            batch = oldest[: min(limit, fitting(oldest))]
            if batch:
                outbox.mark_sent(connection, batch[-1][0])
        return [envelope for _, envelope in batch], len(oldest) > len(batch)

    def unsent(self) -> int:
        """How many own events the hub has not placed, as far as known here."""
        with self._store.reading() as connection:
            return outbox.mark(connection).count

    def clear_ms(self) -> int:
        """The hall's clock when the hub was last heard, if nothing waits to be sent; else 0.

        Whatever is written here from then on bears a later time, also while this is on its way.
        """
        with self._store.reading() as connection:
            known = joining.load(connection)
            return 0 if known is None or outbox.mark(connection).count else known.anchor_at_ms

    def counts(self) -> dict[str, int]:
        """What is unsent, in hand, in doubt and in quarantine, by the names of SyncStatus."""
        told = self._store.witness.look(self.joined.device)
        with self._store.reading() as connection:
            hand = in_hand(connection, told)
            unsent = outbox.mark(connection).count
            quarantined = joining.quarantined(connection)
        waiting = {ticket.ticket_id for ticket in self._replica.state.waiting()}
        return {
            "unsent": unsent,
            "in_hand": len(waiting & hand.tickets),
            "doubted": len(waiting & hand.doubted),
            "quarantined": quarantined,
        }

    def trust(self) -> None:
        """The hub has told this file all that it knows: no other copy of it may go on."""
        trust(self._store, self.joined)

    def now_ms(self) -> int:
        """The hall's clock as this terminal knows it."""
        return self._replica.now_ms(self._clock.read())

    def put_aside(self, sent: Sequence[Envelope], fates: Sequence[Fate]) -> None:
        """The hub keeps what it could not read in quarantine: it need not be sent again."""
        aside = [(e.incarnation, e.seq) for e, f in zip(sent, fates, strict=True) if f is Fate.QUARANTINED]
        if aside:
            journal().warning("quarantined-at-hub", events=len(aside))
            with self._store.writing() as connection:
                outbox.remove(connection, aside)

    def take_in(self, page: Page, answered: str = "") -> int:
        """Place a page of the hall's log with everything that came with it; how many entries were new.

        `answered`: the command that came with it, which is open no more. Raises ChainBroken when the
        page does not follow.
        """
        with self._store.writing() as connection:
            self._replica.catch_up(connection)
            base = self._replica.base
            new = [entry for entry in page.entries if entry.position > base.position]
            self._check_chain(base.position, self.place.hash, new)
            recorded = [self._readable(connection, entry) for entry in new]
            entries.place(connection, new)
            after = write_days(connection, base, recorded)
            outbox.remove(connection, [(e.event.incarnation, e.event.seq) for e in new])
            if any(customers.ends_with(r.event, base.business_date) for r in recorded):
                customers.forget(connection)
            joining.save(connection, self._after_page(page))
            if page.seal and page.place.position:
                joining.keep_seal(connection, page.place.position, page.seal)
            if page.lease is not None:
                joining.set_lease(connection, page.lease.tickets)
            if answered:
                joining.forget(connection, answered)
            self._replica.follow(connection, recorded, after)
        return len(new)

    @staticmethod
    def _check_chain(position: int, known_hash: str, new: Sequence[Entry]) -> None:
        for entry in new:
            position += 1
            known_hash = chained(
                known_hash, position, entry.event, shift_ms=entry.shift_ms, contested=entry.contested
            )
            if entry.position != position or entry.hash != known_hash:
                raise ChainBroken(f"at position {entry.position}")

    @staticmethod
    def _readable(connection: driver.Connection, entry: Entry) -> Recorded:
        """The event; one that cannot be read is kept aside for a person or a later hallq."""
        recorded = from_entry(entry)
        if isinstance(recorded.event, UnknownEvent):
            later = not is_known(entry.event.kind, entry.event.version)
            reason = "later" if later else "unreadable"
            journal().warning("quarantined", position=entry.position, kind=entry.event.kind, reason=reason)
            joining.quarantine(connection, entry.position, entry.model_dump_json(), reason)
        return recorded

    def _after_page(self, page: Page) -> Joined:
        reading = self._clock.read()
        joined = dataclasses.replace(
            self.joined,
            epoch=page.place.epoch,
            anchor_at_ms=page.hall_ms,
            anchor_wall_ms=reading.wall_ms,
            anchor_boot_id=reading.boot_id,
            anchor_boot_ms=reading.boot_ms,
        )
        lease = page.lease or Lease(number=joined.lease_number)
        return dataclasses.replace(joined, lease_number=lease.number)

    def lost_by_hub(self, after: int, limit: int) -> tuple[list[Entry], str]:
        """Entries after a position that the hub gave out and has lost, as far as its next proof, and that.

        Without a proof there is nothing that the hub would believe.
        """
        with self._store.reading() as connection:
            proof = joining.seal_between(connection, after, after + limit)
            if proof is None:
                return [], ""
            return entries.entries_after(connection, after, proof[0] - after), proof[1]

    def newest_seal(self) -> tuple[Place | None, str]:
        """The newest place that the hub sealed, and its proof; nothing before the first page."""
        with self._store.reading() as connection:
            proof = joining.seal_between(connection, 0, self._replica.base.position)
            found = entries.entries_after(connection, proof[0] - 1, 1) if proof else []
        if proof is None or not found or found[0].position != proof[0]:
            return None, ""
        return Place(epoch=self.joined.epoch, position=proof[0], hash=found[0].hash), proof[1]

    def start_over(self) -> None:
        """The hub has gone on without our past: drop the hall's log, and offer own events again."""
        with self._store.writing() as connection:
            own = [entry.event for entry in entries.own_entries(connection, self.joined.devices)]
            entries.put_back(connection, own)
            entries.start_empty(connection)
            joining.set_lease(connection, {})
            joining.save(connection, dataclasses.replace(self.joined, lease_number=0))
        doubt_all(self._store, self.joined)
        journal().warning("started-over", own=len(own))
        self.look()

    def remember(self, command: OpenCommand) -> None:
        """Keep a command before its first byte leaves."""
        with self._store.writing() as connection:
            joining.remember(connection, command)

    def forget(self, command_id: str) -> None:
        """The command was answered."""
        with self._store.writing() as connection:
            joining.forget(connection, command_id)

    def open_commands(self) -> list[OpenCommand]:
        """Commands of unknown outcome, oldest first."""
        with self._store.reading() as connection:
            return joining.open_commands(connection)

    def complaints(self) -> Collection[str]:
        """Those that are open in the hall."""
        return self._replica.state.complaints

    def granted_in_vain(self) -> list[tuple[str, int]]:
        """(ticket, counter) of tickets that counters of this terminal were granted and cannot call now."""
        state = self._replica.state
        busy = [c for c in state.counters.values() if c.device in self.joined.devices and c.ticket_id]
        return [(t.ticket_id, c.number) for c in busy for t in state.granted_to(c.number)]
