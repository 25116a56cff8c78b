"""Leases: never two owners, freed only by what is on the device's disk."""

from random import Random

import pytest

from hallq.domain import intents as i
from hallq.protocol import Envelope, Lease
from tests.hub.lives import Device, Halls


def _two_terminals(halls: Halls, tickets: int = 12) -> tuple[Device, Device]:
    one = halls.opened("t1", 1)
    two = halls.device("t2")
    two.opens(2)
    one.issues(tickets)
    return one, two


def _overlaps(*devices: Device) -> set[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for device in devices:
        twice |= seen & set(device.lease.tickets)
        seen |= set(device.lease.tickets)
    return twice


def test_a_lease_comes_with_a_page_from_behind_the_first_places(halls: Halls) -> None:
    one, two = _two_terminals(halls)
    one.pulls_all()
    two.pulls_all()
    assert len(one.lease.tickets) == len(two.lease.tickets) == 3
    assert _overlaps(one, two) == set()
    assert set(one.lease.tickets.values()) == {1}
    first = {one.ticket_id(1), one.ticket_id(2)}
    assert not first & (set(one.lease.tickets) | set(two.lease.tickets))


def test_a_pull_that_changes_no_lease_writes_nothing(halls: Halls) -> None:
    one, _ = _two_terminals(halls)
    one.pulls_all()
    one.pull()
    written: list[str] = []
    import sqlalchemy as sa

    @sa.event.listens_for(halls.database.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("SELECT", "BEGIN")) or "FOR UPDATE" in statement:
            written.append(statement)

    for _ in range(5):
        assert one.pull().lease is None
    assert written == []


def test_what_is_leased_is_granted_to_nobody_else(halls: Halls) -> None:
    one, two = _two_terminals(halls, tickets=5)
    one.pulls_all()
    leased = set(one.lease.tickets)
    assert len(leased) == 3
    got = [two.serves(2) for _ in range(2)]
    assert not leased & set(got)
    assert two.asks(i.GrantNext(counter=2)).refusal == "nobody-waiting"
    assert one.asks(i.GrantNext(counter=1)).granted in leased


def test_a_chosen_ticket_of_another_lease_is_not_granted(halls: Halls) -> None:
    one, two = _two_terminals(halls)
    one.pulls_all()
    leased = sorted(one.lease.tickets)[0]
    assert two.asks(i.GrantTicket(counter=2, ticket_id=leased)).refusal
    assert one.asks(i.GrantTicket(counter=1, ticket_id=leased)).granted == leased


def test_a_ticket_leaves_only_when_a_later_lease_is_stored(halls: Halls) -> None:
    one, two = _two_terminals(halls, tickets=5)
    one.pulls_all()
    old = dict(one.lease.tickets)
    two.serves(2)
    two.serves(2)
    page = one.pull(store=False)
    assert page.lease is not None
    gone = set(old) - set(page.lease.tickets)
    assert gone
    halls.clock.pass_minutes(600)
    assert two.asks(i.GrantNext(counter=2)).refusal == "nobody-waiting"
    one.keep(page)
    one.pull()
    assert two.asks(i.GrantNext(counter=2)).granted in gone


def test_a_ticket_does_not_leave_while_a_call_from_the_lease_before_may_be_unsent(halls: Halls) -> None:
    one, two = _two_terminals(halls, tickets=5)
    one.pulls_all()
    old = dict(one.lease.tickets)
    two.serves(2)
    two.serves(2)
    one.pull(clear_ms=0)
    one.pull(clear_ms=0)
    gone = set(old) - set(one.lease.tickets)
    assert gone
    assert two.asks(i.GrantNext(counter=2)).refusal == "nobody-waiting"
    one.pull()
    assert two.asks(i.GrantNext(counter=2)).granted in gone


def test_a_lost_lease_is_told_again(halls: Halls) -> None:
    one, _ = _two_terminals(halls)
    first = one.pull(store=False)
    again = one.pull()
    assert again.lease == first.lease != Lease()
    assert one.pull().lease is None


def test_a_person_frees_a_silent_counter(halls: Halls) -> None:
    one, two = _two_terminals(halls, tickets=5)
    one.pulls_all()
    granted = one.asks(i.GrantNext(counter=1)).granted
    two.serves(2)
    freed = halls.hub.release("h1", 1, "9001")
    assert set(freed) == set(one.lease.tickets) | {granted}
    status = halls.hub.status("h1")
    assert status.released == len(freed)
    assert two.asks(i.GrantNext(counter=2)).granted in freed


def test_more_to_come_keeps_a_terminals_own_tickets(halls: Halls) -> None:
    one = halls.opened("t1", 1)
    two = halls.device("t2")
    two.opens(2)
    envelopes = [one.issued(n) for n in range(1, 4)]
    one.push(*envelopes[:2], more=True)
    assert two.asks(i.GrantNext(counter=2)).refusal == "nobody-waiting"
    one.push(envelopes[2])
    assert two.asks(i.GrantNext(counter=2)).granted == one.ticket_id(1)


@pytest.mark.parametrize("end", ["release", "revoke"])
def test_a_terminal_that_never_told_the_end_is_waited_for_until_a_person_says_so(
    halls: Halls, end: str
) -> None:
    one = halls.opened("t1", 1)
    two = halls.device("t2")
    two.opens(2)
    one.push(one.issued(1), more=True)
    halls.clock.pass_minutes(600)
    assert two.asks(i.GrantNext(counter=2)).refusal == "nobody-waiting"
    if end == "release":
        halls.hub.release("h1", 1, "9001")
    else:
        halls.hub.revoke("h1", one.caller.device)
    assert two.asks(i.GrantNext(counter=2)).granted == one.ticket_id(1)


@pytest.mark.parametrize("seed", range(5))
def test_any_schedule_of_lost_pages_and_silence_keeps_leases_apart(halls: Halls, seed: int) -> None:
    """Whatever reaches whom: no ticket in two leases on disk, none granted that another may announce."""
    chance = Random(seed)
    devices = [halls.opened("t1", 1)]
    for number in (2, 3):
        devices.append(halls.device(f"t{number}"))
        devices[-1].opens(number)
    issued = 0
    for _ in range(120):
        index = chance.randrange(3)
        device, counter = devices[index], index + 1
        move = chance.random()
        if move < 0.25:
            count = chance.randint(1, 4)
            device.issues(count, first=issued + 1)
            issued += count
        elif move < 0.7:
            device.pull(store=chance.random() < 0.7)
        else:
            granted = device.asks(i.GrantNext(counter=counter)).granted
            others = [d for d in devices if d is not device]
            assert not any(granted in d.lease.tickets for d in others)
            if granted:
                device.push(device.announced(granted, counter))
                device.push(*_visit(device, granted, counter))
        assert _overlaps(*devices) == set()
        halls.clock.pass_ms(chance.randint(0, 30_000))


def _visit(device: Device, ticket_id: str, counter: int) -> list[Envelope]:
    from hallq.domain import events as e

    return [
        device.envelope(e.CustomerArrived(ticket_id=ticket_id, counter=counter)),
        device.envelope(e.VisitFinished(ticket_id=ticket_id, counter=counter)),
    ]
