"""Two terminals and a hub: with the hub, cut off, and together again."""

from hallq.domain import intents as i
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.domain.views.find import Trace, find
from hallq.sync.status import Link
from tests.builders import DATE
from tests.sync.lives import Terminal, Town, agree


def _open(town: Town) -> tuple[Terminal, Terminal]:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    return guide, clerk


def test_what_one_issues_the_other_calls(town: Town) -> None:
    guide, clerk = _open(town)
    ticket_id = guide.issues()
    guide.syncs()
    clerk.opens(2)
    assert clerk.calls(2) == ticket_id
    clerk.syncs()
    guide.syncs()
    assert guide.state.tickets[ticket_id].state is TicketState.CALLED
    assert [call.counter for call in guide.state.recent_calls] == [2]
    agree(guide, clerk)


def test_each_terminal_prints_its_own_series(town: Town) -> None:
    guide, clerk = _open(town)
    issued = [(t, t.issues()) for t in (guide, clerk, guide, clerk)]
    labels = [t.state.tickets[ticket_id].label for t, ticket_id in issued]
    assert labels == ["B001", "B2-001", "B002", "B2-002"]
    agree(guide, clerk)


def test_a_number_of_the_other_terminal_is_found(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2)
    ticket_id = clerk.issues()
    clerk.syncs()
    guide.syncs()
    for typed in ("b2-1", "B2-001", "1"):
        (found,) = find(guide.state, guide.hall.config, guide.hall.now_ms(), typed)
        assert (found.label, found.trace) == ("B2-001", Trace.HERE)
    clerk.serves(2)
    clerk.does(i.FinishVisit(counter=2))
    clerk.syncs()
    guide.syncs()
    (found,) = find(guide.state, guide.hall.config, guide.hall.now_ms(), "b2-1")
    assert (found.label, found.trace) == ("B2-001", Trace.GONE)
    visit = guide.hall.past.visit(DATE, found.label)
    assert visit is not None
    assert (visit.ticket.ticket_id, len(visit.transactions)) == (ticket_id, 1)


def test_a_whole_visit_away_from_the_hub_comes_home(town: Town) -> None:
    guide, clerk = _open(town)
    clerk.opens(2)
    clerk.cut()
    ticket_id = clerk.issues()
    assert clerk.calls(2) == ticket_id
    clerk.does(i.ConfirmArrival(counter=2))
    town.clock.pass_minutes(4)
    clerk.does(i.FinishVisit(counter=2))
    town.clock.pass_minutes(1)
    assert clerk.syncs() is Link.CUT_OFF
    clerk.healed()
    agree(guide, clerk)
    assert guide.state.figures["tickets.finished"] == 1
    assert guide.state.figures["service.ms"] == 4 * 60_000


def test_a_cut_off_counter_calls_from_its_lease_only(town: Town) -> None:
    guide, clerk = _open(town)
    guide.opens(1)
    clerk.opens(2)
    tickets = [guide.issues() for _ in range(8)]
    agree(guide, clerk)
    clerk.cut()
    called = []
    for _ in range(3):
        called.append(clerk.calls(2))
        clerk.does(i.ConfirmArrival(counter=2))
        clerk.does(i.FinishVisit(counter=2))
    assert clerk.refuses_at(i.CallNext(counter=2)) is Reason.NOBODY_WAITING
    taken = []
    for _ in range(len(tickets) - 3):
        taken.append(guide.calls(1))
        guide.does(i.ConfirmArrival(counter=1))
        guide.does(i.FinishVisit(counter=1))
    assert guide.refuses_at(i.CallNext(counter=1)) is Reason.NOBODY_WAITING
    assert set(called) & set(taken) == set()
    assert set(called) < set(tickets)
    clerk.healed()
    agree(guide, clerk)
    assert guide.state.figures["tickets.finished"] == len(called) + len(taken)


def test_a_grant_whose_answer_was_lost_is_found_again(town: Town) -> None:
    guide, clerk = _open(town)
    first, second = guide.issues(), guide.issues()
    guide.syncs()
    clerk.opens(2)
    clerk.line.faults = ["answer"]
    assert clerk.unanswered(i.CallNext(counter=2))
    clerk.syncs()
    assert clerk.calls(2) == first
    clerk.syncs()
    guide.syncs()
    assert guide.state.tickets[second].state is TicketState.WAITING
    agree(guide, clerk)


def test_cut_off_a_guide_cannot_cancel_what_the_hall_may_call(town: Town) -> None:
    guide, clerk = _open(town)
    shared = guide.issues()
    agree(guide, clerk)
    guide.cut()
    assert guide.refuses_at(i.CancelTicket(ticket_id=shared, reason="duplicate")) is Reason.NEEDS_HUB_FOR
    own = guide.issues()
    guide.does(i.CancelTicket(ticket_id=own, reason="duplicate"))
    guide.healed()
    agree(guide, clerk)
    assert guide.state.figures["tickets.cancelled"] == 1
