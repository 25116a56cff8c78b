"""What the simulator found, each in the fewest steps."""

import shutil

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.contested import fits
from hallq.domain.frozen import replace
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.protocol import Place, Pull, chained
from hallq.store import joined, open_store
from tests.builders import DATE, MINUTE_MS
from tests.sync.lives import HALL, Terminal, Town, agree


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


def test_a_command_that_changes_nothing_brings_about_nothing(town: Town) -> None:
    guide, _ = _open(town)
    guide.issues()
    assert guide.does(i.ChangeLanes(counter=2, lanes=None)) == ()


def test_who_was_called_from_a_lease_is_granted_to_nobody_before_the_call_is_sent(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2)
    for _ in range(2):
        guide.issues()
    guide.syncs()
    clerk.syncs()
    clerk.cut()
    called = clerk.calls(2)
    guide.opens(3, 4)  # in front of these counters the lease has nothing left
    again = town.started(clerk.store, "clerk")
    again.line.faults = ["", "", "", "down"]  # a later lease comes and is told, the call does not go out
    again.syncs()
    assert guide.calls(3) != called
    assert guide.refuses_at(i.CallNext(counter=4)) is Reason.NOBODY_WAITING
    agree(guide, again)


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


def test_a_board_that_is_loaded_shows_the_counter_that_called_not_the_one_that_will(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2, 3)
    ticket_id = clerk.issues()
    clerk.does(i.CallTicket(counter=3, ticket_id=ticket_id))
    clerk.does(i.ReportMissed(counter=3))
    clerk.does(i.ReturnMissed(ticket_id=ticket_id))
    clerk.line.faults = ["answer"]  # granted to counter 2, and not announced
    clerk.unanswered(i.CallNext(counter=2))
    clerk.syncs()
    agree(guide, clerk)
    assert [call.counter for call in guide.state.recent_calls] == [3]
    assert guide.store.load_state().recent_calls == guide.state.recent_calls


def test_a_hub_that_lost_its_past_takes_no_events_before_it_got_that_back(town: Town) -> None:
    guide, clerk = _open(town)
    for path in town.folder.glob("hub.db*"):
        shutil.copy(path, path.with_name(f"backup{path.name}"))
    first = guide.issues()
    agree(guide, clerk)
    town.database.close()
    for path in town.folder.glob("backuphub.db*"):
        shutil.copy(path, path.with_name(path.name.removeprefix("backup")))
    (town.folder / "hub.db-shm").unlink(missing_ok=True)
    town.hub = guide.line.hub = clerk.line.hub = town.new_hub()
    second = guide.issues()
    for _ in range(3):  # until the hub has heard everybody
        guide.syncs()
        clerk.syncs()
    agree(guide, clerk)
    assert set(guide.state.tickets) == {first, second}
    assert not any(t.contested for t in guide.state.tickets.values())
    assert town.hub.status(HALL).position == guide.file.place.position


def test_a_counter_that_is_busy_is_not_opened_again_by_what_a_copy_did(town: Town) -> None:
    _, clerk = _open(town)
    clerk.opens(2)
    clerk.issues()
    clerk.serves(2)
    again = e.CounterOpened(counter=2, clerk="clerk-2")
    assert not fits(again, clerk.state, clerk.file.joined.device)
    other = clerk.issues()
    granted = replace(clerk.ticket(other), state=TicketState.GRANTED, counter=2)
    state = replace(clerk.state, tickets={**clerk.state.tickets, other: granted})
    announced = e.TicketAnnounced(ticket_id=other, counter=2, clerk="clerk-2")
    assert not fits(announced, state, clerk.file.joined.device)


def test_another_log_that_ends_with_the_same_event_is_another_log(town: Town) -> None:
    guide, _ = _open(town)
    guide.issues()
    guide.syncs()
    whole = Pull(session=guide.worker.session, place=Place(epoch=guide.file.place.epoch))
    page, place = guide.line.pull(whole), guide.file.place
    colleague = town.started(guide.store, "colleague")
    shifted, log_hash = [], ""
    for entry in page.entries:
        log_hash = chained(log_hash, entry.position, entry.event, shift_ms=1)
        shifted.append(entry.model_copy(update={"shift_ms": 1, "hash": log_hash}))
    guide.file.start_over()
    place = place.model_copy(update={"hash": log_hash})
    guide.file.take_in(page.model_copy(update={"entries": shifted, "place": place, "lease": None}))
    colleague.hall.refresh()
    assert colleague.state == guide.store.load_state()


def test_a_number_that_a_copy_gave_too_is_contested_also_when_its_ticket_is_gone(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2)
    shutil.copy(guide.store.path, town.folder / "copy.db")
    for more in ("-wal", ".numbers"):
        shutil.copy(f"{guide.store.path}{more}", town.folder / f"copy.db{more}")
    guide.issues()
    guide.syncs()
    clerk.syncs()
    clerk.serves(2)
    clerk.finishes(2)
    clerk.syncs()
    copy = town.started(open_store(town.folder / "copy.db"), "copy")
    copy.issues()
    with copy.store.writing() as connection:
        joined.start_anew(connection, town.enrolled("guide"))
    agree(guide, clerk, town.started(copy.store, "copy"))
    assert clerk.state.figures["contested"] == 1
