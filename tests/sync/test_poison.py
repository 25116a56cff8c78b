"""What nobody can read, and what is odd: it lies in quarantine where people see it, and the rest goes on."""

import json
from typing import Any

import pytest

from hallq.cli.commands.status import status_lines
from hallq.cli.hub_tables import hall_lines
from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.events import EVENT_TYPES
from hallq.domain.views.alert_kinds import OwnTrouble
from hallq.domain.views.manager import manager_view
from hallq.protocol import Envelope, Fate, Push
from hallq.store.verify import verify_store
from hallq.sync.report import report
from hallq.sync.status import Link
from hallq.wording.alerts import alert_sentences
from tests.builders import DATE
from tests.sync.lives import HALL, Terminal, Town, agree

FAR = 10**30


def _envelope(terminal: Terminal, event: e.Event, seq: int, **fields: Any) -> Envelope:
    """What a program of this terminal might have written; `fields` as no hallq writes them."""
    reading = terminal.clock.read()
    return Envelope(
        device=terminal.file.joined.device,
        incarnation="odd",
        seq=seq,
        terminal="odd",
        actor="1001",
        at_ms=reading.wall_ms,
        wall_ms=reading.wall_ms,
        boot_id=reading.boot_id,
        boot_ms=reading.boot_ms,
        kind=event.kind,
        version=event.version,
        business_date=DATE,
        body=json.dumps({**event.model_dump(mode="json"), **fields}),
    )


def _pushes(terminal: Terminal, *envelopes: Envelope) -> list[Fate]:
    return terminal.line.push(Push(session=terminal.worker.session, events=list(envelopes))).fates


def _issued(number: int, name: str = "odd") -> e.TicketIssued:
    return e.TicketIssued.model_validate(
        {"ticket_id": f"{name}-{number}", "business_date": DATE, "series": "Z", "number": number}
        | {"lane": "standard", "tier": "none", "service": "payment", "due_ms": 0}
    )


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (_issued(1), {"number": FAR}),
        (_issued(1), {"ahead": -FAR}),
        (e.CounterOpened(counter=1, clerk="101"), {"counter": FAR}),
        (e.TicketGranted(ticket_id="x", counter=1, rule="lease"), {"set_back": FAR}),
        (e.TicketGranted(ticket_id="x", counter=1, rule="lease"), {"facts": {"place": FAR}}),
        (e.DayOpened(business_date=DATE, clock_offset_ms=0), {"targets_ms": {"standard": FAR}}),
    ],
)
def test_a_number_that_no_table_can_hold_is_quarantined(
    town: Town, event: e.Event, fields: dict[str, Any]
) -> None:
    odd, other = town.terminal(), town.terminal()
    odd.does(i.OpenDay(business_date=DATE))
    odd.syncs()
    fates = _pushes(odd, _envelope(odd, event, 1, **fields), _envelope(odd, _issued(2), 2))
    assert fates == [Fate.QUARANTINED, Fate.ACCEPTED]
    assert other.syncs() is Link.CONNECTED
    assert [t.number for t in other.state.waiting()] == [2]
    agree(odd, other)


def test_a_number_that_was_given_again_stops_nobody(town: Town) -> None:
    odd, other = town.terminal(), town.terminal()
    odd.does(i.OpenDay(business_date=DATE))
    other.syncs()
    odd.opens(1)
    _pushes(odd, _envelope(odd, _issued(1, "first"), 1))
    odd.syncs()
    odd.serves(1)
    odd.finishes(1)
    odd.syncs()
    _pushes(odd, _envelope(odd, _issued(1, "second"), 2), _envelope(odd, _issued(2), 3))
    agree(odd, other)
    assert [t.number for t in other.state.waiting()] == [2]
    assert other.state.figures["contested"] == 1
    for terminal in (odd, other):
        assert verify_store(terminal.store).agrees


def test_only_the_ticket_at_a_counter_is_released_there(town: Town) -> None:
    odd, other = town.terminal(), town.terminal()
    odd.does(i.OpenDay(business_date=DATE))
    other.syncs()
    other.opens(2)
    ticket_id = other.issues()
    assert other.serves(2) == ticket_id
    agree(odd, other)
    _pushes(odd, _envelope(odd, e.TicketReleased(ticket_id=ticket_id, counter=1), 1))
    agree(odd, other)
    assert other.state.ticket_at(2) == other.ticket(ticket_id)
    assert other.state.figures["contested"] == 1


def test_a_day_that_is_over_does_not_begin_again(town: Town) -> None:
    odd, other = town.terminal(), town.terminal()
    odd.does(i.OpenDay(business_date=DATE))
    odd.issues()
    odd.does(i.CloseDay(carry="none"))
    odd.does(i.OpenDay(business_date="2026-11-23"))
    odd.does(i.CloseDay(carry="none"))
    _pushes(odd, _envelope(odd, e.DayOpened(business_date=DATE, clock_offset_ms=0), 1))
    agree(odd, other)
    assert other.state.business_date == "2026-11-23"
    assert verify_store(other.store).agrees


def test_one_unreadable_event_among_a_thousand_lies_aside_where_people_see_it(town: Town) -> None:
    odd, other = town.terminal(), town.terminal()
    odd.does(i.OpenDay(business_date=DATE))
    odd.syncs()
    batch = [_envelope(odd, _issued(number), number) for number in range(1, 1_001)]
    batch[499] = batch[499].model_copy(update={"body": '{"ticket_id": 5'})
    kinds = EVENT_TYPES.pop("ticket.issued")  # a hub of a later hallq reads it in another way
    try:
        for begin in (0, 500):
            assert set(_pushes(odd, *batch[begin : begin + 500])) == {Fate.ACCEPTED}
    finally:
        EVENT_TYPES["ticket.issued"] = kinds
    assert other.syncs() is Link.CONNECTED
    assert len(other.state.waiting()) == 999
    assert verify_store(other.store).agrees
    assert other.worker.status.quarantined == 1
    found = report(other.store, other.clock)
    assert found is not None
    assert "in quarantine: 1 event that this hallq cannot read: update it" in list(status_lines(found))
    own = OwnTrouble(quarantined=1)
    view = manager_view(other.state, town.config, other.hall.now_ms(), other.clock.wall_ms, own=own)
    told = [sentence for _, sentence in alert_sentences(view.alerts, town.config, 0)]
    assert "One event of the hall cannot be read here: update hallq on this computer." in told


def test_the_hub_tells_its_operator_of_what_it_put_aside(town: Town) -> None:
    odd = town.terminal()
    broken = _envelope(odd, _issued(1), 1).model_copy(update={"body": "{"})
    assert _pushes(odd, broken) == [Fate.QUARANTINED]
    lines = list(hall_lines(town.hub.status(HALL)))
    assert "  in quarantine: 1 event that cannot be read" in lines
