"""What the simulator found, each in the fewest steps."""

from hallq.domain import intents as i
from hallq.domain.tickets import TicketState
from tests.builders import DATE, MINUTE_MS
from tests.sync.lives import Terminal, Town, agree


def _open(town: Town) -> tuple[Terminal, Terminal]:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    return guide, clerk


def test_a_ticket_that_goes_from_counter_to_counter_within_a_page_is_written_down(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2, 3)
    guide.syncs()
    ticket_id = guide.issues()
    guide.syncs()
    assert clerk.serves(3) == ticket_id
    clerk.syncs()
    guide.syncs()
    clerk.does(i.TransferVisit(counter=3, to_counter=2))
    assert clerk.calls(2) == ticket_id
    clerk.syncs()
    guide.syncs()
    assert guide.state.counters[2].ticket_id == ticket_id
    agree(guide, clerk)


def test_what_a_command_brought_about_does_not_name_what_was_sent_before_it(town: Town) -> None:
    guide, _ = _open(town)
    guide.issues()
    (opened,) = guide.does(i.OpenCounter(counter=2, clerk="clerk-2"))
    assert opened.kind == "counter.opened"


def test_pushes_that_were_lost_between_pulls_move_no_event_in_time(town: Town) -> None:
    guide, clerk = _open(town)
    issued_ms = []
    for _ in range(3):
        issued_ms.append(town.clock.wall_ms)
        guide.issues()
        town.clock.pass_minutes(1)
        guide.line.faults = ["", "down"]  # the pull comes through, the push does not
        guide.syncs()
    agree(guide, clerk)
    shown = sorted(t.issued_ms for t in clerk.state.in_state(TicketState.WAITING))
    assert [b - a for a, b in zip(shown, issued_ms, strict=True)] == [0, 0, 0]


def test_a_service_is_as_long_as_its_machine_says_whatever_happens_to_the_halls_clock(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2)
    clerk.issues()
    clerk.serves(2)
    clerk.syncs()
    town.clock.pass_minutes(4)
    transaction = next(iter(clerk.state.transactions.values()))
    joined = clerk.file.joined
    clerk.file.change(anchor_at_ms=joined.anchor_at_ms + 90 * MINUTE_MS)  # the hall's clock went ahead
    clerk.hall.refresh()
    clerk.finishes(2)
    agree(guide, clerk)
    assert transaction.ended_ms is None
    assert clerk.state.figures["service.ms"] == 4 * MINUTE_MS
