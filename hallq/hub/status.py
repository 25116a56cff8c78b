"""How a hall and its devices are, for those who look after it; and what a person may do about it."""

from collections.abc import Collection
from contextlib import suppress

import sqlalchemy as sa

from hallq.domain.decide import decide
from hallq.domain.events import TicketReleased
from hallq.domain.intents import ReleaseTickets
from hallq.domain.refusals import Refusal
from hallq.domain.text import plain
from hallq.hub import devices, folding, ledger, recovery, tables
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.devices import DeviceRow
from hallq.hub.ledger import HallRow
from hallq.hub.shapes import DeviceStatus, HallStatus, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Place


def every_hall(desk: Desk) -> dict[str, str]:
    """Every hall's id and name: the one question that names no hall."""
    query = sa.select(tables.hall.c.hall, tables.hall.c.name).order_by(tables.hall.c.hall)

    def work(connection: sa.Connection) -> dict[str, str]:
        rows = connection.execute(query, execution_options={"every_hall": True})
        return {row.hall: row.name for row in rows}

    return desk.database.look(work)


def positions(desk: Desk, halls: Collection[str]) -> dict[str, int]:
    """The newest positions of these halls."""
    table = tables.hall.c
    query = sa.select(table.hall, table.position).where(table.hall.in_(sa.bindparam("halls", expanding=True)))
    rows = desk.database.look(lambda c: c.execute(query, {"halls": list(halls)}).all())
    return {row.hall: row.position for row in rows}


def known_positions(desk: Desk, halls: Collection[str]) -> dict[str, int]:
    """As `positions`; nothing while the database says no, however it says it."""
    with suppress(Exception):
        return positions(desk, halls)
    return {}


def place(desk: Desk, hall: str) -> Place:
    """How far the hall's log is."""

    def work(connection: sa.Connection) -> Place:
        row = ledger.hall_row(connection, hall)
        return Place(epoch=row.epoch, position=row.position, hash=row.hash)

    return desk.database.look(work)


def status(desk: Desk, hall: str) -> HallStatus:
    """The hall as its hub sees it."""

    def work(connection: sa.Connection) -> HallStatus:
        row = ledger.hall_row(connection, hall)
        return HallStatus(
            hall=hall,
            name=row.name,
            epoch=row.epoch,
            position=row.position,
            hall_ms=ledger.hall_clock(row, desk.clock.read()),
            recovering=not row.is_whole,
            by_word=row.recovering and row.by_word,
            contested=_count(connection, tables.entry, hall, tables.entry.c.contested),
            quarantined=_count(connection, tables.quarantine, hall),
            released=_count(connection, tables.released, hall),
            settings_version=row.settings_version,
            devices=_devices(connection, hall, row.position),
            awaited=_awaited(desk, connection, row),
            vip_version=row.vip_version,
        )

    return desk.database.look(work)


def _awaited(desk: Desk, connection: sa.Connection, row: HallRow) -> tuple[str, ...]:
    if row.is_whole:
        return ()
    folded = folding.caught_up(connection, row, desk.cache.get(row.hall))
    return recovery.awaited(connection, row, folded, ledger.hall_clock(row, desk.clock.read()))


def of_devices(desk: Desk, hall: str) -> tuple[DeviceStatus, ...]:
    """All devices of a hall."""

    def work(connection: sa.Connection) -> tuple[DeviceStatus, ...]:
        return _devices(connection, hall, ledger.hall_row(connection, hall).position)

    return desk.database.look(work)


def _count(
    connection: sa.Connection, table: sa.Table, hall: str, *conditions: "sa.ColumnElement[bool]"
) -> int:
    query = sa.select(sa.func.count()).where(table.c.hall == sa.bindparam("hall"), *conditions)
    return int(connection.execute(query, {"hall": hall}).scalar_one())


def _devices(connection: sa.Connection, hall: str, position: int) -> tuple[DeviceStatus, ...]:
    table = tables.lease.c
    query = (
        sa.select(table.device, sa.func.count())
        .where(table.hall == sa.bindparam("hall"))
        .group_by(table.device)
    )
    leased = {row[0]: row[1] for row in connection.execute(query, {"hall": hall})}
    rows = devices.of_hall(connection, hall)
    return tuple(
        _shown(row, position, leased.get(row.device, 0))
        for row in rows
        if row.digit or row.role != Role.TERMINAL
    )


def _shown(row: DeviceRow, position: int, lease_tickets: int) -> DeviceStatus:
    return DeviceStatus(
        device=row.device,
        name=row.name,
        role=Role(row.role),
        digit=row.digit,
        seen_ms=row.seen_ms or None,
        behind=max(0, position - row.position),
        more=row.more,
        lease_tickets=lease_tickets,
        revoked=row.revoked,
        fenced=row.fenced,
    )


def release(desk: Desk, hall: str, counter: int, actor: str) -> tuple[str, ...]:
    """Free what is leased or granted to a silent counter; a person has looked at it. Stays marked.

    Not while the hub recovers: an entry of its own would stand where the lost ones belong.
    """

    def work(sitting: Sitting) -> tuple[str, ...]:
        recovery.must_be_whole(sitting)
        device = sitting.folded.state.counter(counter).device
        decision = decide(ReleaseTickets(counter=counter), sitting.folded.state, moment_of(sitting))
        events = [] if isinstance(decision, Refusal) else decision
        write_down(sitting, events, actor=actor)
        freed = [event.ticket_id for event in events if isinstance(event, TicketReleased)]
        return tuple(freed + _release_leased(sitting, counter, device, actor, freed))

    return desk.sit(hall, work)


def _release_leased(sitting: Sitting, counter: int, device: str, actor: str, freed: list[str]) -> list[str]:
    table = tables.lease
    mine = (table.c.hall == sa.bindparam("hall"), table.c.counter == sa.bindparam("counter"))
    facts = {"hall": sitting.hall, "counter": counter}
    query = sa.select(table.c.ticket_id, table.c.device).where(*mine)
    found = {row.ticket_id: row.device for row in sitting.connection.execute(query, facts)}
    _mark(sitting, counter, actor, {**dict.fromkeys(freed, device), **found})
    if found:
        sitting.connection.execute(sa.delete(table).where(*mine), facts)
    devices.save_device(sitting.connection, sitting.hall, device, more=False)
    sitting.row.kept_version += 1
    return list(found)


def _mark(sitting: Sitting, counter: int, actor: str, tickets: dict[str, str]) -> None:
    table = tables.released
    mine = (table.c.hall == sa.bindparam("hall"), table.c.ticket_id == sa.bindparam("ticket_id"))
    for ticket_id, device in tickets.items():
        facts = {"hall": sitting.hall, "ticket_id": ticket_id}
        sitting.connection.execute(sa.delete(table).where(*mine), facts)
        values = {"device": device, "counter": counter, "actor": plain(actor), "at_ms": sitting.now_ms}
        sitting.connection.execute(sa.insert(table), {**facts, **values})
