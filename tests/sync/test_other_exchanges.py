"""What is decided or handed down beside calls: each request is lost, unanswered, doubled or half read."""

import contextlib
import itertools
from collections.abc import Callable

import pytest

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane, LaneChoice
from hallq.domain.state import HallState
from hallq.domain.tickets import TicketState
from hallq.store import StoreError
from tests.builders import DATE
from tests.sync.lives import HALL, Town, agree, does_all
from tests.sync.test_every_exchange import FAULTS

Seen = Callable[[HallState], bool]


class Round:
    """What one fault does at one request of a terminal's exchanges with its hub."""

    def __init__(self, town: Town) -> None:
        """A day with a counter that is open, and a second terminal that looks on."""
        self.town = town
        self.clerk, self.other = town.terminal("clerk"), town.terminal("other")
        does_all(self.clerk, [i.OpenDay(business_date=DATE), i.OpenCounter(counter=2, clerk="1001")])
        self.read = 0

    def begins(self, *faults: str) -> None:
        """All is calm, and from now on requests meet these faults in turn."""
        agree(self.clerk, self.other)
        self.read = self.town.hub.last(HALL)
        self.meets(*faults)

    def meets(self, *faults: str) -> None:
        """From now on requests meet these faults in turn."""
        self.clerk.line.faults = [*faults]

    def ends(self) -> bool:
        """Both agree, and nothing was contested; whether all faults were met."""
        met = not self.clerk.line.faults
        self.clerk.line.faults = []
        agree(self.clerk, self.other)
        assert "contested" not in self.other.state.figures
        assert self.clerk.file.open_commands() == []
        return met

    def wants(self, intent: Intent, is_done: Seen) -> None:
        """Somebody presses the key again as long as nothing has happened; sync goes on beside it."""
        for _ in range(4):
            if is_done(self.clerk.state):
                return
            with contextlib.suppress(StoreError):
                self.clerk.hall.perform(intent, self.clerk.actor)
            self.clerk.syncs()
        assert is_done(self.clerk.state)

    def times(self, kind: type[e.Event]) -> int:
        """How often it came about since the round began."""
        entries = self.town.hub.entries(HALL, self.read, 1_000)
        return sum(entry.event.kind == kind.kind for entry in entries)


def _decided(hall: Round, *faults: str) -> bool:
    """Lanes of a counter, priority, a return and cancellations; whether all faults were met."""
    clerk = hall.clerk
    missed, old = clerk.issues(), clerk.issues()
    assert clerk.calls(2) == missed
    clerk.does(i.ReportMissed(counter=2))
    hall.begins(*faults)
    choice = None if clerk.state.counter(2).lanes else LaneChoice.STANDARD_ONLY
    hall.wants(i.ChangeLanes(counter=2, lanes=choice), lambda s: s.counter(2).lanes is choice)
    by_hand = i.GivePriority(ticket_id=old, reason="elderly")
    hall.wants(by_hand, lambda s: s.tickets[old].lane is Lane.PRIORITY)
    back = i.ReturnMissed(ticket_id=missed)
    hall.wants(back, lambda s: s.tickets[missed].state is TicketState.WAITING)
    for gone in (old, missed):
        cancel = i.CancelTicket(ticket_id=gone, reason="customer_wish")
        hall.wants(cancel, lambda s, gone=gone: gone not in s.tickets)  # type: ignore[misc]
    met = hall.ends()
    once = (e.CounterLanesChanged, e.PriorityGiven, e.TicketReturned, e.TicketCancelled)
    assert [hall.times(kind) for kind in once] == [1, 1, 1, 2]
    return met


def _handed_back(hall: Round, *faults: str) -> bool:
    """A counter is granted a ticket by an answer that was lost, and is busy when it hears of it."""
    clerk = hall.clerk
    waiting = {clerk.issues() for _ in range(3)}
    hall.begins("answer")
    assert clerk.unanswered(i.CallNext(counter=2))
    clerk.cut()
    served = clerk.calls(2)
    clerk.line.is_cut = False
    hall.meets(*faults)
    for _ in range(3):
        clerk.syncs()
    met = hall.ends()
    assert not hall.other.state.granted_to(2)
    assert {t.ticket_id for t in hall.other.state.waiting()} == waiting - {served}
    assert hall.times(e.CallWithdrawn) == 1
    for _ in range(2):
        does_all(clerk, [i.ConfirmArrival(counter=2), i.FinishVisit(counter=2)])
        assert clerk.calls(2) in waiting - {served}
    does_all(clerk, [i.ConfirmArrival(counter=2), i.FinishVisit(counter=2)])
    return met


@pytest.mark.parametrize("exchange", [_decided, _handed_back])
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_at_each_request_in_turn(town: Town, exchange: Callable[..., bool], fault: str) -> None:
    hall = Round(town)
    clean = itertools.count()
    while exchange(hall, *[""] * (position := next(clean)), fault):
        pass
    assert position > 4
