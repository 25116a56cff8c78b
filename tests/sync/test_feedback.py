"""Ratings and complaints through the hub: taken at one terminal, seen at another, cut off as well."""

from hallq.domain import intents as i
from hallq.hall import Done, Refused
from hallq.hall.complaining import last_fours, number_to_call, take_complaint
from tests.builders import DATE
from tests.sync.lives import Terminal, Town, agree


def _open(town: Town) -> tuple[Terminal, Terminal]:
    first, second = town.terminal("manager"), town.terminal("clerk")
    first.does(i.OpenDay(business_date=DATE))
    second.syncs()
    return first, second


def _served(clerk: Terminal) -> str:
    """Somebody was served at counter 2; the ticket's id."""
    clerk.issues()
    ticket_id = clerk.calls(2)
    clerk.does(i.ConfirmArrival(counter=2))
    clerk.does(i.FinishVisit(counter=2))
    return ticket_id


def test_a_screen_of_its_own_rates_a_visit_of_another_terminals_counter(town: Town) -> None:
    manager, clerk = _open(town)
    pad = town.terminal("pad")
    clerk.opens(2)
    ticket_id = _served(clerk)
    agree(manager, clerk, pad)
    pad.does(i.RateVisit(at_counter=2, ticket_id=ticket_id, score=1))
    agree(manager, clerk, pad)
    assert list(manager.state.low_ratings) == [ticket_id]
    assert manager.state.figures["rating.by.clerk-2.sum"] == 1
    assert "contested" not in manager.state.figures
    manager.does(i.SeeRating(ticket_id=ticket_id))
    agree(manager, clerk, pad)
    assert clerk.state.low_ratings == {}


def test_a_visit_that_two_cut_off_screens_rated_counts_once(town: Town) -> None:
    manager, clerk = _open(town)
    pad = town.terminal("pad")
    clerk.opens(2)
    ticket_id = _served(clerk)
    agree(manager, clerk, pad)
    for terminal, score in ((pad, 5), (clerk, 2)):
        terminal.cut()
        terminal.does(i.RateVisit(at_counter=2, ticket_id=ticket_id, score=score))
    for terminal in (pad, clerk):
        terminal.healed()
    agree(manager, clerk, pad)
    assert (manager.state.figures["rating.count"], manager.state.figures["rating.sum"]) == (1, 5)


def test_complaints_of_two_cut_off_terminals_keep_their_numbers_apart(town: Town) -> None:
    manager, clerk = _open(town)
    clerk.cut()
    for terminal in (manager, clerk):
        terminal.does(i.TakeComplaint(category="mobile", text="No signal."))
    clerk.healed()
    agree(manager, clerk)
    labels = sorted(c.label for c in manager.state.complaints.values())
    assert labels == ["TS1122-01", "TS2-1122-01"]


def test_cut_off_the_number_is_where_it_was_taken_and_goes_with_the_next_complaint_there(town: Town) -> None:
    manager, clerk = _open(town)
    taken = take_complaint(
        clerk.hall, i.TakeComplaint(category="mobile", text="Call me."), "10000000421", clerk.actor
    )
    assert isinstance(taken, Done)
    agree(manager, clerk)
    (complaint,) = manager.state.complaints.values()
    assert complaint.number_at == clerk.actor.terminal
    assert isinstance(number_to_call(manager.hall, complaint.complaint_id, manager.actor), Refused)
    assert number_to_call(clerk.hall, complaint.complaint_id, clerk.actor) == "10000000421"
    manager.does(i.SettleComplaint(complaint_id=complaint.complaint_id, text="Done."))
    manager.does(i.FollowUpComplaint(complaint_id=complaint.complaint_id))
    agree(manager, clerk)
    take_complaint(clerk.hall, i.TakeComplaint(category="mobile", text="Me too."), "10000000422", clerk.actor)
    assert list(last_fours(clerk.hall).values()) == ["0422"]
