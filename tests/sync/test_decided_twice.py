"""What a cut-off terminal and the hub both decided of a ticket: done once, and the manager sees it."""

import pytest

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason
from hallq.domain.tickets import TicketState
from hallq.domain.views.alert_kinds import Kind
from hallq.domain.views.manager import manager_view
from hallq.sync import sending
from tests.builders import DATE
from tests.sync.lives import HALL, Town, agree, does_all


class Apart:
    """A terminal that decides of its own ticket while it is cut off, and is cut off again within its word."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        """Both have a counter open."""
        monkeypatch.setattr(sending, "BATCH_EVENTS", 1)
        self.town = town
        self.own, self.other = town.terminal("own"), town.terminal("other")
        does_all(self.own, [i.OpenDay(business_date=DATE), i.OpenCounter(counter=2, clerk="1001")])
        self.other.does(i.OpenCounter(counter=3, clerk="1002"))
        agree(self.own, self.other)
        self.own.cut()
        self.ticket = self.own.issues()

    def sends(self, events: int) -> None:
        """So many own events arrive, each with a look at what is new; then the line is cut once more."""
        self.own.line.is_cut = False
        self.own.line.faults = [*["", ""] * events, "down"]
        self.own.syncs()
        self.own.line.is_cut, self.own.line.faults = True, []
        self.other.syncs()
        assert self.ticket in self.other.state.tickets

    def heals(self) -> None:
        """Everybody hears everything."""
        self.own.line.is_cut = False
        agree(self.own, self.other)

    def contested(self) -> list[str]:
        """The kinds of what no longer fitted."""
        entries = self.town.hub.entries(HALL, 0, 1_000)
        return [entry.event.kind for entry in entries if entry.contested]

    def seen_by_the_manager(self) -> int:
        """How many late words the manager's list of alerts tells of, at both terminals alike."""
        told = set()
        for terminal in (self.own, self.other):
            hall = terminal.hall
            view = manager_view(hall.state, hall.config, hall.now_ms(), hall.wall_ms())
            found = [alert for alert in view.alerts if alert.kind is Kind.CONTESTED]
            told.add(int(found[0].facts["count"]) if found else 0)
        (count,) = told
        return count


@pytest.fixture
def apart(town: Town, monkeypatch: pytest.MonkeyPatch) -> Apart:
    """Two terminals, one of them cut off with a ticket that it has just given out."""
    return Apart(town, monkeypatch)


def test_a_ticket_that_was_cancelled_twice_is_gone_and_counted_once(apart: Apart) -> None:
    cancel = i.CancelTicket(ticket_id=apart.ticket, reason="customer_wish")
    apart.own.does(cancel)
    apart.sends(1)
    apart.other.does(cancel)
    apart.heals()
    assert apart.other.refuses_at(i.CallNext(counter=3)) is Reason.NOBODY_WAITING
    assert apart.other.state.figures["tickets.cancelled"] == 1
    assert apart.contested() == [e.TicketCancelled.kind]
    assert apart.seen_by_the_manager() == 1


def test_a_ticket_that_got_priority_twice_is_called_once_in_its_lane(apart: Apart) -> None:
    by_hand = i.GivePriority(ticket_id=apart.ticket, reason="elderly")
    apart.own.does(by_hand)
    apart.sends(1)
    apart.other.does(by_hand)
    apart.heals()
    assert apart.other.ticket(apart.ticket).lane is Lane.PRIORITY
    assert apart.other.calls(3) == apart.ticket
    agree(apart.own, apart.other)
    assert apart.own.refuses_at(i.CallNext(counter=2)) is Reason.NOBODY_WAITING
    assert apart.contested() == [e.PriorityGiven.kind]
    assert apart.seen_by_the_manager() == 1


def test_a_customer_who_came_back_twice_is_called_once(apart: Apart) -> None:
    assert apart.own.calls(2) == apart.ticket
    apart.own.does(i.ReportMissed(counter=2))
    back = i.ReturnMissed(ticket_id=apart.ticket)
    apart.own.does(back)
    apart.sends(4)  # issued, granted, announced, missed
    assert apart.other.ticket(apart.ticket).state is TicketState.MISSED
    apart.other.does(back)
    apart.heals()
    assert apart.other.calls(3) == apart.ticket
    agree(apart.own, apart.other)
    assert apart.own.refuses_at(i.CallNext(counter=2)) is Reason.NOBODY_WAITING
    assert apart.contested() == [e.TicketReturned.kind]
    assert apart.seen_by_the_manager() == 1


@pytest.mark.parametrize("first_word", ["priority", "cancel"])
def test_of_two_different_words_the_customer_loses_nothing_unseen(apart: Apart, first_word: str) -> None:
    by_hand = i.GivePriority(ticket_id=apart.ticket, reason="elderly")
    cancel = i.CancelTicket(ticket_id=apart.ticket, reason="customer_wish")
    here, there = (by_hand, cancel) if first_word == "cancel" else (cancel, by_hand)
    apart.own.does(here)
    apart.sends(1)
    apart.other.does(there)
    apart.heals()
    assert apart.ticket not in apart.own.state.tickets
    assert apart.seen_by_the_manager() == len(apart.contested()) == (first_word == "cancel")


def test_a_missed_customer_of_another_terminal_comes_back_at_one_that_is_cut_off(apart: Apart) -> None:
    """Whoever stands at a desk is let wait again there, and called once, by whomever the hub chooses."""
    missed = apart.other.issues()
    assert apart.other.calls(3) == missed
    apart.other.does(i.ReportMissed(counter=3))
    apart.heals()
    apart.own.cut()
    back = i.ReturnMissed(ticket_id=missed)
    apart.own.does(back)
    apart.other.does(back)
    apart.heals()
    called = [apart.other.calls(3), apart.own.calls(2)]
    assert sorted(called) == sorted([missed, apart.ticket])
    assert apart.contested() == [e.TicketReturned.kind]
