"""A visit is rated once, soon after its end; low ratings stay until a manager has seen to them."""

import pytest

from hallq.domain import intents as i
from hallq.domain.events import VisitRated
from hallq.domain.ratings import WINDOW_MS
from hallq.domain.refusals import Reason
from tests.builders import TryHall


def a_visit(hall: TryHall, counter: int = 2) -> str:
    """Somebody was served; the ticket's id."""
    hall.issues()
    ticket_id = hall.serves(counter)
    hall.finishes(counter)
    return ticket_id


def rating(ticket_id: str, score: int, counter: int = 2) -> i.RateVisit:
    return i.RateVisit(at_counter=counter, ticket_id=ticket_id, score=score)


def test_a_rating_is_counted_for_the_hall_and_for_who_served(hall: TryHall) -> None:
    hall.opens(2, 3)
    for counter, score in ((2, 5), (3, 4), (2, 2)):
        hall.does(rating(a_visit(hall, counter), score, counter))
    figures = hall.state.figures
    assert (figures["rating.count"], figures["rating.sum"], figures["rating.low"]) == (3, 11, 1)
    assert (figures["rating.by.clerk-2.count"], figures["rating.by.clerk-2.sum"]) == (2, 7)
    assert hall.store.load_state() == hall.state


def test_it_counts_for_who_served_also_after_they_have_gone(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = a_visit(hall)
    hall.does(i.CloseCounter(counter=2))
    assert hall.event(rating(ticket_id, 4), VisitRated).clerk == "clerk-2"


def test_a_visit_is_rated_once_and_only_for_a_while(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = a_visit(hall)
    assert hall.refuses(rating("another", 5)) is Reason.RATING_OVER
    hall.does(rating(ticket_id, 5))
    assert hall.refuses(rating(ticket_id, 1)) is Reason.RATING_OVER
    ticket_id = a_visit(hall)
    hall.clock.pass_ms(WINDOW_MS + 1)
    assert hall.refuses(rating(ticket_id, 5)) is Reason.RATING_OVER


def test_the_next_call_does_not_take_the_rating_away(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket_id = a_visit(hall)
    hall.calls(2)
    assert hall.event(rating(ticket_id, 3), VisitRated).label == "B001"


@pytest.mark.parametrize(("score", "is_low"), [(1, True), (2, True), (3, False)])
def test_a_low_rating_stays_until_it_was_seen_to(hall: TryHall, score: int, is_low: bool) -> None:
    hall.opens(2)
    ticket_id = a_visit(hall)
    hall.does(rating(ticket_id, score))
    assert list(hall.state.low_ratings) == ([ticket_id] if is_low else [])
    hall.does(i.CloseDay())
    hall.does(i.OpenDay(business_date="2026-11-23"))
    assert list(hall.state.low_ratings) == ([ticket_id] if is_low else [])
    assert len(hall.does(i.SeeRating(ticket_id=ticket_id))) == is_low
    assert hall.state.low_ratings == {}
    assert hall.store.load_state() == hall.state
